package io.sluice.core.exchange;

import io.sluice.core.http.Headers;
import io.sluice.core.http.HttpResponse;
import io.sluice.core.http.ResponseStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps what was answered, in order with what else happened. */
final class RecordingResponse implements ResponseStream {

  final List<String> happened;
  final ByteArrayOutputStream body = new ByteArrayOutputStream();
  Headers headers = Headers.EMPTY;
  int status;
  boolean callerGone;
  private final List<Runnable> onClosed = new ArrayList<>();

  RecordingResponse(List<String> happened) {
    this.happened = happened;
  }

  void leave() {
    callerGone = true;
    onClosed.forEach(Runnable::run);
  }

  String text() {
    return body.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void send(HttpResponse response) throws IOException {
    begin(response.status(), response.headers());
    write(response.body());
    end();
  }

  @Override
  public void begin(int newStatus, Headers newHeaders) throws IOException {
    status = newStatus;
    headers = newHeaders;
    check();
    happened.add("begin");
  }

  @Override
  public void write(byte[] piece) throws IOException {
    check();
    body.writeBytes(piece);
    happened.add("write");
  }

  @Override
  public void end() throws IOException {
    check();
    happened.add("end");
  }

  @Override
  public void abort() {
    happened.add("abort");
  }

  @Override
  public void onClosed(Runnable action) {
    onClosed.add(action);
  }

  private void check() throws IOException {
    if (callerGone) {
      throw new IOException("gone");
    }
  }
}
