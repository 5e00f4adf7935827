package io.sluice.core.exchange;

import io.sluice.core.audit.AuditTrail;
import io.sluice.core.http.Headers;
import io.sluice.core.http.HttpRequest;
import io.sluice.core.identity.Caller;
import io.sluice.core.identity.Identity;
import io.sluice.core.json.JsonObject;
import io.sluice.core.log.Redaction;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of the access log (contract 9.2). An allow-list: a header that is not named here is
 * never logged, and one that is named only in the form that its field has.
 */
final class AccessLine {

  private static final int MAX_VALUE = 256;
  private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z.+_-]*");
  private static final Pattern IDS = Pattern.compile("[0-9A-Za-z.,:_=/+-]*");

  /** Free text: what is not printable is escaped where the line is written. */
  private static final Pattern TEXT = Pattern.compile("(?s).*");

  private static final Pattern FLAG = Pattern.compile("true|false");

  private record Field(String header, String name, Pattern form) {}

  private static final List<Field> FIELDS =
      List.of(
          new Field("User-Agent", "user_agent", TEXT),
          new Field("X-Gitlab-Language-Server-Version", "gitlab_language_server_version", VERSION),
          new Field("X-Gitlab-Host-Name", "gitlab_host_name", IDS),
          new Field("X-Gitlab-Version", "gitlab_version", VERSION),
          new Field(
              "X-Gitlab-Saas-Duo-Pro-Namespace-Ids", "gitlab_saas_duo_pro_namespace_ids", IDS),
          new Field("X-Gitlab-Root-Namespace-Id", "gitlab_root_namespace_id", IDS),
          new Field(
              "X-Gitlab-Feature-Enabled-By-Namespace-Ids",
              "gitlab_feature_enabled_by_namespace_ids",
              IDS),
          new Field("X-Gitlab-Feature-Enablement-Type", "gitlab_feature_enablement_type", IDS),
          new Field("X-Gitlab-Is-Team-Member", "is_gitlab_team_member", FLAG),
          new Field("X-Gitlab-Organization-Id", "gitlab_organization_id", IDS),
          new Field("X-Gitlab-Enabled-Feature-Flags", "enabled_feature_flags", IDS));

  private AccessLine() {}

  /** The members that are known from the request itself. */
  static JsonObject describe(HttpRequest request, AuditTrail trail) {
    String target = loggable(request.rawPath()) + withoutValues(request.rawQuery());
    JsonObject.Builder members =
        JsonObject.builder()
            .put("url", target)
            .put("path", loggable(request.rawPath()))
            .put("method", request.method())
            .put("http_version", request.httpVersion())
            .put("client_ip", request.client().address())
            .put("client_port", request.client().port());
    for (Field field : FIELDS) {
      String value = request.headers().first(field.header());
      if (value != null) {
        members.put(field.name(), loggable(value, field.form()));
      }
    }
    Caller caller = trail.caller();
    if (caller != null) {
      members
          .put("token_issuer", caller.issuer())
          .putPresent("gitlab_instance_id", value(caller.instance()))
          .putPresent("gitlab_global_user_id", value(caller.user()))
          .putPresent("gitlab_realm", value(caller.realm()));
    }
    return members
        .putPresent("meta.feature_category", trail.feature())
        .putPresent("meta.unit_primitive", trail.unitPrimitive())
        .put("duration_request", sinceSent(request.headers()))
        .put(
            "enabled-instance-verbose-ai-logs",
            "true".equals(request.headers().first("x-gitlab-enabled-instance-verbose-ai-logs")))
        .putPresent("auth_duration_s", seconds(trail.authTime()))
        .build();
  }

  /** Seconds with six decimals; {@code null} for {@code null}. */
  static @Nullable Double seconds(@Nullable Duration time) {
    return time == null ? null : Math.round(time.toNanos() / 1e3) / 1e6;
  }

  /** The text cut at {@value #MAX_VALUE} characters, credentials masked. */
  static String loggable(String value) {
    String masked = Redaction.mask(value);
    return masked.length() <= MAX_VALUE ? masked : masked.substring(0, MAX_VALUE);
  }

  private static String loggable(String value, Pattern form) {
    return form.matcher(value).matches() ? loggable(value) : "(not logged: unexpected form)";
  }

  private static @Nullable String value(@Nullable Identity identity) {
    return identity == null ? null : loggable(identity.value());
  }

  private static String withoutValues(String query) {
    if (query.isEmpty()) {
      return "";
    }
    StringBuilder names = new StringBuilder("?");
    for (String parameter : query.split("&", 20)) {
      int equals = parameter.indexOf('=');
      names
          .append(names.length() > 1 ? "&" : "")
          .append(loggable(equals < 0 ? "" : parameter.substring(0, equals)))
          .append("=");
    }
    return names.length() <= MAX_VALUE ? names.toString() : names.substring(0, MAX_VALUE);
  }

  private static double sinceSent(Headers headers) {
    String sent = headers.first("X-Gitlab-Rails-Send-Start");
    if (sent != null && sent.length() <= 32) {
      try {
        double seconds = System.currentTimeMillis() / 1e3 - Double.parseDouble(sent);
        if (Double.isFinite(seconds)) {
          return Math.round(seconds * 1e6) / 1e6;
        }
      } catch (NumberFormatException e) {
        return -1; // contract 2.1: garbage counts as absent
      }
    }
    return -1;
  }
}
