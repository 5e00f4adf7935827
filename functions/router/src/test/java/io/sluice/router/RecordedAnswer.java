package io.sluice.router;

import io.sluice.core.http.Headers;
import io.sluice.core.http.HttpResponse;
import io.sluice.core.http.ResponseStream;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a caller gets: status, headers, body, and whether it ended in order. */
final class RecordedAnswer implements ResponseStream {

  private final List<Runnable> onClosed = new ArrayList<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final Consumer<String> onWrite;
  private Headers headers = Headers.EMPTY;
  private int status;
  private boolean ended;
  private boolean aborted;
  private boolean gone;

  RecordedAnswer(Consumer<String> onWrite) {
    this.onWrite = onWrite;
  }

  int status() {
    return status;
  }

  Headers headers() {
    return headers;
  }

  boolean ended() {
    return ended;
  }

  boolean aborted() {
    return aborted;
  }

  synchronized String text() {
    return body.toString(StandardCharsets.UTF_8);
  }

  JsonValue json() {
    try {
      return Json.read(text());
    } catch (JsonSyntaxException e) {
      throw new AssertionError("no JSON: " + text(), e);
    }
  }

  JsonObject object() {
    return (JsonObject) json();
  }

  String detail() {
    return object().text("detail", "");
  }

  /** The caller leaves. */
  void leave() {
    gone = true;
    List.copyOf(onClosed).forEach(Runnable::run);
  }

  @Override
  public void send(HttpResponse response) throws IOException {
    begin(response.status(), response.headers());
    write(response.body());
    end();
  }

  @Override
  public void begin(int newStatus, Headers newHeaders) throws IOException {
    if (status != 0) {
      throw new IllegalStateException("begun twice");
    }
    check();
    status = newStatus;
    headers = newHeaders;
  }

  @Override
  public void write(byte[] piece) throws IOException {
    check();
    synchronized (this) {
      body.writeBytes(piece);
    }
    onWrite.accept(new String(piece, StandardCharsets.UTF_8));
  }

  @Override
  public void end() throws IOException {
    check();
    ended = true;
  }

  @Override
  public void abort() {
    aborted = true;
  }

  @Override
  public void onClosed(Runnable action) {
    onClosed.add(action);
  }

  private void check() throws IOException {
    if (gone) {
      throw new IOException("the caller is gone");
    }
  }
}
