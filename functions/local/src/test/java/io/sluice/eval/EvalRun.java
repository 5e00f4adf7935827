package io.sluice.eval;

import io.sluice.gitlab.DuoException;
import io.sluice.gitlab.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Asks case after case, and joins what GitLab saw with what the audit records say. */
final class EvalRun {

  /** A case that was asked: the gateway's records are complete only when it has ended. */
  private record Asked(EvalCase what, String problem, boolean right, List<Wire.Call> calls) {}

  private final EvalClients clients;
  private final Wire wire;
  private final Consumer<String> progress;
  private final List<Asked> asked = new ArrayList<>();

  EvalRun(EvalClients clients, Wire wire, Consumer<String> progress) {
    this.clients = clients;
    this.wire = wire;
    this.progress = progress;
  }

  void ask(EvalCase what) {
    int before = wire.calls().size();
    String problem = "";
    boolean right = false;
    try {
      right = what.expected().met(clients.of(what.feature()).ask(what.ask()));
    } catch (DuoException | IOException e) {
      problem = String.valueOf(e.getMessage());
    }
    List<Wire.Call> all = wire.calls();
    asked.add(new Asked(what, problem, right, all.subList(before, all.size())));
    progress.accept(
        "%s/%s: %s"
            .formatted(
                what.feature(),
                what.name(),
                problem.isEmpty() ? right ? "right" : "readable, not right" : problem));
  }

  List<EvalResult> results(AuditRecords records) {
    return asked.stream().map(one -> result(one, records)).toList();
  }

  private static EvalResult result(Asked one, AuditRecords records) {
    List<String> ids = one.calls().stream().map(Wire.Call::correlationId).toList();
    Wire.Call last =
        one.calls().isEmpty() ? new Wire.Call("", "none", 0, Duration.ZERO) : one.calls().getLast();
    return new EvalResult(
        one.what().feature(),
        one.what().name(),
        last.path(),
        last.status(),
        one.problem(),
        one.right(),
        ids.stream().map(id -> records.of(id).text("output", "")).toList(),
        ids.stream().mapToLong(id -> records.tokens(id, "input")).sum(),
        ids.stream().mapToLong(id -> records.tokens(id, "output")).sum(),
        one.calls().stream().map(Wire.Call::took).reduce(Duration.ZERO, Duration::plus));
  }
}
