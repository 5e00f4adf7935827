package io.sluice.gitlab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives every test class the same {@link Duo}: making its keys takes longer than all of them. */
final class SharedDuo implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Duo.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(SharedDuo.class))
        .getOrComputeIfAbsent(Duo.class, _ -> start(), Duo.class);
  }

  private static Duo start() {
    try {
      return new Duo(Files.createTempDirectory("sluice-duo"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
