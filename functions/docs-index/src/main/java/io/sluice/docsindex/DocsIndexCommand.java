package io.sluice.docsindex;

import io.sluice.docs.DocsIndex;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line of {@code scripts/docs-index}. */
@Command(
    name = "scripts/docs-index",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Builds the index that Duo Chat's documentation search looks into, from the Markdown of a"
          + " GitLab checkout. The same Markdown makes the same file."
    },
    footer = {"", "Exit code 0: built. 1: can't be written. 2: an option must be changed."})
final class DocsIndexCommand implements Callable<Integer> {

  private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+(\\.\\d+)?(-[\\w.]+)?");
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  @Option(
      names = "--docs",
      required = true,
      paramLabel = "FOLDER",
      description = "A checkout of GitLab at the version's tag, or its folder doc")
  private Path docs = Path.of("");

  @Option(
      names = "--version",
      required = true,
      paramLabel = "VERSION",
      description = "The GitLab version that it documents, such as 18.9.0")
  private String version = "";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.zip",
      description = "The index; a file that is there is replaced")
  private Path out = Path.of("");

  @Option(
      names = "--link-base",
      defaultValue = "https://docs.gitlab.com",
      paramLabel = "URL",
      description =
          "Where people read the pages, such as https://gitlab.corp.example/help. Default:"
              + " ${DEFAULT-VALUE}")
  private String linkBase = "";

  @Option(
      names = "--link-form",
      defaultValue = "page",
      paramLabel = "page|file",
      description =
          "page: user/project/ as on docs.gitlab.com; file: user/project/_index.md as under /help."
              + " Default: ${DEFAULT-VALUE}")
  private LinkForm linkForm = LinkForm.PAGE;

  @Option(
      names = "--exclude",
      paramLabel = "FOLDER",
      description = "A folder of doc that is left out, such as development; repeatable")
  private List<String> excluded = List.of();

  @Option(names = "--help", usageHelp = true, description = "Shows this")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Runs the command line; its exit code. */
  static int run(String[] arguments, PrintWriter output, PrintWriter errors) {
    int code =
        new CommandLine(new DocsIndexCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(output)
            .setErr(errors)
            .execute(arguments);
    output.flush();
    errors.flush();
    return code;
  }

  @Override
  public Integer call() {
    PrintWriter errors = spec.commandLine().getErr();
    try {
      judge();
      DocsFolder folder = DocsFolder.of(docs, excluded);
      IndexBuild build = IndexBuild.of(folder, version, new Passages(base(), linkForm));
      build.write(out);
      try (DocsIndex index = DocsIndex.open(out)) {
        build.summary(index.name(), out).forEach(spec.commandLine().getOut()::println);
      }
      return 0;
    } catch (BuildException e) {
      errors.println("docs-index: " + e.getMessage());
      return USAGE;
    } catch (IOException e) {
      errors.println("docs-index: " + out + ": " + e);
      return FAILED;
    }
  }

  private void judge() throws BuildException {
    if (!VERSION.matcher(version).matches()) {
      throw new BuildException("--version: give GitLab's version, such as 18.9.0");
    }
    if (!linkBase.startsWith("https://") && !linkBase.startsWith("http://")) {
      throw new BuildException("--link-base: give a URL, such as https://docs.gitlab.com");
    }
    try {
      URI.create(linkBase);
    } catch (IllegalArgumentException e) {
      throw new BuildException("--link-base: is no URL: " + linkBase);
    }
  }

  private String base() {
    return linkBase.endsWith("/") ? linkBase.substring(0, linkBase.length() - 1) : linkBase;
  }
}
