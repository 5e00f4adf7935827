package io.sluice.testing;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Lambda's end of an InvokeWithResponseStream: a chunked body of event-stream frames, each in one
 * chunk and one write. For one thread at a time.
 */
public final class InvokeStream {

  private final WireConnection connection;
  private boolean begun;

  InvokeStream(WireConnection connection) {
    this.connection = connection;
  }

  /** The connection below, for answers that break the protocol. */
  public WireConnection connection() {
    return connection;
  }

  /** Sends a part of the function's answer. */
  public InvokeStream chunk(String text) throws IOException {
    return chunk(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a part of the function's answer. */
  public InvokeStream chunk(byte[] bytes) throws IOException {
    return event("PayloadChunk", "application/octet-stream", bytes);
  }

  /** Ends the answer of a function that succeeded. */
  public void complete() throws IOException {
    complete(JsonObject.EMPTY);
  }

  /** Ends the answer of a function that failed, before or after it answered something. */
  public void complete(String errorCode, String errorDetails) throws IOException {
    complete(
        JsonObject.builder().put("ErrorCode", errorCode).put("ErrorDetails", errorDetails).build());
  }

  private void complete(JsonObject members) throws IOException {
    event("InvokeComplete", "application/json", Json.write(members));
    end();
  }

  /** Ends the body with an exception of the service instead of an InvokeComplete. */
  public void exception(String type, String message) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(":message-type", "exception");
    headers.put(":exception-type", type);
    headers.put(":content-type", "application/json");
    send(frame(headers, Json.write(JsonObject.builder().put("message", message).build())));
    end();
  }

  /** Ends the body, as if the frames before were all. */
  public void end() throws IOException {
    connection.send("0\r\n\r\n");
  }

  private InvokeStream event(String type, String contentType, byte[] payload) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(":message-type", "event");
    headers.put(":event-type", type);
    headers.put(":content-type", contentType);
    send(frame(headers, payload));
    return this;
  }

  /** Sends these bytes as one chunk of the body, whatever they are. */
  public void send(byte[] bytes) throws IOException {
    if (!begun) {
      begun = true;
      connection.send(
          """
          HTTP/1.1 200 OK\r
          Content-Type: application/vnd.amazon.eventstream\r
          X-Amz-Executed-Version: $LATEST\r
          X-Amzn-Requestid: 4f1d7b6c-0000-4000-8000-000000000001\r
          Transfer-Encoding: chunked\r
          \r
          """);
    }
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    chunk.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.UTF_8));
    chunk.writeBytes(bytes);
    chunk.writeBytes(new byte[] {'\r', '\n'});
    connection.send(chunk.toByteArray());
  }

  /** A frame with these headers, all of them strings. */
  public static byte[] frame(Map<String, String> headers, byte[] payload) throws IOException {
    ByteArrayOutputStream names = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(names)) {
      for (Map.Entry<String, String> header : headers.entrySet()) {
        byte[] name = header.getKey().getBytes(StandardCharsets.UTF_8);
        byte[] value = header.getValue().getBytes(StandardCharsets.UTF_8);
        out.writeByte(name.length);
        out.write(name);
        out.writeByte(7); // a string
        out.writeShort(value.length);
        out.write(value);
      }
    }
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(frame)) {
      out.writeInt(16 + names.size() + payload.length);
      out.writeInt(names.size());
      out.writeInt(crc(frame.toByteArray()));
      out.write(names.toByteArray());
      out.write(payload);
      out.writeInt(crc(frame.toByteArray()));
    }
    return frame.toByteArray();
  }

  private static int crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
