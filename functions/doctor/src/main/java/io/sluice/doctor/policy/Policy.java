package io.sluice.doctor.policy;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * A policy of a resource: of a VPC endpoint, of a function. Judged as IAM's reference says: what
 * one statement denies stays denied, and what none allows is denied. It knows the operators of
 * texts, ARNs and booleans, {@code Null}, sets and {@code IfExists}; where any other, or a key
 * without a known value, would decide, it says so and judges nothing. Immutable.
 */
public final class Policy {

  private final List<Statement> statements;

  private Policy(List<Statement> statements) {
    this.statements = List.copyOf(statements);
  }

  /**
   * Reads a policy.
   *
   * @throws JsonSyntaxException where it is none
   */
  public static Policy parse(String json) throws JsonSyntaxException {
    List<Statement> statements = new ArrayList<>();
    if (Json.read(json) instanceof JsonObject document) {
      for (JsonValue value : Values.of(document.get("Statement"))) {
        if (value instanceof JsonObject statement) {
          statements.add(new Statement(statement));
        }
      }
    }
    return new Policy(statements);
  }

  /** What it says to the request. */
  public Verdict judge(Ask ask) {
    String unknown = "";
    boolean allowed = false;
    boolean perhaps = false;
    for (int i = 0; i < statements.size(); i++) {
      Statement statement = statements.get(i);
      Truth applies = statement.applies(ask);
      String name = statement.name(i + 1);
      if (applies == Truth.YES && statement.denies()) {
        return new Verdict.Denied(name + " denies it");
      }
      if (applies == Truth.UNKNOWN) {
        unknown = "%s depends on %s".formatted(name, statement.unknown(ask));
      }
      allowed |= applies == Truth.YES;
      perhaps |= applies == Truth.YES || (applies == Truth.UNKNOWN && !statement.denies());
    }
    if (!perhaps) {
      return new Verdict.Denied("no statement allows it");
    }
    return allowed && unknownDenies(ask).isEmpty()
        ? new Verdict.Allowed()
        : new Verdict.Unjudged(unknown);
  }

  private List<Statement> unknownDenies(Ask ask) {
    return statements.stream()
        .filter(statement -> statement.denies() && statement.applies(ask) == Truth.UNKNOWN)
        .toList();
  }
}
