"""A gateway between a stub of GitLab and a healthy model: started by io.sluice.bench.Stage, watched from here."""

import json
import os
import shutil
import subprocess
import tempfile
import threading
import time
from contextlib import contextmanager


@contextmanager
def stage(java):
    """The description that the program prints; at its end, `errors` is a file of what went to standard error."""
    classes = "functions/bench/target/classes" + os.pathsep + "functions/bench/target/lib/*"
    with tempfile.NamedTemporaryFile(prefix="sluice-fuzz-", suffix=".log") as errors:
        process = subprocess.Popen(
            [java, "-Xmx192m", "-cp", classes, "io.sluice.bench.Stage"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        try:
            line = process.stdout.readline()
            if not line:
                with open(errors.name, encoding="utf-8", errors="replace") as said:
                    raise SystemExit(f"fuzz: the gateway did not start:\n{said.read()}")
            description = json.loads(line)
            description["errors"] = os.path.join(description["data"], "errors.jsonl")
            yield description
            process.stdin.close()
            process.wait(60)
            shutil.copy(errors.name, description["errors"])
        finally:
            process.stdin.close()
            process.wait(60)


def discard(description):
    """Deletes the gateway's log and audit records."""
    shutil.rmtree(description["data"])


def alive(pid):
    """Whether the process runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def descriptors(pid):
    """How many file descriptors it holds; None where the system has no /proc."""
    try:
        return len(os.listdir(f"/proc/{pid}/fd"))
    except FileNotFoundError:
        return None


def memory(pid):
    """Its resident bytes; None where the system has no /proc."""
    try:
        with open(f"/proc/{pid}/statm", encoding="ascii") as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except FileNotFoundError:
        return None


class MemoryPeaks(threading.Thread):
    """The most memory of a process in the first and in the second half of some seconds."""

    def __init__(self, pid, seconds):
        super().__init__(daemon=True)
        self._pid = pid
        self._middle = time.monotonic() + seconds / 2
        self._end = self._middle + seconds / 2
        self.peaks = [0, 0]

    def run(self):
        while (now := time.monotonic()) < self._end and (size := memory(self._pid)) is not None:
            half = int(now >= self._middle)
            self.peaks[half] = max(self.peaks[half], size)
            time.sleep(0.25)
