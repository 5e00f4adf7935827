package io.sluice.stack.proof;

import io.sluice.core.http.Headers;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.stack.Deployments;
import io.sluice.stack.RunningStack;
import io.sluice.stack.StackOptions;
import io.sluice.stack.template.TemplateLibrary;
import io.sluice.testing.GitLabStub;
import io.sluice.testing.ModelStub;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Our own stack from its translated templates and packages, with a GitLab and a model server. */
final class PackagedStack implements AutoCloseable {

  static final String COMPLETION =
      """
      {"project_path":"acme/app","project_id":42,"current_file":{"file_name":"app.py",
       "language_identifier":"python","content_above_cursor":"def reverse(text):\\n    return ",
       "content_below_cursor":""},"stream":false,"prompt_version":1,"choices_count":1}
      """;

  static final String GENERATION =
      """
      {"project_path":"acme/app","project_id":42,"current_file":{"file_name":"app.py",
       "language_identifier":"python","content_above_cursor":"# reverse a string\\n",
       "content_below_cursor":""},"stream":true,"prompt_version":1,"choices_count":1}
      """;

  private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final GitLabStub gitLab;
  private final ModelStub model;
  private final RunningStack stack;
  private final Path folder;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private PackagedStack(GitLabStub gitLab, ModelStub model, RunningStack stack, Path folder) {
    this.gitLab = gitLab;
    this.model = model;
    this.stack = stack;
    this.folder = folder;
  }

  /** With these parameters beside those that every deployment gives. */
  static PackagedStack start(Map<String, String> parameters) throws Exception {
    return start(parameters, Deployments.withoutTls(PROJECT.resolve("target/templates")));
  }

  static PackagedStack start(Map<String, String> parameters, TemplateLibrary templates)
      throws Exception {
    GitLabStub gitLab = GitLabStub.start();
    ModelStub model = ModelStub.start();
    Path folder = Files.createTempDirectory("sluice-stack");
    Map<String, String> all = new HashMap<>(Deployments.newVpc());
    all.put("GitLabUrls", gitLab.url());
    all.put("ModelEndpoint", model.url());
    all.put("ModelName", "default-model");
    all.put("AllowedModelEndpoints", model.url());
    all.putAll(parameters);
    try {
      RunningStack stack =
          RunningStack.start(StackOptions.of(PROJECT, folder).with(all).with(templates));
      return new PackagedStack(gitLab, model, stack, folder);
    } catch (IOException | InterruptedException | RuntimeException e) {
      gitLab.close();
      model.close();
      delete(folder);
      throw e;
    }
  }

  GitLabStub gitLab() {
    return gitLab;
  }

  ModelStub model() {
    return model;
  }

  RunningStack stack() {
    return stack;
  }

  /** A GET without a token. */
  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(stack.url() + path)).timeout(PATIENCE).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** A POST as GitLab's Rails sends it. */
  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return post(path, gitLab.headers(), body);
  }

  HttpResponse<String> post(String path, Headers headers, String body)
      throws IOException, InterruptedException {
    return client.send(request(path, headers, body), HttpResponse.BodyHandlers.ofString());
  }

  /** The same, its answer to be read as it comes. */
  HttpResponse<InputStream> open(String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        request(path, gitLab.headers(), body), HttpResponse.BodyHandlers.ofInputStream());
  }

  private HttpRequest request(String path, Headers headers, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(stack.url() + path))
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return request.build();
  }

  /** Asks until there is an answer. */
  <T> T eventually(Callable<@Nullable T> asked) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      T found = asked.call();
      if (found != null) {
        return found;
      }
      if (System.nanoTime() > end) {
        String log = log();
        throw new AssertionError(
            "nothing came; the functions wrote:\n"
                + log.substring(Math.max(0, log.length() - 4000)));
      }
      Thread.sleep(50);
    }
  }

  String log() throws IOException {
    return Files.exists(stack.log().file()) ? Files.readString(stack.log().file()) : "";
  }

  /** The audit records that are in the queue, taken from it. */
  List<JsonObject> records() throws IOException, InterruptedException {
    List<JsonObject> records = new ArrayList<>();
    List<JsonObject> received = stack.queues().receive("duo-audit", 10, 0);
    while (!received.isEmpty()) {
      for (JsonObject message : received) {
        JsonObject part = object(message.text("Body", ""));
        records.add(object(part.text("text", "")));
        stack.queues().delete("duo-audit", message);
      }
      received = stack.queues().receive("duo-audit", 10, 0);
    }
    return records;
  }

  /** Puts a row as an administrator does; values are texts, and JSON in DynamoDB's form. */
  void row(String kind, String name, Map<String, Object> attributes) throws Exception {
    Map<String, Object> item = new HashMap<>(attributes);
    item.put("kind", s(kind));
    item.put("name", s(name));
    stack.tables().put("duo-routes", JsonObject.of(item));
  }

  static Map<String, Object> s(String text) {
    return Map.of("S", text);
  }

  static Map<String, Object> targets(String model) {
    return Map.of("L", List.of(Map.of("M", Map.of("model", s(model)))));
  }

  /** The item {@code live} of the table {@code state}, {@code null} before the first snapshot. */
  @Nullable JsonObject live() throws IOException, InterruptedException {
    return stack.tables().get("duo-state", JsonObject.of(Map.of("id", s("live"))));
  }

  /** Waits until the publisher has fetched GitLab's keys: the schedule's first run is over. */
  void awaitPublisher() throws Exception {
    JsonObject key = JsonObject.of(Map.of("id", s("keys/" + gitLab.url())));
    var _ = eventually(() -> stack.tables().get("duo-state", key));
  }

  static JsonObject object(String text) {
    try {
      return Json.read(text) instanceof JsonObject object ? object : JsonObject.EMPTY;
    } catch (JsonSyntaxException e) {
      return JsonObject.EMPTY;
    }
  }

  static String text(JsonObject object, String name) {
    return Objects.requireNonNullElse(object.text(name), "");
  }

  @Override
  public void close() throws IOException {
    stack.close();
    gitLab.close();
    model.close();
    client.shutdownNow();
    delete(folder);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (java.nio.file.DirectoryNotEmptyException e) {
      // A process on its way to its end has written once more: temporary files, anyway.
    }
  }
}
