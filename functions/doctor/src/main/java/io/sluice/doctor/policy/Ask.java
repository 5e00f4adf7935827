package io.sluice.doctor.policy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A request, as a policy looks at it. Immutable.
 *
 * @param context the condition keys whose values are known, in lower case
 * @param absent the condition keys that such a request never has, in lower case; of any other key
 *     nothing is known
 */
public record Ask(
    Caller caller,
    String action,
    String resource,
    Map<String, List<String>> context,
    Set<String> absent) {

  public Ask {
    Map<String, List<String>> keys = new TreeMap<>();
    context.forEach((key, values) -> keys.put(key.toLowerCase(Locale.ROOT), List.copyOf(values)));
    context = Map.copyOf(keys);
    absent =
        absent.stream()
            .map(key -> key.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether such a request never has the key: it is said, or the key is another service's. */
  boolean lacks(String key) {
    String service = key.substring(0, Math.max(0, key.indexOf(':')));
    return absent.contains(key)
        || (!service.equals("aws") && !action.toLowerCase(Locale.ROOT).startsWith(service + ":"));
  }
}
