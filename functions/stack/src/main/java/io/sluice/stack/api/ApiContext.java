package io.sluice.stack.api;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonString;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The variables of {@code $context} of one request, which templates of gateway responses and of the
 * access log may name. A name that is never set is an error, so that a misspelled one shows; a name
 * that isn't set yet is {@code -} in a log and empty elsewhere. Not thread-safe.
 */
final class ApiContext {

  private static final Pattern VARIABLE =
      Pattern.compile("\\$context\\.([A-Za-z0-9_.]+[A-Za-z0-9_])");

  /** Names that API Gateway knows and that may have no value here. */
  private static final Pattern KNOWN =
      Pattern.compile(
          "authorizer\\.[A-Za-z0-9_]+|error\\.(message|messageString|responseType)|"
              + "integration\\.(responseTransferMode|timeToAllHeaders|timeToFirstContent|status|"
              + "error|latency|requestId)|integrationLatency|integrationStatus|"
              + "integrationErrorMessage|status|responseLength|responseLatency|resourcePath|"
              + "identity\\.(sourceIp|userAgent|vpceId|vpcId)|wafResponseCode|xrayTraceId");

  private final Map<String, String> values = new TreeMap<>();

  void set(String name, String value) {
    values.put(name, value);
  }

  @Nullable String get(String name) {
    return values.get(name);
  }

  /** Sets the error that a gateway response tells of. */
  void error(String type, String message) {
    set("error.responseType", type);
    set("error.message", message);
    set("error.messageString", Json.text(new JsonString(message)));
  }

  /** The template with each variable's value. */
  String render(String template, String otherwise) {
    Matcher matcher = VARIABLE.matcher(template);
    StringBuilder text = new StringBuilder();
    while (matcher.find()) {
      String name = Objects.requireNonNull(matcher.group(1));
      String value = values.get(name);
      if (value == null && !KNOWN.matcher(name).matches()) {
        throw new IllegalArgumentException("$context." + name + " is no variable of API Gateway");
      }
      matcher.appendReplacement(text, Matcher.quoteReplacement(value == null ? otherwise : value));
    }
    return matcher.appendTail(text).toString();
  }
}
