"""A kept HTTP/1.1 connection that takes any bytes as a request and is strict about the answer."""

import socket
import time
from contextlib import suppress
from dataclasses import dataclass

PATIENCE = 10
"""Seconds until an answer must be whole."""


@dataclass(frozen=True)
class Answer:
    """A whole answer."""

    status: int
    head: bytes
    body: bytes


class LateError(Exception):
    """No whole answer in time."""


class NoAnswerError(Exception):
    """The connection ended before the answer did; `received`: after some of it."""

    def __init__(self, received):
        super().__init__("cut off" if received else "none")
        self.received = received


class MalformedError(Exception):
    """The answer is no HTTP."""


class Connection:
    """For one thread."""

    def __init__(self, port):
        self._port = port
        self._socket = None
        self._buffer = bytearray()
        self._end = 0.0

    def exchange(self, request):
        """The answer to a request. A connection that ended while it was idle is opened anew, once."""
        if request.alone:
            self.close()
        reused = self._socket is not None
        try:
            answer = self._exchange(request)
        except NoAnswerError as e:
            self.close()
            if not reused or e.received:
                raise
            answer = self._exchange(request)
        except BaseException:
            self.close()
            raise
        if self._buffer and not request.alone:
            self.close()
            raise MalformedError(f"more than the answer: {bytes(self._buffer[:100])!r}")
        if request.alone or b"\r\nconnection: close" in answer.head.lower():
            self.close()
        return answer

    def close(self):
        """Closes it; the next request opens another."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _exchange(self, request):
        self._end = time.monotonic() + PATIENCE
        try:
            if self._socket is None:
                self._socket = socket.create_connection(("127.0.0.1", self._port), PATIENCE)
                self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._buffer.clear()
            self._socket.settimeout(PATIENCE)
            with suppress(BrokenPipeError, ConnectionResetError):  # refused before it was all taken, after an answer
                self._socket.sendall(request.content)
            return self._answer(request.without_body)
        except TimeoutError as e:
            raise LateError from e
        except (EOFError, ConnectionResetError, BrokenPipeError) as e:
            raise NoAnswerError(len(self._buffer) > 0) from e

    def _answer(self, without_body):
        while True:
            head = self._until(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 ") or not head[9:12].isdigit():
                raise MalformedError(f"no status line: {head[:100]!r}")
            status = int(head[9:12])
            if status >= 200:
                break
        return Answer(status, head, b"" if without_body or status in (204, 304) else self._body(head))

    def _body(self, head):
        fields = dict(line.split(b":", 1) for line in head.lower().split(b"\r\n")[1:] if line)
        if b"chunked" in fields.get(b"transfer-encoding", b""):
            body = bytearray()
            while size := self._number(self._until(b"\r\n"), 16):
                body += self._exactly(size + 2)[:-2]
            self._until(b"\r\n")
            return bytes(body)
        if b"content-length" in fields:
            return self._exactly(self._number(fields[b"content-length"], 10))
        raise MalformedError("the answer's length is unknown")

    @staticmethod
    def _number(text, base):
        try:
            return int(text, base)
        except ValueError as e:
            raise MalformedError(f"no number: {text[:40]!r}") from e

    def _until(self, mark):
        while (at := self._buffer.find(mark)) < 0:
            self._receive()
        return self._exactly(at + len(mark))

    def _exactly(self, size):
        while len(self._buffer) < size:
            self._receive()
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    def _receive(self):
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._socket.settimeout(left)
        received = self._socket.recv(65_536)
        if not received:
            raise EOFError
        self._buffer += received
