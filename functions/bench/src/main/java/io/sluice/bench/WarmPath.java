package io.sluice.bench;

import io.sluice.core.http.Headers;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.testing.GitLabStub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The warm path over a stub model that answers at once: what the gateway adds to a request, against
 * the same requests sent to the stub directly in the same run. Every request carries a token that
 * was never seen before; routing, audit and logs are on.
 */
@Command(name = "warm", mixinStandardHelpOptions = true, sortOptions = false)
public final class WarmPath implements Callable<Integer> {

  /**
   * Several times what the gateway's cache of verified tokens holds: each use is as of a new one.
   */
  private static final int TOKENS = 10_000;

  @Option(names = "--requests", description = "measured requests of each series (${DEFAULT-VALUE})")
  private int requests = 3_000;

  @Option(names = "--warmup", description = "requests before the first series (${DEFAULT-VALUE})")
  private int warmup = 40_000;

  @Option(names = "--streams", description = "streams held at once (${DEFAULT-VALUE})")
  private int streams = 1_000;

  @Option(
      names = "--connections",
      description = "connections of the throughput series (${DEFAULT-VALUE})")
  private int connections = 16;

  private final AtomicInteger nextToken = new AtomicInteger();
  private List<String> tokens = List.of();
  private int port;

  /** Runs the benchmark; exit status 1 when a request or stream was not whole. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new WarmPath()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    try (GitLabStub gitLab = GitLabStub.start();
        BareModel model = new BareModel(40, Duration.ZERO);
        BareModel slowModel = new BareModel(20, Duration.ofMillis(500))) {
      tokens = mint(gitLab, TOKENS);
      try (GatewayProcess gateway =
          GatewayProcess.start(
              gitLab.url(), List.of(model.endpoint(), slowModel.endpoint()), List.of())) {
        port = gateway.port();
        return measure(gitLab, model, slowModel, gateway);
      }
    }
  }

  private int measure(
      GitLabStub gitLab, BareModel model, BareModel slowModel, GatewayProcess gateway)
      throws Exception {
    byte[] direct = directRequest(model);
    throughput(gitLab, model, warmup);
    series(model.port(), 500, () -> direct);
    Percentiles base = Percentiles.of(series(model.port(), requests, () -> direct).total());
    ProcessCost before = gateway.cost();
    Series measured = series(port, requests, () -> completion(gitLab, model));
    ProcessCost after = gateway.cost();
    Percentiles added = Percentiles.of(measured.total());
    print("direct to the stub: p50 %s, p99 %s", base);
    print("through the gateway: p50 %s, p99 %s", added);
    System.out.printf(
        "added: p50 %s, p99 %s%n",
        Percentiles.millis(added.p50() - base.p50()), Percentiles.millis(added.p99() - base.p99()));
    System.out.printf(
        "CPU of the gateway, one request at a time: %.0f us a request%n",
        (after.cpuNanos() - before.cpuNanos()) / 1e3 / requests);

    byte[] directStream = directStream(model);
    Percentiles baseFirst =
        Percentiles.of(series(model.port(), requests, () -> directStream).first());
    Percentiles first =
        Percentiles.of(series(port, requests, () -> generation(gitLab, model)).first());
    System.out.printf(
        "time to first token, streamed (v4): added p50 %s, p99 %s%n",
        Percentiles.millis(first.p50() - baseFirst.p50()),
        Percentiles.millis(first.p99() - baseFirst.p99()));

    ProcessCost beforeLoad = gateway.cost();
    double rate = throughput(gitLab, model, requests * 2);
    ProcessCost afterLoad = gateway.cost();
    System.out.printf(
        "throughput with %d connections: %.0f requests/s, CPU %.0f us a request%n",
        connections, rate, (afterLoad.cpuNanos() - beforeLoad.cpuNanos()) / 1e3 / (requests * 2));

    int whole = streams(gitLab, slowModel);
    ProcessCost last = gateway.cost();
    System.out.printf("streams held at once: %d, whole: %d%n", streams, whole);
    System.out.printf(
        "memory: RSS %d MB after the streams, peak %d MB%n",
        last.rssBytes() >> 20, last.peakRssBytes() >> 20);
    return whole == streams ? 0 : 1;
  }

  private static void print(String format, Percentiles figures) {
    System.out.printf(
        format + "%n", Percentiles.millis(figures.p50()), Percentiles.millis(figures.p99()));
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Series(long[] first, long[] total) {}

  private static Series series(int port, int count, Callable<byte[]> next) throws Exception {
    long[] first = new long[count];
    long[] total = new long[count];
    try (LoadConnection connection = new LoadConnection(port)) {
      for (int i = 0; i < count; i++) {
        LoadConnection.Answer answer = connection.exchange(next.call());
        requireWhole(answer);
        first[i] = answer.firstByteNanos();
        total[i] = answer.totalNanos();
      }
    }
    return new Series(first, total);
  }

  private double throughput(GitLabStub gitLab, BareModel model, int count) throws Exception {
    long start = System.nanoTime();
    AtomicInteger left = new AtomicInteger(count);
    inParallel(
        connections,
        () -> {
          try (LoadConnection connection = new LoadConnection(port)) {
            while (left.getAndDecrement() > 0) {
              requireWhole(connection.exchange(completion(gitLab, model)));
            }
          }
          return 1;
        });
    return count / ((System.nanoTime() - start) / 1e9);
  }

  private int streams(GitLabStub gitLab, BareModel slowModel) throws Exception {
    return inParallel(
        streams,
        () -> {
          try (LoadConnection connection = new LoadConnection(port)) {
            String body = connection.exchange(generation(gitLab, slowModel)).body();
            return body.contains("word19") && body.contains("event: stream_end") ? 1 : 0;
          } catch (IOException e) {
            return 0;
          }
        });
  }

  private static int inParallel(int count, Callable<Integer> task) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> results = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        results.add(threads.submit(task));
      }
      int sum = 0;
      for (Future<Integer> result : results) {
        sum += result.get();
      }
      return sum;
    }
  }

  private static void requireWhole(LoadConnection.Answer answer) {
    if (answer.status() != 200 || answer.body().isEmpty()) {
      throw new IllegalStateException(answer.status() + " " + answer.body());
    }
  }

  private byte[] completion(GitLabStub gitLab, BareModel model) {
    JsonObject body =
        JsonObject.builder()
            .put("prompt_version", 2)
            .put("prompt", null)
            .put("model_provider", "litellm")
            .put("model_name", "codestral")
            .put("model_endpoint", model.endpoint())
            .put("model_identifier", "custom_openai/bench")
            .put(
                "current_file",
                JsonObject.builder()
                    .put("file_name", "main.py")
                    .put("content_above_cursor", "# a line of code\n".repeat(100))
                    .put("content_below_cursor", "\n")
                    .build())
            .build();
    return post("/v2/code/completions", gitLab.headers(token()), body);
  }

  private byte[] generation(GitLabStub gitLab, BareModel model) {
    JsonObject payload =
        JsonObject.builder()
            .put("file_name", "main.py")
            .put("content_above_cursor", "# a line of code\n".repeat(100))
            .put("content_below_cursor", "\n")
            .put("language_identifier", "Python")
            .put("stream", true)
            .put("prompt_id", "code_suggestions/generations")
            .put("prompt_version", "^1.0.0")
            .put(
                "prompt_enhancer",
                JsonObject.builder().put("user_instruction", "add two numbers").build())
            .build();
    JsonObject body =
        JsonObject.builder()
            .put(
                "prompt_components",
                List.of(
                    JsonObject.builder()
                        .put("type", "code_editor_generation")
                        .put("payload", payload)
                        .build()))
            .put(
                "model_metadata",
                JsonObject.builder()
                    .put("provider", "openai")
                    .put("name", "mistral")
                    .put("endpoint", model.endpoint())
                    .put("identifier", "custom_openai/bench")
                    .build())
            .build();
    return post("/v4/code/suggestions", gitLab.headers(token()), body);
  }

  private static byte[] directRequest(BareModel model) {
    return post(
        "/v1/chat/completions",
        Headers.of("Authorization", "Bearer dummy_key"),
        chat(model, false));
  }

  private static byte[] directStream(BareModel model) {
    return post(
        "/v1/chat/completions", Headers.of("Authorization", "Bearer dummy_key"), chat(model, true));
  }

  private static JsonObject chat(BareModel model, boolean stream) {
    return JsonObject.builder()
        .put("model", "bench")
        .put("stream", stream)
        .put(
            "messages",
            List.of(
                JsonObject.builder()
                    .put("role", "user")
                    .put("content", "# a line of code\n".repeat(100) + model.port())
                    .build()))
        .build();
  }

  private static byte[] post(String path, Headers headers, JsonObject document) {
    byte[] body = Json.write(document);
    StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    headers.forEach(
        (name, value) -> {
          if (!name.equalsIgnoreCase("Content-Type")) {
            head.append(name).append(": ").append(value).append("\r\n");
          }
        });
    head.append("Content-Type: application/json\r\nContent-Length: ")
        .append(body.length)
        .append("\r\n\r\n");
    byte[] headBytes = head.toString().getBytes(StandardCharsets.UTF_8);
    byte[] request = Arrays.copyOf(headBytes, headBytes.length + body.length);
    System.arraycopy(body, 0, request, headBytes.length, body.length);
    return request;
  }

  private String token() {
    return tokens.get(nextToken.getAndIncrement() % tokens.size());
  }

  private static List<String> mint(GitLabStub gitLab, int count) throws Exception {
    System.out.println("minting " + count + " tokens ...");
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Callable<String>> jobs = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String id = "bench-" + i;
        jobs.add(() -> gitLab.token().claim("jti", id).build());
      }
      List<String> minted = new ArrayList<>();
      for (Future<String> token : threads.invokeAll(jobs)) {
        minted.add(token.get());
      }
      return List.copyOf(minted);
    }
  }
}
