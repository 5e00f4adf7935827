package io.sluice.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the model chooses tokens; what is {@code null} is left to the model server.
 *
 * @param temperature 0 or more
 * @param topP more than 0, at most 1
 * @param maxTokens the most tokens of the answer
 * @param stop texts that end the answer
 */
public record Sampling(
    @Nullable Double temperature,
    @Nullable Double topP,
    @Nullable Integer maxTokens,
    List<String> stop) {

  public static final Sampling DEFAULT = new Sampling(null, null, null, List.of());

  public Sampling {
    stop = List.copyOf(stop);
  }

  /** These values where they are set, else the other's; a stop list replaces as a whole. */
  public Sampling or(Sampling other) {
    return new Sampling(
        temperature != null ? temperature : other.temperature,
        topP != null ? topP : other.topP,
        maxTokens != null ? maxTokens : other.maxTokens,
        stop.isEmpty() ? other.stop : stop);
  }
}
