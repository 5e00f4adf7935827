package io.sluice.testing;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * An OpenAI-compatible model server whose every answer the test decides: chat completions, text
 * completions and embeddings, by the model's name in the request. Thread-safe.
 */
public final class ModelStub implements AutoCloseable {

  private final WireServer server;
  private final Map<String, Playlist> models = new ConcurrentHashMap<>();
  private final List<RecordedCall> calls = new CopyOnWriteArrayList<>();
  private volatile Playlist others = new Playlist(List.of(ModelAnswer.text("stub ", "reply")));

  /** Answers one call. */
  @FunctionalInterface
  public interface Behaviour {

    /**
     * Answers the call. A thrown exception closes the connection; otherwise the next request is
     * awaited on it.
     */
    void answer(RecordedCall call, WireConnection connection) throws IOException;
  }

  /**
   * A call that came in.
   *
   * @param path with its query
   * @param headers by lower-case name
   */
  public record RecordedCall(String path, Map<String, String> headers, JsonObject body) {

    /** The name of the model asked for; empty where the body names none. */
    public String model() {
      return body.text("model", "");
    }

    /** The header, or {@code null}. */
    public @Nullable String header(String name) {
      return headers.get(name);
    }
  }

  private ModelStub(ServerSocketFactory sockets) {
    server = WireServer.start(sockets, this::play);
  }

  /** Starts a stub on a free port of 127.0.0.1. */
  public static ModelStub start() {
    return start(ServerSocketFactory.getDefault());
  }

  /** Starts a stub on a free port of 127.0.0.1, on a socket of that kind, such as one of TLS. */
  public static ModelStub start(ServerSocketFactory sockets) {
    return new ModelStub(sockets);
  }

  /** The base URL as an administrator writes it: {@code http://127.0.0.1:PORT/v1}. */
  public String url() {
    return server.origin() + "/v1";
  }

  public int port() {
    return server.port();
  }

  /** Answers the calls of that model with these behaviours in turn; the last one repeats. */
  public ModelStub model(String name, Behaviour... behaviours) {
    models.put(name, new Playlist(List.of(behaviours)));
    return this;
  }

  /** Answers the calls of all other models so. */
  public ModelStub byDefault(Behaviour... behaviours) {
    others = new Playlist(List.of(behaviours));
    return this;
  }

  /** All calls, in order. */
  public List<RecordedCall> calls() {
    return List.copyOf(calls);
  }

  /** The last call. */
  public RecordedCall lastCall() {
    return calls.getLast();
  }

  /** How many connections are open now. */
  public int openConnections() {
    return server.open();
  }

  /** How many connections were ever accepted. */
  public int acceptedConnections() {
    return server.accepted();
  }

  private void play(WireConnection connection) throws IOException {
    for (var request = connection.request(); request != null; request = connection.request()) {
      RecordedCall call = record(request);
      calls.add(call);
      models.getOrDefault(call.model(), others).next().answer(call, connection);
    }
  }

  private static RecordedCall record(WireConnection.Request request) throws IOException {
    try {
      JsonObject body =
          request.body().length > 0 && Json.read(request.body()) instanceof JsonObject object
              ? object
              : JsonObject.EMPTY;
      return new RecordedCall(request.target(), request.headers(), body);
    } catch (JsonSyntaxException e) {
      throw new IOException("the call's body is not JSON", e);
    }
  }

  @Override
  public void close() {
    server.close();
  }

  private static final class Playlist {
    private final List<Behaviour> behaviours;
    private int next;

    Playlist(List<Behaviour> behaviours) {
      this.behaviours = behaviours;
    }

    synchronized Behaviour next() {
      return behaviours.get(next < behaviours.size() - 1 ? next++ : behaviours.size() - 1);
    }
  }
}
