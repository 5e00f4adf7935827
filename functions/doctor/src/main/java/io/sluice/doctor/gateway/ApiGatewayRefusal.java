package io.sluice.doctor.gateway;

import io.sluice.core.json.JsonObject;
import io.sluice.doctor.http.Reply;
import io.sluice.doctor.report.Diagnosis;
import java.util.Optional;

/** Tells API Gateway's own refusals from those of the gateway behind it. */
final class ApiGatewayRefusal {

  private ApiGatewayRefusal() {}

  /** What that answer means, where it is one of API Gateway; else the other. */
  static Diagnosis of(Reply reply, Diagnosis other) {
    String message = message(reply.json());
    if (reply.status() == 403 && message.contains("is not authorized to perform")) {
      return Diagnosis.POLICY_DENIES;
    }
    if (reply.status() == 401
        && reply.json().map(body -> body.text("error")).orElse("-").isBlank()) {
      return Diagnosis.POLICY_DENIES; // the template's ACCESS_DENIED, without an authorizer's word
    }
    if (message.equals("Missing Authentication Token")
        || (message.equals("Forbidden") && reply.status() == 403)
        || reply.status() == 404) {
      return Diagnosis.WRONG_PATH;
    }
    return other;
  }

  private static String message(Optional<JsonObject> body) {
    return body.map(json -> json.text("message", json.text("Message", ""))).orElse("");
  }
}
