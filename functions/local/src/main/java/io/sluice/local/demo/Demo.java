package io.sluice.local.demo;

import io.sluice.core.http.Headers;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request through the gateway's own port the way GitLab does, and shows for a person what
 * comes of it.
 */
public final class Demo {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final String url;
  private final DemoGitLab gitLab;
  private final Path auditFile;
  private final PrintStream out;

  /**
   * @param url where the gateway listens
   * @param auditFile where it keeps its records
   * @param out for the person
   */
  public Demo(String url, DemoGitLab gitLab, Path auditFile, PrintStream out) {
    this.url = url;
    this.gitLab = gitLab;
    this.auditFile = auditFile;
    this.out = out;
  }

  /** Says what is about to happen. */
  public void introduce(String model, @Nullable String endpoint) {
    out.println();
    out.println("Sluice demo. Nothing leaves this machine.");
    out.println();
    out.println("GitLab   a demo identity with a key made just now (" + DemoGitLab.URL + ")");
    out.println("Gateway  " + url);
    out.println("Model    " + (endpoint == null ? "none" : model + " at " + endpoint));
  }

  /** Sends the request and shows the answer as it comes; false where it failed. */
  public boolean show() throws InterruptedException {
    String correlationId = "demo-" + UUID.randomUUID();
    out.println("Request  POST " + DemoRequest.PATH + ", as GitLab sends it, with an RS256 token");
    out.println();
    boolean good = false;
    try {
      good = exchange(correlationId);
      audit(correlationId);
    } catch (IOException e) {
      out.println("The request failed: " + e.getMessage());
    }
    return good;
  }

  /** Says how to go on. */
  public void conclude() {
    out.println("Again, by hand (the token is good for an hour):");
    out.println();
    out.println(DemoRequest.curl(url, gitLab.headers("demo-by-hand")));
    out.println();
    out.println("For your own GitLab: Admin area > GitLab Duo > Change configuration >");
    out.println("Local AI Gateway URL (an address that GitLab reaches, no slash at the end), and");
    out.println();
    out.println("    scripts/run --no-demo --host 0.0.0.0 --gitlab-url https://YOUR.GITLAB \\");
    out.println("      --allow-endpoint https://YOUR.MODEL.SERVER/v1");
    out.println();
    out.println("Serving until Ctrl-C.");
    out.flush();
  }

  private boolean exchange(String correlationId) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + DemoRequest.PATH))
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofString(DemoRequest.body()));
    Headers headers = gitLab.headers(correlationId);
    headers.forEach(request::header);
    long sent = System.nanoTime();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpResponse<InputStream> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          out.println(
              "The gateway answered %d: %s"
                  .formatted(
                      response.statusCode(),
                      new String(body.readAllBytes(), StandardCharsets.UTF_8)));
          return false;
        }
        stream(body, sent);
        return true;
      }
    }
  }

  private void stream(InputStream body, long sent) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    long first = 0;
    int pieces = 0;
    String line = lines.readLine();
    while (line != null) {
      String piece = piece(line);
      if (!piece.isEmpty()) {
        long now = System.nanoTime();
        first = pieces++ == 0 ? now : first;
        out.println("%8d ms | %s".formatted((now - sent) / 1_000_000, piece.stripTrailing()));
      }
      line = lines.readLine();
    }
    double streaming = (System.nanoTime() - first) / 1e9;
    out.println();
    out.println(
        pieces == 0
            ? "Answer   no text"
            : "Answer   first piece after %d ms, %d pieces in %.1f s (code is streamed by whole lines)"
                .formatted((first - sent) / 1_000_000, pieces, streaming));
  }

  /** The text of an event {@code content_chunk} (client 3.2), else nothing. */
  private static String piece(String line) throws IOException {
    if (!line.startsWith("data:")) {
      return "";
    }
    try {
      if (!(Json.read(line.substring(5)) instanceof JsonObject data)) {
        return "";
      }
      JsonArray choices = data.array("choices");
      if (choices == null || choices.size() == 0) {
        return "";
      }
      JsonObject delta =
          choices.get(0) instanceof JsonObject choice ? choice.object("delta") : null;
      return delta == null ? "" : delta.text("content", "");
    } catch (JsonSyntaxException e) {
      throw new IOException("an event of the answer is no JSON", e);
    }
  }

  private void audit(String correlationId) throws IOException {
    try (Stream<String> lines = Files.lines(auditFile)) {
      List<String> records = lines.filter(line -> line.contains(correlationId)).toList();
      out.println("Audit    " + auditFile);
      records.forEach(record -> out.println("         " + record));
      out.println();
    }
  }
}
