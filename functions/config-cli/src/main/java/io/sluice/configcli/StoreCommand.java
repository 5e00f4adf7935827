package io.sluice.configcli;

import io.sluice.config.judge.Judge;
import io.sluice.config.publish.StateTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What the commands have in common: a store, a fence, somewhere to print. */
@Command(mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true)
abstract class StoreCommand implements Callable<Integer> {

  @Mixin private StoreOptions options = new StoreOptions();
  @Mixin private FenceOptions fence = new FenceOptions();
  @ParentCommand private @Nullable ConfigCommand parent;
  @Spec private @Nullable CommandSpec spec;

  @Override
  public final Integer call() throws IOException, Failure {
    try (Store store = options.open(judge(), environment())) {
      return run(store);
    }
  }

  /** Does the command's work, and gives the exit code back. */
  abstract int run(Store store) throws IOException, Failure;

  final Judge judge() throws Failure {
    return fence.judge(environment());
  }

  final FenceOptions fence() {
    return fence;
  }

  final ConfigCommand parent() {
    return Objects.requireNonNull(parent);
  }

  final Map<String, String> environment() {
    return parent().environment();
  }

  final PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  /** The snapshots of a stack; a file has none. */
  static StateTable snapshots(Store store) throws Failure {
    return store
        .state()
        .orElseThrow(
            () ->
                Failure.usage(
                    "a file has no snapshots: its history is that of your version control (git log,"
                        + " git revert), and the local host follows the file as it stands."
                        + " Snapshots are kept for a stack's tables: --stack NAME"));
  }

  static TableStore table(Store store) throws Failure {
    if (store instanceof TableStore table) {
      return table;
    }
    throw Failure.usage("a file has no publisher: what validate finds valid is live");
  }
}
