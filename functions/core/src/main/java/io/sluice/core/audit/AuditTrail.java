package io.sluice.core.audit;

import io.sluice.core.identity.Caller;
import io.sluice.core.identity.Identity;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.model.ModelEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what the audit records of one request say: who, what, which model and why, with what
 * outcome. Thread-safe. Holds prompt or answer only when {@link #content} was called.
 */
public final class AuditTrail {

  private static final Pattern NUMBER = Pattern.compile("\\d{1,19}");

  private static final JsonObject OMITTED =
      JsonObject.builder().put("omitted", "out of memory").build();

  private @Nullable Caller caller;
  private final SequencedSet<String> scopesUsed = new LinkedHashSet<>();
  private @Nullable String route;
  private @Nullable String feature;
  private @Nullable String promptId;
  private @Nullable String promptVersion;
  private @Nullable JsonObject decision;
  private final List<JsonObject> attempts = new ArrayList<>();
  private @Nullable JsonObject documentation;
  private ModelEvent.@Nullable Usage usage;
  private @Nullable Duration authTime;
  private @Nullable Duration routeTime;
  private @Nullable Duration firstTokenTime;
  private @Nullable String errorCode;
  private @Nullable String errorDetail;
  private @Nullable String output;
  private @Nullable JsonObject content;

  public synchronized void caller(Caller authenticated) {
    caller = authenticated;
  }

  public synchronized @Nullable Caller caller() {
    return caller;
  }

  /** The unit primitive that the request was allowed by. */
  public synchronized void scopeUsed(String unitPrimitive) {
    scopesUsed.add(unitPrimitive);
  }

  /** The unit primitive that was used last, {@code null} when none was. */
  public synchronized @Nullable String unitPrimitive() {
    return scopesUsed.isEmpty() ? null : scopesUsed.getLast();
  }

  /** The route's pattern, such as {@code POST /v2/code/completions}. */
  public synchronized void route(String pattern) {
    route = pattern;
  }

  public synchronized void feature(String name) {
    feature = name;
  }

  public synchronized void prompt(String id, String version) {
    promptId = id;
    promptVersion = version;
  }

  public synchronized @Nullable String feature() {
    return feature;
  }

  /** Which target was chosen, from which snapshot, and why. */
  public synchronized void decision(JsonObject routeDecision) {
    decision = routeDecision;
  }

  /** One call of a model: target, outcome, milliseconds. */
  public synchronized void attempt(JsonObject attempt) {
    attempts.add(attempt);
  }

  /**
   * A search in the documentation.
   *
   * @param index which index was searched, empty when there is none
   * @param passages how many were found
   */
  public synchronized void documentation(String index, int passages) {
    documentation = JsonObject.builder().put("index", index).put("passages", passages).build();
  }

  /** What a model counted. A request that asked more than once paid for all of it. */
  public synchronized void usage(ModelEvent.Usage tokens) {
    ModelEvent.Usage before = usage;
    usage =
        before == null
            ? tokens
            : new ModelEvent.Usage(
                before.inputTokens() + tokens.inputTokens(),
                before.outputTokens() + tokens.outputTokens(),
                before.cachedTokens() + tokens.cachedTokens());
  }

  /**
   * Whether the answer had the form that GitLab parses.
   *
   * @param verdict kept, repaired or unreadable, and why; none of the answer's words
   */
  public synchronized void output(String verdict) {
    output = verdict;
  }

  public synchronized void authTime(Duration time) {
    authTime = time;
  }

  public synchronized @Nullable Duration authTime() {
    return authTime;
  }

  public synchronized void routeTime(Duration time) {
    routeTime = time;
  }

  /** The time from the request's arrival to the model's first text. Only the first call counts. */
  public synchronized void firstTokenTime(Duration time) {
    if (firstTokenTime == null) {
      firstTokenTime = time;
    }
  }

  /**
   * What went wrong.
   *
   * @param code one of {@code docs/errors.md}
   * @param detail for log and audit only; no secret, no prompt
   */
  public synchronized void error(String code, String detail) {
    errorCode = code;
    errorDetail = detail;
  }

  public synchronized @Nullable String errorCode() {
    return errorCode;
  }

  public synchronized @Nullable String errorDetail() {
    return errorDetail;
  }

  /** Prompt and answer; call it only when the row and GitLab's header both allow it. */
  public synchronized void content(JsonObject promptAndAnswer) {
    content = promptAndAnswer;
  }

  /** Forgets prompt and answer, for want of memory: the rest of the record must still be kept. */
  public synchronized void dropContent() {
    if (content != null) {
      content = OMITTED;
    }
  }

  /** What is known of the caller and the request: members of both records. */
  public synchronized JsonObject describe() {
    JsonObject.Builder members = JsonObject.builder();
    if (caller != null) {
      members.put("caller", describe(caller));
    }
    if (!scopesUsed.isEmpty()) {
      members.put("scopes_used", JsonArray.of(scopesUsed));
    }
    return members
        .putPresent("route", route)
        .putPresent("feature", feature)
        .putPresent("prompt_id", promptId)
        .putPresent("prompt_version", promptVersion)
        .putPresent("decision", decision)
        .build();
  }

  /** What is known of the outcome: members of the closing record. */
  public synchronized JsonObject describeOutcome() {
    JsonObject.Builder members = JsonObject.builder();
    if (!attempts.isEmpty()) {
      members.put("attempts", JsonArray.of(attempts));
    }
    if (usage != null) {
      members.put(
          "tokens",
          JsonObject.builder()
              .put("input", usage.inputTokens())
              .put("output", usage.outputTokens())
              .put("cached", usage.cachedTokens())
              .build());
    }
    return members
        .putPresent("documentation", documentation)
        .putPresent("auth_ms", millis(authTime))
        .putPresent("route_ms", millis(routeTime))
        .putPresent("first_token_ms", millis(firstTokenTime))
        .putPresent("output", output)
        .putPresent("error_code", errorCode)
        .putPresent("error_detail", errorDetail)
        .putPresent("content", content)
        .build();
  }

  /** Milliseconds with three decimals, {@code null} for {@code null}. */
  public static @Nullable Double millis(@Nullable Duration time) {
    return time == null ? null : Math.round(time.toNanos() / 1e3) / 1e3;
  }

  private static JsonObject describe(Caller caller) {
    JsonObject.Builder members =
        JsonObject.builder().put("issuer", caller.issuer()).put("user_token", caller.userToken());
    identity(members, "instance", caller.instance());
    identity(members, "realm", caller.realm());
    identity(members, "user", caller.user());
    identity(members, "namespace", numbered(caller.namespace()));
    identity(members, "root_namespace", numbered(caller.rootNamespace()));
    identity(members, "project", numbered(caller.project()));
    return members.build();
  }

  /** GitLab numbers these: anything else that a header claims is not kept. */
  private static @Nullable Identity numbered(@Nullable Identity identity) {
    boolean odd =
        identity != null && !identity.attested() && !NUMBER.matcher(identity.value()).matches();
    return odd ? Identity.asserted("(not logged: unexpected form)") : identity;
  }

  private static void identity(
      JsonObject.Builder members, String name, @Nullable Identity identity) {
    if (identity != null) {
      members.put(
          name,
          JsonObject.builder()
              .put("value", identity.value())
              .put("assurance", identity.attested() ? "attested" : "asserted")
              .build());
    }
  }
}
