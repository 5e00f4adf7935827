package io.sluice.backend.openai;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.sluice.aws.AwsEnvironment;
import io.sluice.config.ModelRows;
import io.sluice.config.store.PublishedTable;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.log.JsonLines;
import io.sluice.core.log.JsonLog;
import io.sluice.core.model.Backend;
import io.sluice.core.model.ModelCall;
import io.sluice.core.model.ModelEvent;
import io.sluice.core.model.ModelEvent.Failure;
import io.sluice.core.model.ModelProtocol;
import io.sluice.core.time.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;

/**
 * The backend as a function: a {@link ModelCall} comes in, its events go out, one JSON object a
 * line ({@link ModelProtocol}), each flushed at once. It resolves endpoint and secret of a call's
 * row itself. Configured by {@link OpenAiBackendSettings} and {@link PublishedTable}. Thread-safe.
 */
public final class OpenAiBackendFunction implements RequestStreamHandler, AutoCloseable {

  private final Backend backend;
  private final Cancellation ending = new Cancellation();

  /**
   * The function as Lambda starts it, configured by environment variables. Begins to read the
   * routing table, so that it arrives while the rest starts.
   *
   * @throws IllegalArgumentException if a variable is missing or malformed; the message names it
   */
  public OpenAiBackendFunction() {
    this(System.getenv(), JsonLines.standardOutput(Clock.systemUTC()), Clock.systemUTC());
  }

  /** A function of that environment. */
  OpenAiBackendFunction(Map<String, String> environment, JsonLog log, Clock clock) {
    this(backend(environment, log, clock));
  }

  /** A function over that backend. */
  public OpenAiBackendFunction(Backend backend) {
    this.backend = backend;
  }

  /**
   * Answers one call.
   *
   * @throws IOException if nobody takes the events any more, or the function is being ended
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    ModelCall call;
    try {
      call = ModelProtocol.readCall(input.readAllBytes());
    } catch (JsonSyntaxException e) {
      String message = "The backend was not given a model call: " + e.getMessage();
      write(output, new Failure(Failure.Kind.CONFIGURATION, 0, message, null));
      return;
    }
    // Nothing tells a function that its caller has left: the call's own deadlines end it.
    Cancellation cancellation = new Cancellation();
    try (Cancellation.Registration _ = ending.onCancel(cancellation::cancel)) {
      backend.call(call, cancellation, event -> deliver(output, event));
    }
  }

  /** Ends the calls under way: the runtime tells their callers that they broke off. */
  @Override
  public void close() {
    ending.cancel();
  }

  private void deliver(OutputStream output, ModelEvent event) throws IOException {
    if (ending.isCancelled()) {
      throw new IOException("the function is being ended");
    }
    write(output, event);
  }

  private static Backend backend(Map<String, String> environment, JsonLog log, Clock clock) {
    AwsEnvironment aws = AwsEnvironment.of(environment);
    OpenAiBackendSettings settings = OpenAiBackendSettings.of(environment);
    ModelRows rows = PublishedTable.open(environment, aws, settings.deployment(), log, clock);
    return settings.backend(aws, rows, log, clock);
  }

  private static void write(OutputStream output, ModelEvent event) throws IOException {
    byte[] json = ModelProtocol.write(event);
    byte[] line = Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    output.write(line);
    output.flush();
  }
}
