package io.sluice.doctor.stack;

import java.util.List;
import java.util.Map;

/**
 * A stack as CloudFormation describes it, with the resources of its nested stacks. Immutable.
 *
 * @param status such as {@code UPDATE_COMPLETE}
 */
public record DeployedStack(
    String name,
    String status,
    Map<String, String> parameters,
    Map<String, String> outputs,
    List<StackResource> resources) {

  public DeployedStack {
    parameters = Map.copyOf(parameters);
    outputs = Map.copyOf(outputs);
    resources = List.copyOf(resources);
  }

  /** The resources of that type. */
  List<StackResource> of(String type) {
    return resources.stream().filter(resource -> resource.type().equals(type)).toList();
  }

  /** A parameter's or an output's members, which commas separate. */
  static List<String> members(String list) {
    return List.of(list.split(",", -1)).stream()
        .map(String::strip)
        .filter(t -> !t.isEmpty())
        .toList();
  }

  /** A parameter; empty where the stack has none of that name. */
  String parameter(String parameter) {
    return parameters.getOrDefault(parameter, "");
  }

  /** An output; empty where the stack has none of that name. */
  public String output(String output) {
    return outputs.getOrDefault(output, "");
  }

  /** The GitLabs that the stack believes. */
  public List<String> gitLabUrls() {
    return members(parameter("GitLabUrls"));
  }
}
