package io.sluice.stack.function;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All functions of a stack, by name or ARN. Thread-safe. */
public final class Functions implements AutoCloseable {

  private final Map<String, LambdaFunction> byName = new HashMap<>();
  private final Map<String, Set<String>> qualifiers;

  /**
   * Unpacks the functions; none is started before it is invoked.
   *
   * @param qualifiers aliases and versions by function name
   * @throws IOException if a package is missing
   */
  public Functions(
      Collection<FunctionDefinition> definitions,
      Map<String, Set<String>> qualifiers,
      Surroundings surroundings)
      throws IOException {
    this.qualifiers = Map.copyOf(qualifiers);
    Packages packages = new Packages(surroundings.folder());
    for (FunctionDefinition definition : definitions) {
      FunctionFiles files =
          new FunctionFiles(
              packages.unpack(definition.name() + "-task", List.of(definition.zip())),
              packages.unpack(definition.name() + "-opt", definition.layers()));
      byName.put(definition.name(), new LambdaFunction(definition, files, surroundings));
    }
  }

  /**
   * The function of that reference, and the ARN that is invoked.
   *
   * @param reference a name or an ARN, each with an alias or version or without
   * @throws NoSuchFunctionException if there is no such function, alias or version
   */
  public Target find(String reference) throws NoSuchFunctionException {
    String rest = reference;
    if (reference.startsWith("arn:")) {
      String[] parts = reference.split(":", 7);
      rest = parts.length == 7 && parts[5].equals("function") ? parts[6] : "";
    }
    int colon = rest.indexOf(':');
    String name = colon < 0 ? rest : rest.substring(0, colon);
    String qualifier = colon < 0 ? "" : rest.substring(colon + 1);
    LambdaFunction function = byName.get(name);
    boolean known =
        qualifier.isEmpty()
            || qualifier.equals("$LATEST")
            || qualifiers.getOrDefault(name, Set.of()).contains(qualifier);
    if (function == null || !known) {
      throw new NoSuchFunctionException(reference);
    }
    String arn = function.definition().arn() + (qualifier.isEmpty() ? "" : ":" + qualifier);
    return new Target(function, arn);
  }

  /** A function and the ARN, with its qualifier, that names it. */
  public record Target(LambdaFunction function, String arn) {

    /** Starts an invocation. */
    public InvocationAnswer invoke(byte[] event) throws ThrottledException {
      return function.invoke(arn, event);
    }
  }

  public Collection<LambdaFunction> all() {
    return List.copyOf(byName.values());
  }

  @Override
  public void close() {
    byName.values().forEach(LambdaFunction::close);
  }
}
