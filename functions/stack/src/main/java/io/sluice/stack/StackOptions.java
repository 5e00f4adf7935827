package io.sluice.stack;

import io.sluice.stack.function.Isolation;
import io.sluice.stack.template.Account;
import io.sluice.stack.template.TemplateLibrary;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How a stack is run here. Immutable; the methods make changed copies.
 *
 * @param project where the paths of packages begin
 * @param templates the translated templates
 * @param parameters as a user gives them
 * @param secrets what Secrets Manager holds, by name
 * @param port of the API, 0 for a free one
 * @param folder takes what is unpacked and logged
 * @param isolation how functions come to their paths
 * @param freezing whether sandboxes without an invocation are stopped, as on Lambda
 * @param printing whether the functions' lines are printed, too
 */
public record StackOptions(
    String name,
    Path project,
    TemplateLibrary templates,
    Map<String, String> parameters,
    Map<String, String> secrets,
    int port,
    Path folder,
    Isolation isolation,
    boolean freezing,
    boolean printing,
    Account account) {

  public StackOptions {
    parameters = Map.copyOf(parameters);
    secrets = Map.copyOf(secrets);
  }

  /** The project's own stack with no parameters given. */
  public static StackOptions of(Path project, Path folder) {
    return new StackOptions(
        "duo",
        project,
        TemplateLibrary.of(project.resolve("target/templates")),
        Map.of(),
        Map.of(),
        0,
        folder,
        Isolation.closest(),
        true,
        false,
        Account.EXAMPLE);
  }

  public StackOptions with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(parameters);
    all.putAll(more);
    return new StackOptions(
        name, project, templates, all, secrets, port, folder, isolation, freezing, printing,
        account);
  }

  public StackOptions with(TemplateLibrary library) {
    return new StackOptions(
        name,
        project,
        library,
        parameters,
        secrets,
        port,
        folder,
        isolation,
        freezing,
        printing,
        account);
  }

  public StackOptions withSecrets(Map<String, String> texts) {
    return new StackOptions(
        name,
        project,
        templates,
        parameters,
        texts,
        port,
        folder,
        isolation,
        freezing,
        printing,
        account);
  }

  public StackOptions printingOn(int apiPort) {
    return new StackOptions(
        name,
        project,
        templates,
        parameters,
        secrets,
        apiPort,
        folder,
        isolation,
        freezing,
        true,
        account);
  }
}
