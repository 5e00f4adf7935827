package io.sluice.backend.openai;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.sluice.config.ModelRows;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.log.JsonLog;
import io.sluice.core.model.Backend;
import io.sluice.core.model.ModelCall;
import io.sluice.core.model.ModelEvent;
import io.sluice.core.model.ModelProtocol;
import io.sluice.core.model.SecretStore;
import io.sluice.core.time.Cancellation;
import io.sluice.outbound.EndpointAllowList;
import io.sluice.outbound.SocketOutboundClient;
import io.sluice.outbound.TrustedAuthorities;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * The backend as a function: a {@link ModelCall} comes in, its events go out, one JSON object a
 * line ({@link ModelProtocol}), each flushed at once. Thread-safe.
 *
 * <p>Its environment:
 *
 * <ul>
 *   <li>{@code SLUICE_ALLOW_ENDPOINTS}: the outer allow-list, which rows and GitLab's metadata can
 *       only narrow: origins or base URLs, with blanks between them; without it nothing may be
 *       called
 *   <li>{@code SLUICE_CA_BUNDLE}: a file of PEM certificates to trust beside the platform's
 * </ul>
 */
public final class OpenAiBackendFunction implements RequestStreamHandler {

  private static final String ALLOW_ENDPOINTS = "SLUICE_ALLOW_ENDPOINTS";
  private static final String CA_BUNDLE = "SLUICE_CA_BUNDLE";

  private final Backend backend;

  public OpenAiBackendFunction(Backend backend) {
    this.backend = backend;
  }

  /**
   * The function as its environment says.
   *
   * @throws IllegalArgumentException if a variable is malformed; the message names it
   */
  public static OpenAiBackendFunction of(
      Map<String, String> environment, ModelRows rows, SecretStore secrets, JsonLog log) {
    String listed = environment.getOrDefault(ALLOW_ENDPOINTS, "").strip();
    EndpointAllowList policy =
        new EndpointAllowList(
            ALLOW_ENDPOINTS, listed.isEmpty() ? List.of() : List.of(listed.split("\\s+")));
    String bundle = environment.getOrDefault(CA_BUNDLE, "");
    TrustedAuthorities authorities =
        bundle.isEmpty()
            ? TrustedAuthorities.platform()
            : TrustedAuthorities.platformAnd(Path.of(bundle));
    return new OpenAiBackendFunction(
        new OpenAiBackend(
            rows,
            secrets,
            policy,
            policy,
            new SocketOutboundClient(policy, policy, authorities),
            log,
            Clock.systemUTC()));
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    ModelCall call;
    try {
      call = ModelProtocol.readCall(input.readAllBytes());
    } catch (JsonSyntaxException e) {
      String message = "The backend was not given a model call: " + e.getMessage();
      write(
          output, new ModelEvent.Failure(ModelEvent.Failure.Kind.CONFIGURATION, 0, message, null));
      return;
    }
    // Nothing tells a function that its caller has left: the call's own deadlines end it.
    backend.call(call, new Cancellation(), event -> write(output, event));
  }

  private static void write(OutputStream output, ModelEvent event) throws IOException {
    byte[] json = ModelProtocol.write(event);
    byte[] line = java.util.Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    output.write(line);
    output.flush();
  }
}
