package io.sluice.config.judge;

import io.sluice.config.row.Problem;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what looks like a key or a password in a row. What it finds is never repeated. */
final class Credentials {

  private static final String TEXT =
      "holds what looks like a key or password: rows hold none. Put it into the secret store, write"
          + " only the secret's name into the field secret, and replace the key, since it was"
          + " written down";

  /** Spellings of well-known keys, specific enough for prompt templates too. */
  private static final Pattern KNOWN =
      Pattern.compile(
          "(?<![A-Za-z0-9])(?:sk|pk|rk)-(?=[A-Za-z_-]*[0-9])[A-Za-z0-9_-]{16,}"
              + "|(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16}"
              + "|-----BEGIN [A-Z ]*-----"
              + "|(?<![A-Za-z0-9])eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{4,}"
              + "|(?<![A-Za-z0-9])gl[a-z]{2,6}-(?=[A-Za-z_-]*[0-9])[A-Za-z0-9_-]{16,}"
              + "|(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{20,}"
              + "|github_pat_[A-Za-z0-9_]{20,}"
              + "|(?<![A-Za-z0-9])xox[abeoprs]-[A-Za-z0-9-]{10,}"
              + "|(?<![A-Za-z0-9])AIza[0-9A-Za-z_-]{30,}"
              + "|(?<![A-Za-z0-9])hf_[A-Za-z0-9]{16,}"
              + "|(?i:bearer)\\s+(?=[A-Za-z._~+/-]*[0-9])[A-Za-z0-9._~+/=-]{16,}"
              + "|(?i:basic)\\s+(?=[A-Za-z+/]*[0-9])[A-Za-z0-9+/=]{16,}"
              + "|(?i:aws_secret_access_key)\\s*[=:]"
              + "|[a-z]://[^/\\s@]*:[^/\\s@]+@");

  /** The same, looser: for fields that hold names and short remarks. */
  private static final Pattern LIKELY =
      Pattern.compile(
          "(?<![A-Za-z0-9])(?:sk|pk|rk)-[A-Za-z0-9_-]{8,}"
              + "|(?<![A-Za-z0-9])gl(?:pat|dt|rt|cbt|ptt|soat|ft|imt|agent)-[A-Za-z0-9_-]{8,}"
              + "|(?i:bearer)\\s+\\S{8,}");

  private static final Pattern RUN = Pattern.compile("[A-Za-z0-9+]{24,}");
  private static final int LONG_RUN = 32;
  private static final int DIGITS = 3;
  private static final double BITS_A_CHARACTER = 3.0;

  private Credentials() {}

  /** A problem for each field that holds something like a key. */
  static List<Problem> find(JsonObject fields) {
    List<Problem> problems = new ArrayList<>();
    find("", fields, problems);
    return problems;
  }

  /** Whether a text should not be shown. */
  static boolean suspicious(String text) {
    return KNOWN.matcher(text).find() || LIKELY.matcher(text).find() || random(text, 24);
  }

  private static void find(String path, JsonValue value, List<Problem> problems) {
    switch (value) {
      case JsonObject object ->
          object
              .members()
              .forEach(
                  (name, member) -> {
                    if (suspicious(name)) {
                      problems.add(new Problem(path, "has a field whose name " + TEXT));
                    } else {
                      find(path.isEmpty() ? name : path + "." + name, member, problems);
                    }
                  });
      case JsonArray array -> {
        for (int i = 0; i < array.size(); i++) {
          find(path + "[" + i + "]", array.get(i), problems);
        }
      }
      case JsonString text -> {
        if (suspicious(path, text.value())) {
          problems.add(new Problem(path, TEXT));
        }
      }
      default -> {
        // Numbers, flags and null hold no keys.
      }
    }
  }

  private static boolean suspicious(String path, String text) {
    if (KNOWN.matcher(text).find()) {
      return true;
    }
    if (path.equals("template") || path.startsWith("match.")) {
      return false; // prose, and ids that look random by nature
    }
    boolean longNames = path.equals("model") || path.equals("endpoint");
    return LIKELY.matcher(text).find() || random(text, longNames ? LONG_RUN : 24);
  }

  private static boolean random(String text, int length) {
    Matcher runs = RUN.matcher(text);
    while (runs.find()) {
      String run = runs.group();
      if (run.length() >= length
          && run.chars().filter(Character::isDigit).count() >= DIGITS
          && run.chars().anyMatch(Character::isLetter)
          && entropy(run) >= BITS_A_CHARACTER) {
        return true;
      }
    }
    return false;
  }

  private static double entropy(String text) {
    Map<Integer, Integer> counts = new HashMap<>();
    text.chars().forEach(c -> counts.merge(c, 1, Integer::sum));
    double bits = 0;
    for (int count : counts.values()) {
      double share = (double) count / text.length();
      bits -= share * Math.log(share) / Math.log(2);
    }
    return bits;
  }
}
