package io.sluice.prompts;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A version such as {@code 1.2.0} or {@code 1.1.0-dev}, ordered as PEP 440 orders them.
 *
 * @param release the numbers, at least one
 * @param phase {@code DEV} before {@code ALPHA} and so on; {@code FINAL} for a stable version
 * @param serial the number of a pre-release, 0 where it has none
 */
public record PromptVersion(List<Long> release, Phase phase, long serial)
    implements Comparable<PromptVersion> {

  /** How near a version is to being stable. */
  public enum Phase {
    DEV,
    ALPHA,
    BETA,
    CANDIDATE,
    FINAL
  }

  private static final Pattern SYNTAX =
      Pattern.compile(
          "v?(\\d{1,9}(?:\\.\\d{1,9}){0,3})(?:[-_.]?([a-z]{1,7})[-_.]?(\\d{0,9}))?(?:\\+[a-z0-9.]{1,40})?");
  // Written out, since an AOT cache can't hold the lambdas of Comparator's own methods.
  private static final Comparator<PromptVersion> ORDER =
      (a, b) -> {
        for (int i = 0; i < 4; i++) {
          int order = Long.compare(a.number(i), b.number(i));
          if (order != 0) {
            return order;
          }
        }
        int phases = a.phase().compareTo(b.phase());
        return phases != 0 ? phases : Long.compare(a.serial(), b.serial());
      };

  public PromptVersion {
    release = List.copyOf(release);
  }

  static PromptVersion of(long... numbers) {
    return new PromptVersion(java.util.Arrays.stream(numbers).boxed().toList(), Phase.FINAL, 0);
  }

  /** Reads a version; empty where the text is none. */
  public static Optional<PromptVersion> parse(String text) {
    Matcher matcher = SYNTAX.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    List<Long> release = Stream.of(matcher.group(1).split("\\.", -1)).map(Long::valueOf).toList();
    String label = matcher.group(2);
    if (label == null) {
      return Optional.of(new PromptVersion(release, Phase.FINAL, 0));
    }
    String digits = matcher.group(3);
    long serial = digits.isEmpty() ? 0 : Long.parseLong(digits);
    return phase(label).map(phase -> new PromptVersion(release, phase, serial));
  }

  private static Optional<Phase> phase(String label) {
    return switch (label) {
      case "dev" -> Optional.of(Phase.DEV);
      case "a", "alpha" -> Optional.of(Phase.ALPHA);
      case "b", "beta" -> Optional.of(Phase.BETA);
      case "c", "rc", "pre", "preview" -> Optional.of(Phase.CANDIDATE);
      default -> Optional.empty();
    };
  }

  /** The release's number at that place, 0 beyond its end. */
  long number(int index) {
    return index < release.size() ? release.get(index) : 0;
  }

  boolean isStable() {
    return phase == Phase.FINAL;
  }

  /** Whether both are the same version, however many zeros end them. */
  boolean sameAs(PromptVersion other) {
    return compareTo(other) == 0;
  }

  @Override
  public int compareTo(PromptVersion other) {
    return ORDER.compare(this, other);
  }
}
