package io.sluice.router.call;

import io.sluice.router.error.Surface;
import java.time.Duration;

/**
 * How long models may take where no row says otherwise (design, decision 9). A deadline counts from
 * the request's arrival to the model's first text, for an unstreamed answer to its end.
 *
 * @param connectionCheck the deadline of "Test connection", whose caller waits 3 s
 * @param code the deadline of code suggestions, whose caller waits 55 s
 * @param prompts the deadline of prompts, chat and embeddings, whose callers wait 60 s
 * @param idle between two events of a stream
 * @param total until a stream's end
 */
public record Patience(
    Duration connectionCheck, Duration code, Duration prompts, Duration idle, Duration total) {

  public static final Patience DEFAULT =
      new Patience(
          Duration.ofMillis(2700),
          Duration.ofSeconds(50),
          Duration.ofSeconds(55),
          Duration.ofSeconds(50),
          Duration.ofMinutes(14));

  Duration deadline(Surface surface) {
    return switch (surface) {
      case CONNECTION_CHECK -> connectionCheck;
      case PROMPT, CHAT, LEGACY_CHAT, EMBEDDINGS -> prompts;
      case CODE -> code;
    };
  }
}
