package io.sluice.backend.openai;

import io.sluice.config.Ability;
import io.sluice.config.CompletionMode;
import io.sluice.config.ModelFamily;
import io.sluice.config.ModelRow;
import io.sluice.config.Provider;
import io.sluice.core.json.Json;
import io.sluice.core.model.Message;
import io.sluice.core.model.ModelCall;
import io.sluice.core.model.ModelEvent;
import io.sluice.core.model.Sampling;
import io.sluice.core.model.Secret;
import io.sluice.core.model.SecretStore;
import io.sluice.core.model.Target;
import io.sluice.core.model.Timeouts;
import io.sluice.core.time.Cancellation;
import io.sluice.outbound.EndpointAllowList;
import io.sluice.outbound.SocketOutboundClient;
import io.sluice.outbound.TrustedAuthorities;
import io.sluice.testing.ModelStub;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A backend before a stub model, with rows and secrets that the test sets. */
final class BackendFixture implements AutoCloseable {

  static final Timeouts PATIENT =
      new Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20));

  /** A listed endpoint on a port that nothing ever gets: it is below the ephemeral ones. */
  static final String CLOSED_PORT = "http://127.0.0.1:1/v1";

  final ModelStub stub = ModelStub.start();
  final Map<String, ModelRow> rows = new ConcurrentHashMap<>();
  final Map<String, SecretStore.StoredSecret> secrets = new ConcurrentHashMap<>();
  final List<String> logged = new CopyOnWriteArrayList<>();
  final EndpointAllowList policy =
      new EndpointAllowList("--allow-endpoint", List.of(stub.url(), CLOSED_PORT));
  final SocketOutboundClient client =
      new SocketOutboundClient(policy, policy, TrustedAuthorities.platform());
  final OpenAiBackend backend =
      new OpenAiBackend(
          (name, _) -> Optional.ofNullable(rows.get(name)),
          name -> Optional.ofNullable(secrets.get(name)),
          policy,
          policy,
          client,
          (_, _, message, fields) -> logged.add(message + " " + Json.text(fields)),
          Clock.systemUTC());

  /** A model that GitLab's metadata names. */
  Target metadata(String provider, String model, @Nullable String key) {
    return metadata(provider, model, stub.url(), key);
  }

  Target metadata(String provider, String model, @Nullable String url, @Nullable String key) {
    return new Target.Metadata(
        "general", provider, model, url, key == null ? null : new Secret(key));
  }

  /** A row of that name, and the target that names it. */
  Target row(String name, Provider provider, @Nullable String secret) {
    rows.put(
        name,
        new ModelRow(
            name,
            provider,
            ModelFamily.GENERAL,
            name,
            stub.url(),
            null,
            CompletionMode.CHAT,
            secret,
            32_000,
            64,
            Set.of(Ability.STREAM, Ability.SYSTEM, Ability.STOP, Ability.PREFILL),
            Set.of()));
    return new Target.Row(name, 1);
  }

  ModelCall chat(Target target, boolean stream) {
    return chat(target, stream, PATIENT);
  }

  ModelCall chat(Target target, boolean stream, Timeouts timeouts) {
    return asking(target, "hello", stream, timeouts);
  }

  /** A call of the stub's model {@code m} with that prompt. */
  ModelCall asking(String prompt, boolean stream) {
    return asking(metadata("custom_openai", "m", null), prompt, stream, PATIENT);
  }

  static ModelCall asking(Target target, String prompt, boolean stream, Timeouts timeouts) {
    return new ModelCall(
        "request-1",
        target,
        new ModelCall.Chat(List.of(Message.user(prompt))),
        new Sampling(0.1, null, 2_000, List.of()),
        stream,
        false,
        timeouts);
  }

  ModelCall embedding(String... texts) {
    return new ModelCall(
        "request-1",
        metadata("openai", "m", null),
        new ModelCall.Embedding(List.of(texts), null),
        Sampling.DEFAULT,
        false,
        false,
        PATIENT);
  }

  /** The events of a call to the stub's model {@code m}. */
  List<ModelEvent> streamed() throws IOException {
    return events(chat(metadata("custom_openai", "m", null), true));
  }

  List<ModelEvent> whole() throws IOException {
    return events(chat(metadata("custom_openai", "m", null), false));
  }

  List<ModelEvent> events(ModelCall call) throws IOException {
    List<ModelEvent> events = new ArrayList<>();
    backend.call(call, new Cancellation(), events::add);
    return events;
  }

  ModelEvent.Failure failure(ModelCall call) throws IOException {
    return (ModelEvent.Failure) events(call).getLast();
  }

  static String text(List<ModelEvent> events) {
    StringBuilder text = new StringBuilder();
    for (ModelEvent event : events) {
      if (event instanceof ModelEvent.Text piece) {
        text.append(piece.text());
      }
    }
    return text.toString();
  }

  @Override
  public void close() {
    client.close();
    stub.close();
  }
}
