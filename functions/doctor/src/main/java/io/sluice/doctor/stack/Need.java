package io.sluice.doctor.stack;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a function asks of AWS, with what its requests hold. Immutable.
 *
 * @param sid the statement of its role that gives it
 * @param resources concrete ARNs; where a name may be any, one of them
 * @param context the condition keys that the statement asks for, with the values of one request
 * @param byCode whether the function's code asks through an endpoint of the VPC; else a service of
 *     AWS does on its behalf
 */
record Need(
    String sid,
    List<String> actions,
    List<String> resources,
    Map<String, List<String>> context,
    boolean byCode) {

  Need {
    actions = List.copyOf(actions);
    resources = List.copyOf(resources);
    context = Map.copyOf(context);
  }

  /** The service that is asked, such as {@code sqs}. */
  String service() {
    return actions.getFirst().substring(0, actions.getFirst().indexOf(':'));
  }

  /** The context in a person's words, with a blank before; empty where there is none. */
  String when() {
    return context.isEmpty()
        ? ""
        : context.entrySet().stream()
            .map(entry -> "%s %s".formatted(entry.getKey(), String.join(", ", entry.getValue())))
            .collect(Collectors.joining(", ", " with ", ""));
  }
}
