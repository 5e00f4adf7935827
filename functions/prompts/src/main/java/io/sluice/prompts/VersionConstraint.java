package io.sluice.prompts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version constraint in Poetry's syntax (contract 4.3): {@code 1.0.1}, {@code ^1.0.0}, {@code
 * ~1.0}, {@code >=1.0,<2.0}, {@code !=1.1}, {@code 1.*}, {@code *}, a comma or a blank for "and",
 * {@code ||} for "or". Only an exact version finds a pre-release.
 */
final class VersionConstraint {

  private static final int MAX_LENGTH = 200;
  private static final Pattern TERM =
      Pattern.compile("(\\^|~=|~|>=|<=|==|!=|=|>|<)?\\s*([0-9A-Za-z.*_-]+)");
  private static final Pattern WILDCARD =
      Pattern.compile("v?(\\d{1,9}(?:\\.\\d{1,9}){0,2})(?:\\.\\*)+");

  private final Predicate<PromptVersion> test;

  private VersionConstraint(Predicate<PromptVersion> test) {
    this.test = test;
  }

  /** Reads a constraint; empty where the text is none. */
  static Optional<VersionConstraint> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    Predicate<PromptVersion> any = version -> false;
    for (String alternative : text.strip().split("\\s*\\|\\|?\\s*", -1)) {
      Optional<Predicate<PromptVersion>> all = conjunction(alternative);
      if (all.isEmpty()) {
        return Optional.empty();
      }
      any = any.or(all.get());
    }
    return Optional.of(new VersionConstraint(any));
  }

  boolean accepts(PromptVersion version) {
    return test.test(version);
  }

  private static Optional<Predicate<PromptVersion>> conjunction(String text) {
    List<Predicate<PromptVersion>> terms = new ArrayList<>();
    Matcher matcher = TERM.matcher(text);
    int end = 0;
    while (matcher.find(end) && isSeparator(text, end, matcher.start())) {
      Optional<Predicate<PromptVersion>> term = term(matcher.group(1), matcher.group(2));
      if (term.isEmpty()) {
        return Optional.empty();
      }
      terms.add(term.get());
      end = matcher.end();
    }
    return end == text.length() && !terms.isEmpty()
        ? terms.stream().reduce(Predicate::and)
        : Optional.empty();
  }

  /** Between two terms stand blanks with at most one comma, before the first one nothing. */
  private static boolean isSeparator(String text, int from, int to) {
    String between = text.substring(from, to);
    return from == 0 ? between.isEmpty() : between.matches("\\s+|\\s*,\\s*");
  }

  private static Optional<Predicate<PromptVersion>> term(
      @org.jspecify.annotations.Nullable String operator, String text) {
    String op = operator == null ? "==" : operator;
    if (text.indexOf('*') >= 0) {
      return wildcard(op, text);
    }
    return PromptVersion.parse(text).map(version -> comparison(op, version));
  }

  private static Optional<Predicate<PromptVersion>> wildcard(String operator, String text) {
    Predicate<PromptVersion> matches;
    Matcher matcher = WILDCARD.matcher(text);
    if (text.equals("*")) {
      matches = PromptVersion::isStable;
    } else if (matcher.matches()) {
      PromptVersion floor = PromptVersion.parse(matcher.group(1)).orElseThrow();
      matches = range(floor, bump(floor, floor.release().size() - 1));
    } else {
      return Optional.empty();
    }
    return switch (operator) {
      case "==", "=" -> Optional.of(matches);
      case "!=" -> Optional.of(matches.negate().and(PromptVersion::isStable));
      default -> Optional.empty();
    };
  }

  private static Predicate<PromptVersion> comparison(String operator, PromptVersion version) {
    Predicate<PromptVersion> stable = PromptVersion::isStable;
    return switch (operator) {
      case "^" -> range(version, bump(version, significant(version)));
      case "~" -> range(version, bump(version, Math.min(1, version.release().size() - 1)));
      case "~=" -> range(version, bump(version, Math.max(0, version.release().size() - 2)));
      case ">=" -> stable.and(v -> v.compareTo(version) >= 0);
      case "<=" -> stable.and(v -> v.compareTo(version) <= 0);
      case ">" -> stable.and(v -> v.compareTo(version) > 0);
      case "<" -> stable.and(v -> v.compareTo(version) < 0);
      case "!=" -> stable.and(v -> !v.sameAs(version));
      default -> version::sameAs;
    };
  }

  private static Predicate<PromptVersion> range(PromptVersion floor, PromptVersion ceiling) {
    return v -> v.isStable() && v.compareTo(floor) >= 0 && v.compareTo(ceiling) < 0;
  }

  /** The place of the first number that isn't zero, the last place where all are. */
  private static int significant(PromptVersion version) {
    int last = version.release().size() - 1;
    int index = 0;
    while (index < last && version.number(index) == 0) {
      index++;
    }
    return index;
  }

  private static PromptVersion bump(PromptVersion version, int index) {
    long[] numbers = new long[index + 1];
    for (int i = 0; i <= index; i++) {
      numbers[i] = version.number(i);
    }
    numbers[index]++;
    return PromptVersion.of(numbers);
  }
}
