package io.sluice.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each file of {@code requests/} is a request, its name the status that refuses it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedRequestTest {

  private static final Pattern ESCAPE = Pattern.compile("\\\\(x[0-9a-f]{2}|r|n|t)");

  private Server server;

  @BeforeAll
  void start() throws IOException {
    server = new Server();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  static List<Path> requests() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/requests"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("requests")
  void givenMalformedRequest_whenSent_thenRefusedAndConnectionEnds(Path file) throws IOException {
    String bytes = unescape(Files.readString(file, StandardCharsets.US_ASCII).stripTrailing());
    try (RawClient client = server.client()) {
      String answer = client.send(bytes).rest();
      String status = String.valueOf(file.getFileName()).substring(0, 3);
      assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
      assertThat(answer).contains("{\"detail\":\"").containsIgnoringCase("connection: close");
      assertThat(answer.split("HTTP/1.1 \\d", -1)).as("answers").hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HEAD nowhere HTTP/1.1\r\nHost: a\r\n\r\n",
        "HEAD / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n"
      })
  void givenMalformedHeadRequest_whenSent_thenRefusedWithoutBody(String request)
      throws IOException {
    try (RawClient client = server.client()) {
      String answer = client.send(request).rest();
      assertThat(answer).startsWith("HTTP/1.1 400 ").endsWith("\r\n\r\n");
    }
  }

  private static String unescape(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            match ->
                switch (match.group(1)) {
                  case "r" -> "\r";
                  case "n" -> "\n";
                  case "t" -> "\t";
                  default ->
                      java.util.regex.Matcher.quoteReplacement(
                          String.valueOf((char) Integer.parseInt(match.group(1).substring(1), 16)));
                });
  }
}
