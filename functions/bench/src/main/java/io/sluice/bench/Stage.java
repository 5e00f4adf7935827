package io.sluice.bench;

import io.sluice.core.http.Headers;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.testing.GitLabStub;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A gateway between a GitLab and a healthy model, for programs in other languages: prints one line
 * of JSON once all of it answers, and lives until its standard input ends.
 *
 * <p>The line's members: {@code port} of the gateway on the loopback address; {@code headers} of a
 * valid call by GitLab, its {@code token} (valid for a day) included; {@code model_endpoint}, which
 * a request may name; the files {@code log} and {@code audit} in the directory {@code data}, which
 * is the reader's to delete; {@code pid} of the gateway.
 */
public final class Stage {

  private Stage() {}

  /** Sets the stage; what is wrong when that fails is on standard error. */
  public static void main(String[] arguments) throws Exception {
    try (GitLabStub gitLab = GitLabStub.start();
        BareModel model = new BareModel(3, Duration.ZERO);
        GatewayProcess gateway =
            GatewayProcess.start(gitLab.url(), List.of(model.endpoint()), List.of())) {
      System.out.println(Json.text(description(gitLab, model, gateway)));
      System.in.readAllBytes();
    }
  }

  private static JsonObject description(
      GitLabStub gitLab, BareModel model, GatewayProcess gateway) {
    long tomorrow = Instant.now().plus(Duration.ofDays(1)).getEpochSecond();
    String token = gitLab.token().claim("exp", tomorrow).build();
    return JsonObject.builder()
        .put("port", gateway.port())
        .put("token", token)
        .put("headers", JsonObject.of(members(gitLab.headers(token))))
        .put("model_endpoint", model.endpoint())
        .put("log", gateway.log().toString())
        .put("audit", gateway.data().resolve("audit.jsonl").toString())
        .put("data", gateway.data().toString())
        .put("pid", gateway.pid())
        .build();
  }

  private static Map<String, String> members(Headers headers) {
    Map<String, String> members = new LinkedHashMap<>();
    headers.forEach(members::put);
    return members;
  }
}
