package io.sluice.gitlab;

import io.sluice.core.json.JsonObject;

/** A prompt of the chat's: always v1, always streamed, read as plain text (client 3.4). */
final class ChatPrompt {

  private static final int FORBIDDEN = 403;

  private final GitLab gitLab;

  ChatPrompt(GitLab gitLab) {
    this.gitLab = gitLab;
  }

  /**
   * The whole text.
   *
   * @param code what the chat shows when the call fails
   */
  String text(String unit, JsonObject inputs, String code) throws DuoException {
    JsonObject body =
        JsonObject.builder().put("stream", true).putAll(gitLab.promptBody(inputs).build()).build();
    try {
      Reply reply = gitLab.railsStream("/v1/prompts/chat/" + unit, body, _ -> {});
      if (reply.success()) {
        return reply.body();
      }
      String kind = reply.status() == FORBIDDEN ? "forbidden: " : "not reachable: ";
      throw new DuoException(code, reply.status(), kind + reply.body());
    } catch (WireException e) {
      throw new DuoException(code, 0, String.valueOf(e.getMessage()));
    }
  }
}
