package io.sluice.stack.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the method of a request: literal parts go before parameters, those before greedy ones. */
record Routes(Map<String, Map<String, ApiMethod>> methods) {

  /**
   * A method and the values of its path's parameters.
   *
   * @param parameters decoded
   */
  record Match(ApiMethod method, Map<String, String> parameters) {}

  /** The most specific resource decides, even where it has no such method. */
  @Nullable Match find(String method, String path) {
    List<String> parts = List.of(path.split("/", -1));
    Map<String, ApiMethod> best = Map.of();
    Map<String, String> bestParameters = Map.of();
    String bestRank = "";
    for (Map.Entry<String, Map<String, ApiMethod>> resource : methods.entrySet()) {
      Map<String, String> parameters = new LinkedHashMap<>();
      String rank = rank(List.of(resource.getKey().split("/", -1)), parts, parameters);
      if (rank != null && rank.compareTo(bestRank) > 0) {
        best = resource.getValue();
        bestParameters = parameters;
        bestRank = rank;
      }
    }
    ApiMethod found = best.containsKey(method) ? best.get(method) : best.get("*");
    return found == null ? null : new Match(found, bestParameters);
  }

  /** How specific the resource is, a digit a part; {@code null} where it doesn't match. */
  private static @Nullable String rank(
      List<String> resource, List<String> parts, Map<String, String> parameters) {
    StringBuilder rank = new StringBuilder();
    for (int i = 0; i < resource.size(); i++) {
      String part = resource.get(i);
      if (part.startsWith("{") && part.endsWith("+}")) {
        String rest = i < parts.size() ? String.join("/", parts.subList(i, parts.size())) : "";
        parameters.put(part.substring(1, part.length() - 2), decoded(rest));
        return rest.isEmpty() ? null : rank.append('0').toString();
      }
      if (i >= parts.size()) {
        return null;
      }
      if (part.startsWith("{") && part.endsWith("}") && !parts.get(i).isEmpty()) {
        parameters.put(part.substring(1, part.length() - 1), decoded(parts.get(i)));
        rank.append('1');
      } else if (part.equals(parts.get(i))) {
        rank.append('2');
      } else {
        return null;
      }
    }
    return resource.size() == parts.size() ? rank.toString() : null;
  }

  /** Decoded, where it is rightly encoded. */
  static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
