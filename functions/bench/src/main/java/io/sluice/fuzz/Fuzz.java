package io.sluice.fuzz;

import io.sluice.bench.BareModel;
import io.sluice.bench.GatewayProcess;
import io.sluice.core.http.Headers;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.json.JsonValue;
import io.sluice.testing.GitLabStub;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import net.jqwik.api.sessions.JqwikSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Sends valid requests of every route, mutated, to a running gateway. Nothing may bring an answer
 * later than 10 s, a 5xx of the gateway's own making, a stack trace, a log line that is no JSON, or
 * memory that grows. A run is reproduced by its seed.
 */
@Command(name = "fuzz", mixinStandardHelpOptions = true, sortOptions = false)
public final class Fuzz implements Callable<Integer> {

  private static final Pattern STACK_TRACE = Pattern.compile("Exception|\\sat [a-z]+\\.[a-z]+");
  private static final int PATIENCE_MILLIS = 10_000;

  @Option(names = "--seed", description = "what to draw from (${DEFAULT-VALUE})")
  private long seed = 20_261_123;

  @Option(names = "--seconds", description = "how long to go on (${DEFAULT-VALUE})")
  private int seconds = 60;

  @Option(names = "--threads", description = "connections at once (${DEFAULT-VALUE})")
  private int threads = 8;

  private final Map<Integer, LongAdder> statuses = new ConcurrentSkipListMap<>();
  private final List<String> findings = new ArrayList<>();

  /** Runs the fuzzer; exit status 1 when something was found. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Fuzz()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    System.out.println("seed " + seed + ", " + seconds + " s");
    JqwikSession.start();
    try (GitLabStub gitLab = GitLabStub.start();
        BareModel model = new BareModel(3, Duration.ZERO);
        GatewayProcess gateway =
            GatewayProcess.start(gitLab.url(), List.of(model.endpoint()), List.of())) {
      fuzz(gitLab, model, gateway, Math.max(1, seconds / 2));
      long settled = gateway.cost().rssBytes();
      fuzz(gitLab, model, gateway, Math.max(1, seconds / 2));
      long grown = gateway.cost().rssBytes() - settled;
      if (grown > 128L << 20) {
        found("memory grew by " + (grown >> 20) + " MB in the second half");
      }
      if (!gateway.isAlive()) {
        found("the gateway ended");
      }
      checkLog(gateway);
    }
    JqwikSession.finish();
    return report();
  }

  private void fuzz(GitLabStub gitLab, BareModel model, GatewayProcess gateway, int time)
      throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(time).toNanos();
    List<SeedRequests.Seed> seeds = SeedRequests.all(model.endpoint());
    String token = gitLab.token().build();
    Headers headers = gitLab.headers(token);
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        long own = seed + i + time * 1_000L;
        running.add(
            executor.submit(
                () -> {
                  JqwikSession.start();
                  Mutations mutations = new Mutations(new Random(own));
                  while (System.nanoTime() < end) {
                    byte[] request = request(mutations, mutations.pick(seeds), headers, token);
                    judge(own, request, send(gateway.port(), request));
                  }
                  JqwikSession.finish();
                  return own;
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
  }

  private static byte[] request(
      Mutations mutations, SeedRequests.Seed seed, Headers headers, String token) {
    JsonValue document = seed.body();
    for (int i = 0; mutations.chance(80) && i < 4; i++) {
      document = mutations.document(document);
    }
    byte[] body = seed.method().equals("POST") ? mutations.write(document) : new byte[0];
    if (mutations.chance(10)) {
      body = mutations.bytes(body);
    }
    StringBuilder head = new StringBuilder();
    head.append(mutations.chance(3) ? mutations.method() : seed.method())
        .append(' ')
        .append(mutations.chance(10) ? mutations.path(seed.path()) : seed.path())
        .append(" HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n");
    headers.forEach(
        (name, value) -> {
          if (name.equalsIgnoreCase("Authorization") && mutations.chance(3)) {
            head.append(name).append(": Bearer ").append(mutations.token(token)).append("\r\n");
          } else if (name.equalsIgnoreCase("Content-Type") && mutations.chance(3)) {
            head.append(name).append(": ").append(mutations.contentType()).append("\r\n");
          } else if (!mutations.chance(1)) {
            head.append(name).append(": ").append(value).append("\r\n");
          }
        });
    if (mutations.chance(10)) {
      head.append(mutations.headerName())
          .append(": ")
          .append(mutations.headerValue())
          .append("\r\n");
    }
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
    request.writeBytes(body);
    return request.toByteArray();
  }

  /** The whole answer; empty when the connection was closed without one, null when it was late. */
  private static @Nullable String send(int port, byte[] request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      try {
        socket.getOutputStream().write(request);
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (SocketTimeoutException e) {
        return null;
      } catch (IOException e) {
        return "";
      }
    }
  }

  private void judge(long own, byte[] request, @Nullable String answer) {
    if (answer == null) {
      found("no answer within 10 s (seed " + own + "): " + excerpt(request));
      return;
    }
    int status = answer.length() > 12 ? Integer.parseInt(answer.substring(9, 12)) : 0;
    statuses.computeIfAbsent(status, s -> new LongAdder()).increment();
    if (status >= 500 && status != 501 && status != 505) {
      found(status + " (seed " + own + "): " + excerpt(request) + " -> " + excerpt(answer));
    }
    if (STACK_TRACE.matcher(answer).find()) {
      found("a stack trace (seed " + own + "): " + excerpt(request));
    }
  }

  private void checkLog(GatewayProcess gateway) throws IOException {
    for (String line : Files.readAllLines(gateway.log(), StandardCharsets.UTF_8)) {
      try {
        Json.read(line);
      } catch (JsonSyntaxException e) {
        found("a log line is no JSON: " + excerpt(line));
      }
      if (line.contains("sk-fuzz-key")) {
        found("a key is in the log: " + excerpt(line));
      }
    }
  }

  private synchronized void found(String finding) {
    if (findings.size() < 50) {
      findings.add(finding);
      System.out.println("FOUND " + finding);
    }
  }

  private int report() {
    Map<Integer, Long> counts = new TreeMap<>();
    statuses.forEach((status, count) -> counts.put(status, count.sum()));
    long sum = counts.values().stream().mapToLong(Long::longValue).sum();
    System.out.println("answers by status (0: closed without one): " + counts);
    System.out.println(sum + " passed, " + findings.size() + " failed");
    return findings.isEmpty() ? 0 : 1;
  }

  private static String excerpt(byte[] bytes) {
    return excerpt(new String(bytes, StandardCharsets.UTF_8));
  }

  private static String excerpt(String text) {
    String oneLine =
        text.replaceAll("(?i)(authorization: bearer )\\S+", "$1...").replaceAll("\\s+", " ");
    return oneLine.length() <= 1_500 ? oneLine : oneLine.substring(0, 1_500) + "...";
  }
}
