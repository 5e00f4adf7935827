"""The bytes of a mutated request."""

import re
from dataclasses import dataclass

from fuzz.document import written
from fuzz.mutations import Mutation
from fuzz.routes import Route

_RUN = re.compile(r"(.)\1{30,}")
_BEARER = re.compile(rb"(?i)(authorization: bearer )\S+")


@dataclass(frozen=True)
class Request:
    """What is sent. `alone`: its connection is used for nothing else, as its end may be in doubt."""

    content: bytes
    without_body: bool
    alone: bool

    def excerpt(self):
        """Its start on one line, the token masked."""
        return excerpt(_BEARER.sub(rb"\1...", self.content))


def excerpt(content):
    """The first of some bytes on one line."""
    text = " ".join(content[:3_000].decode("utf-8", "backslashreplace").split())
    text = _RUN.sub(lambda run: f"{run[1]}*{len(run[0])}", text)
    return text[:2_000] + ("..." if len(text) > 2_000 or len(content) > 3_000 else "")


def request(route: Route, mutation: Mutation, headers: dict, token: str) -> Request:
    """A route's valid request with the mutation made."""
    body = b"" if route.body is None else _body(route.body, mutation)
    method = mutation.method or route.method
    path = route.path
    if mutation.path_part:
        at, part = mutation.path_part
        at %= len(path) + 1
        path = path[:at] + part + path[at:]
    lines = _header_lines(headers, token, mutation)
    length = max(0, len(body) - (mutation.missing_length or 0))
    head = "\r\n".join([f"{method} {path} HTTP/1.1", "Host: gateway", *lines, f"Content-Length: {length}", "", ""])
    return Request(
        head.encode("utf-8", "surrogatepass") + body,
        without_body=method == "HEAD",
        alone=length != len(body) or mutation.header is not None,
    )


def _body(document, mutation):
    for edit in mutation.edits:
        document = edit.apply(document)
    body = written(document, mutation.ascii_only)
    for damage in mutation.damages:
        body = damage.apply(body)
    return b" " * mutation.padding + body


def _header_lines(headers, token, mutation):
    values = dict(headers)
    if mutation.content_type is not None:
        values["Content-Type"] = mutation.content_type
    if mutation.token_character:
        at, character = mutation.token_character
        at %= len(token)
        values["Authorization"] = f"Bearer {token[:at]}{character}{token[at + 1:]}"
    if mutation.dropped_header is not None:
        values.pop(list(values)[mutation.dropped_header % len(values)])
    lines = [f"{name}: {value}" for name, value in values.items()]
    return lines + [": ".join(mutation.header)] if mutation.header else lines
