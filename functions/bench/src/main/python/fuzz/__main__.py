"""Runs the fuzzer; exit status 1 when something was found, 2 when it could not run."""

import argparse
import random
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from fuzz import stage as stages
from fuzz.connection import Connection
from fuzz.judge import judge, judge_lines
from fuzz.mutations import Mutation
from fuzz.request import request
from fuzz.routes import MODEL_KEY, routes
from fuzz.worker import Work, run

WORKERS = 2
MEMORY_GROWTH = 64 << 20
"""Bytes that the second half of a run may need more than the first."""
KEPT_DESCRIPTORS = 16
"""What may stay open beside a kept connection to the model for each of ours."""


def main():
    options = _options()
    print(f"seed {options.seed}, {options.seconds} s", flush=True)
    with stages.stage(options.java) as stage:
        # of the token its signature: the rest of it is no secret, and a mutated token has the same end
        stage["secrets"] = [MODEL_KEY, stage["token"].rpartition(".")[2][:64]]
        failures = _valid(stage)
        before = stages.descriptors(stage["pid"])
        statuses, kinds, growth = _fuzz(options, stage)
        print(f"answers by status (0: none): {dict(sorted(statuses.items()))}")
        failures += _after(stage, before, growth, options.threads)
    failures += _records(stage)
    for failure in failures[:20]:
        print(f"FOUND {failure}")
    failed = len(failures) + kinds.total()
    if failed:
        print(f"the gateway's log and audit records: {stage['data']}")
    else:
        stages.discard(stage)
    sent = statuses.total()
    print(f"{sent / options.seconds:.0f} requests a second")
    print(f"{sent - kinds.total()} passed, {failed} failed")
    return 1 if failed else 0


def _options():
    parser = argparse.ArgumentParser(
        prog="scripts/fuzz", description="Sends mutated requests of every route to a gateway of its own and says what broke."
    )
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 31), help="what to draw from (random)")
    parser.add_argument("--seconds", type=int, default=60, help="how long to go on (60)")
    parser.add_argument("--threads", type=int, default=8, help="connections at once, of at most 2 processes (8)")
    parser.add_argument("--java", required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.seed < 0 or options.seconds < 1 or options.threads < 1:
        parser.error("--seed must be 0 or more, --seconds and --threads 1 or more")
    return options


def _valid(stage):
    """Sends every route's valid request as it is: what is wrong already then, and the gateway is warm."""
    connection = Connection(stage["port"])
    failures = []
    for route in routes(stage["model_endpoint"]):
        sent = request(route, Mutation(), stage["headers"], stage["token"])
        status, finding = judge(connection, sent, [secret.encode() for secret in stage["secrets"]])
        if finding or status >= 400 and status != 501:
            failures.append(f"status {status} of a valid request: {sent.excerpt()} {finding or ''}")
    connection.close()
    return failures


def _fuzz(options, stage):
    """All workers' statuses and kinds of findings, and by how many bytes the second half outgrew the first."""
    workers = min(WORKERS, options.threads)
    end = time.time() + options.seconds
    shares = [options.threads // workers + (number < options.threads % workers) for number in range(workers)]
    work = [Work(options.seed, number, end, share, stage) for number, share in enumerate(shares)]
    memory = stages.MemoryPeaks(stage["pid"], options.seconds)
    memory.start()
    statuses, kinds = Counter(), Counter()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as processes:
        for results in processes.map(run, work):
            statuses.update(results.statuses)
            kinds.update(results.kinds)
    memory.join()
    first, second = memory.peaks
    print(f"memory: at most {first >> 20} MB in the first half, {second >> 20} MB in the second")
    return statuses, kinds, second - first


def _after(stage, before, growth, threads):
    """What is wrong with the gateway's process once all connections are closed."""
    failures = []
    if not stages.alive(stage["pid"]):
        return ["the gateway ended"]
    if growth > MEMORY_GROWTH:
        failures.append(f"memory grew by {growth >> 20} MB in the second half")
    if before is None:
        print("memory and file descriptors are watched on Linux only")
        return failures
    allowed = before + threads + KEPT_DESCRIPTORS
    for _ in range(60):
        if (now := stages.descriptors(stage["pid"])) <= allowed:
            break
        time.sleep(0.5)
    else:
        failures.append(f"file descriptors: {before} before, {now} half a minute after")
    return failures


def _records(stage):
    """What is wrong with the gateway's log, audit records and standard error."""
    secrets = [secret.encode() for secret in stage["secrets"]]
    files = {"the log": "log", "the audit records": "audit", "standard error": "errors"}
    findings = [finding for name, file in files.items() for finding in judge_lines(name, stage[file], secrets)]
    return [f"{finding.kind}: {finding.detail}" for finding in findings]


if __name__ == "__main__":
    raise SystemExit(main())
