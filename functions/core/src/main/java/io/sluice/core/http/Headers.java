package io.sluice.core.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Header lines in their order; names compare without case (contract 2.1). Immutable. */
public final class Headers {

  public static final Headers EMPTY = new Headers(List.of());

  private record Line(String name, String value) {}

  private final List<Line> lines;

  private Headers(List<Line> lines) {
    this.lines = lines;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Headers of one line. */
  public static Headers of(String name, String value) {
    return builder().add(name, value).build();
  }

  /** The first value of that header, or {@code null}. */
  public @Nullable String first(String name) {
    for (Line line : lines) {
      if (line.name.equalsIgnoreCase(name)) {
        return line.value;
      }
    }
    return null;
  }

  /** The first value of that header, or the default. */
  public String first(String name, String otherwise) {
    String value = first(name);
    return value == null ? otherwise : value;
  }

  /** How often the header occurs, in lines. */
  public int count(String name) {
    int count = 0;
    for (Line line : lines) {
      if (line.name.equalsIgnoreCase(name)) {
        count++;
      }
    }
    return count;
  }

  public boolean has(String name) {
    return first(name) != null;
  }

  /** Every line in its order, names as they were written. */
  public void forEach(BiConsumer<String, String> action) {
    lines.forEach(line -> action.accept(line.name, line.value));
  }

  /** These lines and, after them, those of the other headers. */
  public Headers and(Headers others) {
    return builder().addAll(this).addAll(others).build();
  }

  /** Names only: values may be secrets. */
  @Override
  public String toString() {
    return lines.stream().map(line -> line.name.toLowerCase(Locale.ROOT)).toList().toString();
  }

  /** Builds headers; not thread-safe. */
  public static final class Builder {
    private final List<Line> lines = new ArrayList<>();

    private Builder() {}

    public Builder add(String name, String value) {
      lines.add(new Line(name, value));
      return this;
    }

    public Builder addAll(Headers others) {
      lines.addAll(others.lines);
      return this;
    }

    public Headers build() {
      return new Headers(List.copyOf(lines));
    }
  }
}
