package io.sluice.stack.function;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a function comes to {@code /var/task} and {@code /opt}: by a mount namespace of its own, in
 * which both are read-only as on Lambda, or, where this machine doesn't permit that, as the folders
 * that they were unpacked to.
 */
public enum Isolation {
  /** The very paths. */
  NAMESPACE {
    @Override
    Path taskRoot(Path unpacked) {
      return TASK;
    }

    @Override
    Path layerRoot(Path unpacked) {
      return OPT;
    }

    @Override
    List<String> command(Path task, Path opt, boolean layered, List<String> command) {
      String mounts =
          "mount --bind \"$1\" /var/task && mount -o remount,bind,ro /var/task"
              + (layered ? " && mount --bind \"$2\" /opt && mount -o remount,bind,ro /opt" : "")
              + " && shift 2 && cd /var/task && exec \"$@\"";
      List<String> whole =
          new ArrayList<>(
              List.of(
                  "unshare", "-m", "sh", "-c", mounts, "sandbox", task.toString(), opt.toString()));
      whole.addAll(command);
      return whole;
    }
  },

  /** Folders elsewhere. */
  FOLDERS {
    @Override
    Path taskRoot(Path unpacked) {
      return unpacked;
    }

    @Override
    Path layerRoot(Path unpacked) {
      return unpacked;
    }

    @Override
    List<String> command(Path task, Path opt, boolean layered, List<String> command) {
      return command;
    }
  };

  private static final Path TASK = Path.of("/var/task");
  private static final Path OPT = Path.of("/opt");

  abstract Path taskRoot(Path unpacked);

  abstract Path layerRoot(Path unpacked);

  /** The command that starts that command with both folders in their places. */
  abstract List<String> command(Path task, Path opt, boolean layered, List<String> command);

  /** The closest to Lambda that this machine permits. */
  public static Isolation closest() {
    try {
      Files.createDirectories(TASK);
      Files.createDirectories(OPT);
      int mounted =
          new ProcessBuilder("unshare", "-m", "sh", "-c", "mount --bind /tmp /var/task")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
      return mounted == 0 ? NAMESPACE : FOLDERS;
    } catch (IOException e) {
      return FOLDERS;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FOLDERS;
    }
  }
}
