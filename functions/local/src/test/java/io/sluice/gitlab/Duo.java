package io.sluice.gitlab;

import io.sluice.core.log.JsonLog;
import io.sluice.docsindex.DocsIndexMain;
import io.sluice.local.RunningGateway;
import io.sluice.local.demo.DemoGitLab;
import io.sluice.testing.ModelAnswer;
import io.sluice.testing.ModelStub;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A GitLab, the local host and a scripted model, wired over real sockets. */
final class Duo implements AutoCloseable {

  final ModelStub model = ModelStub.start();
  final List<Duration> pauses = new CopyOnWriteArrayList<>();

  private final DemoGitLab identity = DemoGitLab.create(Clock.systemUTC());
  private final RunningGateway gateway;
  private final Wire wire;

  Duo(Path directory) {
    JsonLog log = (level, logger, message, fields) -> {};
    gateway =
        RunningGateway.start(
            identity,
            directory,
            Map.of(),
            log,
            "--model-endpoint=" + model.url(),
            "--model-name=scripted",
            "--docs-index=" + documentation(directory),
            "--allow-endpoint=" + model.url());
    wire = new Wire(gateway.url());
  }

  /** An index over one page. */
  private static Path documentation(Path directory) {
    Path page = directory.resolve("docs/doc/user/project/forks.md");
    Path index = directory.resolve("docs.zip");
    try {
      Files.createDirectories(page.getParent());
      Files.writeString(page, "# Forks\n\n## Create a fork\n\nTo fork a project, select Fork.\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said, true);
    String docs = directory.resolve("docs").toString();
    String[] options = {"--docs", docs, "--version", "18.9.0", "--out", index.toString()};
    if (DocsIndexMain.run(options, out, out) != 0) {
      throw new IllegalStateException(said.toString());
    }
    return index;
  }

  /** A GitLab whose settings name no model. */
  GitLab gitLab() {
    return gitLab(Instance.of(identity), null);
  }

  /** A GitLab whose settings name the stub, by a family. */
  GitLab gitLab(String family) {
    return gitLab(
        Instance.of(identity),
        new ModelSetting(family, model.url(), "key", "custom_openai/" + family));
  }

  /** A GitLab whose add-ons cover only these unit primitives. */
  GitLab gitLab(List<String> scopes) {
    return gitLab(Instance.of(identity).with(() -> identity.token(scopes)), null);
  }

  private GitLab gitLab(Instance instance, @Nullable ModelSetting setting) {
    return new GitLab(wire, instance, setting, pauses::add);
  }

  /** The same GitLab with another base URL, as an administrator typed it. */
  GitLab at(Wire other) {
    return new GitLab(other, Instance.of(identity), null, pauses::add);
  }

  String url() {
    return gateway.url();
  }

  /** What the model answers next, one text a call; the last one repeats. */
  Duo says(String... texts) {
    return does(Stream.of(texts).map(ModelAnswer::text).toArray(ModelStub.Behaviour[]::new));
  }

  /** What the model does next; the last one repeats. */
  Duo does(ModelStub.Behaviour... behaviours) {
    model.byDefault(behaviours);
    return this;
  }

  /** All that the model was told in its last call. */
  String lastPrompt() {
    return model.lastCall().body().toString();
  }

  @Override
  public void close() throws IOException {
    wire.close();
    gateway.close();
    model.close();
  }
}
