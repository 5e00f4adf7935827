package io.sluice.doctor.policy;

import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One key of a condition, as IAM's reference of condition operators defines them. Immutable.
 *
 * @param operator such as {@code ForAllValues:StringLike}
 * @param values of which one must match
 */
record Condition(String operator, String key, List<String> values) {

  private static final String ALL = "forallvalues:";
  private static final String ANY = "foranyvalue:";
  private static final String IF_EXISTS = "ifexists";

  Condition {
    values = List.copyOf(values);
  }

  /** Whether the request fulfils it. */
  Truth holds(Ask ask) {
    String name = operator.toLowerCase(Locale.ROOT);
    String wanted = key.toLowerCase(Locale.ROOT);
    List<String> found = ask.context().get(wanted);
    if (found == null && !ask.lacks(wanted)) {
      return Truth.UNKNOWN;
    }
    if (name.equals("null")) {
      return Truth.of(values.contains(String.valueOf(found == null)));
    }
    boolean all = name.startsWith(ALL);
    boolean any = name.startsWith(ANY);
    boolean ifExists = name.endsWith(IF_EXISTS);
    String base = name.substring(all ? ALL.length() : any ? ANY.length() : 0);
    base = ifExists ? base.substring(0, base.length() - IF_EXISTS.length()) : base;
    boolean negated = base.contains("not");
    BiPredicate<String, String> matcher = matcher(base.replace("not", ""));
    if (matcher == null || values.stream().anyMatch(Patterns::hasVariable)) {
      return Truth.UNKNOWN;
    }
    if (found == null) {
      return Truth.of(ifExists || all || (negated && !any));
    }
    if (found.size() > 1 && !all && !any) {
      return Truth.UNKNOWN;
    }
    long fulfilled =
        found.stream()
            .filter(
                value -> negated != values.stream().anyMatch(value2 -> matcher.test(value2, value)))
            .count();
    return Truth.of(any ? fulfilled > 0 : fulfilled == found.size());
  }

  private static @Nullable BiPredicate<String, String> matcher(String operator) {
    return switch (operator) {
      case "stringequals" -> String::equals;
      case "stringequalsignorecase", "bool" -> String::equalsIgnoreCase;
      case "stringlike" -> Patterns::like;
      case "arnequals", "arnlike" -> Patterns::arn;
      default -> null;
    };
  }
}
