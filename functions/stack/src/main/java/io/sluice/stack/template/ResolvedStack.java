package io.sluice.stack.template;

import io.sluice.core.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A stack and its nested stacks with every value evaluated, as CloudFormation would create them.
 * Immutable.
 *
 * @param resources of all stacks; those whose condition doesn't hold are not among them
 * @param outputs of the outermost stack
 */
public record ResolvedStack(
    String name, Account account, List<Resource> resources, Map<String, JsonValue> outputs) {

  public ResolvedStack {
    resources = List.copyOf(resources);
    outputs = Map.copyOf(outputs);
  }

  /**
   * Evaluates {@code template.json} of the library and every stack that it nests.
   *
   * @param parameters as a user gives them; all others have defaults
   * @throws UnresolvedException if anything in them can't be evaluated
   */
  public static ResolvedStack resolve(
      TemplateLibrary library, String name, Map<String, String> parameters, Account account) {
    StackScope root =
        new StackScope(library.named("template.json", name), name, parameters, library, account);
    List<Resource> resources = new ArrayList<>();
    collect(root, resources);
    return new ResolvedStack(name, account, resources, root.outputs());
  }

  private static void collect(StackScope scope, List<Resource> resources) {
    scope.judgeParameters();
    for (String logicalId : scope.logicalIds()) {
      if (!scope.made(logicalId)) {
        continue;
      }
      if (scope.type(logicalId).equals(StackScope.NESTED)) {
        collect(scope.child(logicalId), resources);
      } else {
        resources.add(scope.resource(logicalId));
      }
    }
    scope.outputs();
  }

  /** The resources of that type. */
  public Stream<Resource> ofType(String type) {
    return resources.stream().filter(resource -> resource.type().equals(type));
  }

  /** The resource of that type and physical id. */
  public Optional<Resource> find(String type, String physicalId) {
    return ofType(type).filter(resource -> resource.physicalId().equals(physicalId)).findFirst();
  }
}
