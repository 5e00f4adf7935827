package io.sluice.gitlab;

import io.sluice.core.json.JsonNull;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import java.time.Duration;

/** The features that ask once and take the answer as a whole (client 3.6). */
public final class OneShot {

  private static final int TRIES = 3;
  private static final int TOO_MANY_REQUESTS = 429;

  private final GitLab gitLab;
  private final String version;

  /**
   * @param version {@code v1}, or {@code v2} where GitLab's flag {@code ai_prompts_v2} is on
   */
  public OneShot(GitLab gitLab, String version) {
    this.gitLab = gitLab;
    this.version = version;
  }

  /**
   * The answer's text. Only 429 is tried again, up to three tries with growing pauses.
   *
   * @throws DuoException if there is none that Rails can use
   */
  public String complete(String prompt, JsonObject inputs) throws DuoException, WireException {
    String path = "/" + version + "/prompts/" + prompt;
    JsonObject body = gitLab.promptBody(inputs).build();
    Reply reply = gitLab.rails(path, body, Patience.RAILS);
    Duration wait = Duration.ofSeconds(2);
    for (int tries = 1; reply.status() == TOO_MANY_REQUESTS && tries < TRIES; tries++) {
      gitLab.pause().accept(wait);
      wait = wait.multipliedBy(2);
      reply = gitLab.rails(path, body, Patience.RAILS);
    }
    if (reply.status() == TOO_MANY_REQUESTS) {
      throw new DuoException("rate limit", reply.status(), reply.body());
    }
    if (!reply.success()) {
      throw unexpected(reply);
    }
    JsonValue answer = reply.json().orElse(JsonNull.NULL);
    return switch (answer) {
      case JsonString text when !text.value().isBlank() -> text.value();
      case JsonObject object when !object.text("content", "").isBlank() ->
          object.text("content", "");
      default -> throw unexpected(reply);
    };
  }

  private static DuoException unexpected(Reply reply) {
    return new DuoException("An unexpected error has occurred", reply.status(), reply.body());
  }
}
