package io.sluice.core.lambda;

import io.sluice.core.http.Headers;
import io.sluice.core.http.HttpResponse;
import io.sluice.core.http.ResponseStream;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An answer in the form that API Gateway streams from a function: status and headers as one JSON
 * object, eight NULs, then the body (AWS: "Lambda proxy integration with payload response
 * streaming"). Each write is flushed: on our runtime a flush is what makes bytes leave. Calls
 * follow {@link ResponseStream}. {@link #abort} can't be expressed in bytes: the function throws
 * when {@link #aborted}, so that the runtime tells Lambda.
 */
public final class StreamedResponse implements ResponseStream {

  private static final byte[] DELIMITER = new byte[8];

  private final OutputStream out;
  private volatile boolean aborted;

  public StreamedResponse(OutputStream out) {
    this.out = out;
  }

  /** Whether the answer was broken off: what was sent is not whole. */
  public boolean aborted() {
    return aborted;
  }

  @Override
  public void send(HttpResponse response) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream(response.body().length + 512);
    prelude(whole, response.status(), response.headers());
    whole.write(response.body());
    flush(whole.toByteArray());
  }

  @Override
  public void begin(int status, Headers headers) throws IOException {
    ByteArrayOutputStream prelude = new ByteArrayOutputStream(512);
    prelude(prelude, status, headers);
    flush(prelude.toByteArray());
  }

  @Override
  public void write(byte[] piece) throws IOException {
    if (piece.length > 0) {
      flush(piece);
    }
  }

  @Override
  public void end() {}

  @Override
  public void abort() {
    aborted = true;
  }

  /** Never runs the action: Lambda doesn't tell a function that its caller left. */
  @Override
  public void onClosed(Runnable action) {}

  private void flush(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  private static void prelude(ByteArrayOutputStream to, int status, Headers headers)
      throws IOException {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    Map<String, String> names = new LinkedHashMap<>();
    headers.forEach(
        (name, value) -> {
          String key = name.toLowerCase(Locale.ROOT);
          names.putIfAbsent(key, name);
          lines.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
        });
    JsonObject.Builder single = JsonObject.builder();
    JsonObject.Builder multiple = JsonObject.builder();
    lines.forEach(
        (key, values) -> {
          String name = names.getOrDefault(key, key);
          if (values.size() == 1) {
            single.put(name, values.getFirst());
          } else {
            multiple.put(name, JsonArray.of(values));
          }
        });
    JsonObject.Builder metadata =
        JsonObject.builder().put("statusCode", status).put("headers", single.build());
    JsonObject repeated = multiple.build();
    if (!repeated.members().isEmpty()) {
      metadata.put("multiValueHeaders", repeated);
    }
    to.write(Json.write(metadata.build()));
    to.write(DELIMITER);
  }
}
