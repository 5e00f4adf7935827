package io.sluice.stack;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What functions write, kept by function, in a file and, where wanted, printed. Thread-safe. */
public final class StackLog {

  /** The name under which the harness itself writes. */
  public static final String HARNESS = "stack";

  /** The name under which API Gateway's access log is kept. */
  public static final String ACCESS = "access";

  private final Path file;
  private final @Nullable PrintStream printed;
  private final Map<String, List<String>> lines = new ConcurrentHashMap<>();

  StackLog(Path file, @Nullable PrintStream printed) {
    this.file = file;
    this.printed = printed;
  }

  void line(String source, String line) {
    if (printed == null) {
      lines.computeIfAbsent(source, s -> new CopyOnWriteArrayList<>()).add(line);
    } else {
      printed.println(line);
    }
    try {
      synchronized (this) {
        Files.writeString(
            file,
            source + " " + line + "\n",
            StandardCharsets.UTF_8,
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of a function so far; empty where they are printed. */
  public List<String> lines(String source) {
    return List.copyOf(lines.getOrDefault(source, List.of()));
  }

  /** The file with all lines, each with its source before it. */
  public Path file() {
    return file;
  }
}
