package io.sluice.stack;

import io.sluice.core.json.JsonObject;
import io.sluice.stack.function.FunctionDefinition;
import io.sluice.stack.iam.Roles;
import io.sluice.stack.template.ResolvedStack;
import io.sluice.stack.template.Resource;
import io.sluice.stack.template.UnresolvedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The functions of a stack as its resources describe them.
 *
 * @param project where the paths of packages begin
 */
record FunctionResources(ResolvedStack stack, Path project, Roles roles) {

  private static final Set<String> RUNTIMES = Set.of("provided.al2023", "java25");

  List<FunctionDefinition> definitions() {
    return stack.ofType("AWS::Lambda::Function").map(this::definition).toList();
  }

  private FunctionDefinition definition(Resource function) {
    String runtime = function.text("Runtime");
    if (!RUNTIMES.contains(runtime)) {
      throw new UnresolvedException(function.place(), "the runtime " + runtime + " is not known");
    }
    String role = function.text("Role");
    if (!roles.has(role)) {
      throw new UnresolvedException(function.place(), "no role of the stack is " + role);
    }
    Map<String, String> variables = new HashMap<>();
    JsonObject environment = function.object("Environment");
    JsonObject given = environment == null ? null : environment.object("Variables");
    if (given != null) {
      Resource texts = new Resource(function.place(), "", "", "", given);
      given.members().keySet().forEach(name -> variables.put(name, texts.text(name)));
    }
    JsonObject snapStart = function.object("SnapStart");
    int timeout = function.number("Timeout", 3);
    if (timeout < 1 || timeout > 900) {
      throw new UnresolvedException(function.place(), "Timeout is outside of 1 to 900");
    }
    return new FunctionDefinition(
        function.physicalId(),
        stack.account().arn("lambda", "function:" + function.physicalId()),
        runtime,
        function.text("Handler"),
        pack(function, "Code"),
        function.texts("Layers").stream().map(arn -> layer(function, arn)).toList(),
        variables,
        role,
        function.number("MemorySize", 128),
        Duration.ofSeconds(timeout),
        function.number("ReservedConcurrentExecutions", -1),
        snapStart != null && snapStart.text("ApplyOn", "None").equals("PublishedVersions"));
  }

  private Path layer(Resource function, String arn) {
    Resource layer =
        stack
            .find("AWS::Lambda::LayerVersion", arn)
            .orElseThrow(
                () -> new UnresolvedException(function.place(), "no layer of the stack is " + arn));
    if (!layer.texts("CompatibleRuntimes").contains(function.text("Runtime"))) {
      throw new UnresolvedException(layer.place(), "is not for " + function.text("Runtime"));
    }
    return pack(layer, "Content");
  }

  /** The translated templates name packages by their paths in the project. */
  private Path pack(Resource resource, String property) {
    JsonObject code = resource.object(property);
    String key = code == null ? null : code.text("S3Key");
    if (key == null) {
      throw new UnresolvedException(resource.place(), property + " names no package");
    }
    return project.resolve(key);
  }

  /** Versions and aliases by function name. */
  Map<String, Set<String>> qualifiers() {
    Map<String, Set<String>> all = new HashMap<>();
    for (String type : List.of("AWS::Lambda::Version", "AWS::Lambda::Alias")) {
      stack
          .ofType(type)
          .forEach(
              qualifier -> {
                String function = qualifier.text("FunctionName");
                String name = function.substring(function.lastIndexOf(':') + 1);
                all.computeIfAbsent(name, n -> new HashSet<>()).add(qualifier.text("Name", "1"));
              });
    }
    return all;
  }
}
