package io.sluice.gitlab;

import io.sluice.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** An IDE that asks the gateway directly, and GitLab when that fails (client 2.5). */
public final class IdeConnection {

  private final GitLab gitLab;
  private final CodeCompletion indirect;
  private @Nullable String token;

  public IdeConnection(GitLab gitLab) {
    this.gitLab = gitLab;
    this.indirect = new CodeCompletion(gitLab);
  }

  /**
   * What Rails does when an IDE asks for direct access.
   *
   * @throws DuoException with the gateway's status if Rails would refuse the IDE
   */
  public void connect() throws DuoException, WireException {
    Reply reply = gitLab.rails("/v1/code/user_access_token", null, Patience.HALF_A_MINUTE);
    JsonObject answer = reply.object();
    if (!reply.success()) {
      throw new DuoException("Token creation failed", reply.status(), reply.body());
    }
    if (answer.text("token") == null || answer.number("expires_at") == null) {
      throw new DuoException("Token is missing in response", reply.status(), reply.body());
    }
    token = answer.text("token");
  }

  /** The answer of the direct call, or, when it fails, the one that comes by way of GitLab. */
  public Reply complete(OpenFile file) throws WireException {
    if (token != null) {
      try {
        Reply direct = direct(token, file);
        if (direct.success()) {
          return direct;
        }
      } catch (WireException e) {
        // the IDE asks GitLab at once
      }
    }
    return indirect.complete(file);
  }

  private Reply direct(String userToken, OpenFile file) throws WireException {
    return gitLab.ide(userToken, "/v2/completions", CodeCompletion.ideBody(file, false));
  }
}
