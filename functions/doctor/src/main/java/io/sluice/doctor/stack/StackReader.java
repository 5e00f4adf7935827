package io.sluice.doctor.stack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;

/** Reads a stack and its nested stacks. Thread-safe. */
public final class StackReader {

  private static final String NESTED = "AWS::CloudFormation::Stack";

  private final CloudFormationClient client;

  /** A reader over that client. */
  public StackReader(CloudFormationClient client) {
    this.client = client;
  }

  /** The stack of that name; empty where there is none. */
  public Optional<DeployedStack> read(String name) {
    Stack stack;
    try {
      stack = client.describeStacks(request -> request.stackName(name)).stacks().getFirst();
    } catch (CloudFormationException e) {
      if (String.valueOf(e.getMessage()).contains("does not exist")) {
        return Optional.empty();
      }
      throw e;
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    stack.parameters().forEach(p -> parameters.put(p.parameterKey(), p.parameterValue()));
    Map<String, String> outputs = new LinkedHashMap<>();
    stack.outputs().forEach(o -> outputs.put(o.outputKey(), o.outputValue()));
    List<StackResource> resources = new ArrayList<>();
    collect(name, resources);
    return Optional.of(
        new DeployedStack(name, stack.stackStatusAsString(), parameters, outputs, resources));
  }

  private void collect(String name, List<StackResource> into) {
    for (StackResourceSummary resource :
        client
            .listStackResourcesPaginator(request -> request.stackName(name))
            .stackResourceSummaries()) {
      String physical = resource.physicalResourceId();
      if (physical == null || physical.isEmpty()) {
        continue; // not made yet
      }
      if (resource.resourceType().equals(NESTED)) {
        collect(physical, into);
      } else {
        into.add(
            new StackResource(resource.logicalResourceId(), resource.resourceType(), physical));
      }
    }
  }
}
