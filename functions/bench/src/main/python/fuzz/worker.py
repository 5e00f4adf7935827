"""Draws mutations in rounds and sends them. A round is wholly given by the seed, the worker's number and its own."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings

from fuzz.connection import Connection
from fuzz.judge import judge
from fuzz.mutations import mutations
from fuzz.request import request
from fuzz.routes import routes

ROUND = 100
"""Mutations of one round."""
_SHRINKING_CALLS = 300
_SHOWN_PER_KIND = 3


@dataclass
class Results:
    """What a worker saw."""

    statuses: Counter = field(default_factory=Counter)
    kinds: Counter = field(default_factory=Counter)


@dataclass(frozen=True)
class Work:
    """What a worker is to do: until when (by the wall clock), with how many connections, on which stage."""

    seed: int
    number: int
    end: float
    connections: int
    stage: dict


def draw(round_seed, act):
    """Calls `act` with the mutations of a round; when it raises, looks for the least mutation for which it does."""

    @seed(round_seed)
    @settings(
        max_examples=ROUND,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
        report_multiple_bugs=False,
    )
    @given(mutations())
    def each(mutation):
        act(mutation)

    each()


class Worker:
    """One process's part of a run."""

    def __init__(self, work: Work):
        self._work = work
        self._routes = routes(work.stage["model_endpoint"])
        self._secrets = [secret.encode() for secret in work.stage["secrets"]]
        self._results = Results()

    def run(self):
        """Sends rounds until the end."""
        number = 0
        with ThreadPoolExecutor(self._work.connections) as threads:
            while time.time() < self._work.end:
                # far apart, so that no two rounds of any worker share a seed
                round_seed = (self._work.seed << 40) + (self._work.number << 32) + number
                drawn = []
                draw(round_seed, drawn.append)
                parts = [drawn[i :: self._work.connections] for i in range(self._work.connections)]
                for found in list(threads.map(self._send, parts)):
                    for one in found:
                        self._report(round_seed, *one)
                number += 1
        return self._results

    def _send(self, drawn):
        """Sends each mutation of each route; gives what was found as (route, request, finding)."""
        connection = Connection(self._work.stage["port"])
        found = []
        statuses = Counter()
        for mutation in drawn:
            for route in self._routes:
                if time.time() >= self._work.end:
                    break
                sent = request(route, mutation, self._work.stage["headers"], self._work.stage["token"])
                status, finding = judge(connection, sent, self._secrets)
                statuses[status] += 1
                if finding:
                    found.append((route, sent, finding))
        connection.close()
        self._results.statuses.update(statuses)
        return found

    def _report(self, round_seed, route, sent, finding):
        self._results.kinds[finding.kind] += 1
        seen = self._results.kinds[finding.kind]
        if seen > _SHOWN_PER_KIND:
            return
        if seen == 1 and not finding.kind.startswith("no answer"):
            sent, finding = self._least(round_seed, route, sent, finding)
        answer = f"\n  answer: {finding.detail}" if finding.detail else ""
        print(f"FOUND {finding.kind} (seed {self._work.seed})\n  request: {sent.excerpt()}{answer}", flush=True)

    def _least(self, round_seed, route, sent, finding):
        """The least request of that route that brings a finding of the same kind."""
        least = sent, finding
        calls = 0
        connection = Connection(self._work.stage["port"])

        def provoke(mutation):
            nonlocal least, calls
            calls += 1
            if calls > ROUND + _SHRINKING_CALLS:
                return
            tried = request(route, mutation, self._work.stage["headers"], self._work.stage["token"])
            _, found = judge(connection, tried, self._secrets)
            if found and found.kind == finding.kind:
                least = tried, found
                raise AssertionError(found.kind)

        try:
            draw(round_seed, provoke)
        except Exception:  # noqa: BLE001 - found again, or not reliably: the least one seen is what counts
            pass
        finally:
            connection.close()
        return least


def run(work: Work) -> Results:
    """A worker's whole run, in a process of its own."""
    return Worker(work).run()
