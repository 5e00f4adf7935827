package io.sluice.router.call;

import io.sluice.config.ModelRow;
import io.sluice.config.ModelRows;
import io.sluice.config.Provider;
import io.sluice.core.model.Backend;
import io.sluice.core.model.ModelCall;
import io.sluice.core.model.ModelEvent.Failure;
import io.sluice.core.model.ModelEventSink;
import io.sluice.core.model.Target;
import io.sluice.core.time.Cancellation;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Hands each call to the backend of its target's kind of host. Thread-safe. */
public final class ProviderBackends implements Backend {

  private final ModelRows rows;
  private final Map<Provider, Backend> backends;

  /**
   * @param rows tells the provider of a row
   * @param backends who calls the hosts of each provider; a call for another one fails
   */
  public ProviderBackends(ModelRows rows, Map<Provider, Backend> backends) {
    this.rows = rows;
    this.backends = Map.copyOf(backends);
  }

  @Override
  public void call(ModelCall call, Cancellation cancellation, ModelEventSink events)
      throws IOException {
    Optional<Provider> provider = provider(call.target());
    Backend backend = provider.map(backends::get).orElse(null);
    if (backend == null) {
      String what = provider.map(Provider::wire).orElse("unknown");
      events.accept(
          new Failure(
              Failure.Kind.CONFIGURATION,
              0,
              "%s: no backend here serves the provider %s".formatted(call.target().label(), what),
              null));
      return;
    }
    backend.call(call, cancellation, events);
  }

  /** A row that is gone, and metadata's many OpenAI-compatible words, are the OpenAI backend's. */
  private Optional<Provider> provider(Target target) {
    return switch (target) {
      case Target.Row(String model, long snapshot) ->
          Optional.of(rows.find(model, snapshot).map(ModelRow::provider).orElse(Provider.OPENAI));
      case Target.Metadata metadata ->
          Optional.of(
              Provider.named(metadata.provider().toLowerCase(Locale.ROOT)).orElse(Provider.OPENAI));
    };
  }
}
