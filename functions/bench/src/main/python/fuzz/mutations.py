"""Changes to a request. They fit every route, so that one drawn mutation makes a request of each."""

from dataclasses import dataclass

from hypothesis import strategies as st

from fuzz.document import Literal, Members, changed, places

METHODS = ["POST", "GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "QUERY", "post"]
CONTENT_TYPES = [
    "application/json; charset=utf-16",
    "application/x+json",
    "text/plain",
    "multipart/form-data; boundary=x",
    "",
    "a/b/c",
    ";;",
]
PATH_PARTS = ["/", "//", "%2F", "..", "%2e%2e", "%00", "%", "?a=b", "é", "/v1", "/prod", ";x=y", "#f", "x" * 17_000]
HEADERS = [
    "X-Gitlab-Realm",
    "X-Gitlab-Instance-Id",
    "X-Gitlab-Version",
    "X-Gitlab-Language-Server-Version",
    "x-gitlab-enabled-feature-flags",
    "X-Request-ID",
    "X-Gitlab-Rails-Send-Start",
    "Content-Encoding",
    "Accept-Encoding",
    "Transfer-Encoding",
    "Content-Length",
    "Expect",
    "Connection",
    "Host",
    "Authorization",
    "Origin",
    "X-Anything",
]
HEADER_VALUES = ["gzip", "chunked", "100-continue", "close", "upgrade", "-1", "0", "1", "1, 2", "1e9", "a" * 70_000]
#: What may reach a template, a prompt, a connection or a parser.
TEXTS = ["", "{{x}}", "${x}", "<|im_start|>", "\0", "\ud800", "http://127.0.0.1:1/v1", "http://169.254.169.254/", "a b"]
LITERALS = ["null", "true", "1e400", "-0", "01", "NaN", "1E+2147483647", "9" * 400, "{}", "[]", '"\\ud800"', "'", ""]
#: Around the limits of a field.
SIZES = [100, 300, 1_000, 2_000, 2_001, 10_000]
#: Of blanks before a body: around the limits of a prompt and of a body, and beyond what a refusal reads.
PADDINGS = [100_001, 1_000_000, 5 << 20, 6 << 20, 9 << 20]
DEPTHS = [2, 20, 70, 200, 2_000]


@dataclass(frozen=True)
class Edit:
    """A change to one value of a document: which, counted from its root, and what becomes of it."""

    place: int
    action: str
    name: str
    value: object

    def apply(self, whole):
        return Literal("") if (result := changed(whole, self.place % places(whole), self._change)) is None else result

    def _change(self, value):
        match self.action, value:
            case "delete", _:
                return None
            case "repeat", Members() | list():
                return type(value)([*value, *value])
            case "add", Members():
                return Members([*value, (self.name, self.value)])
            case "add", list():
                return [*value, self.value]
        return self.value


@dataclass(frozen=True)
class Damage:
    """A change to one byte of a body or to all that follow it."""

    at: int
    action: str
    byte: int

    def apply(self, body):
        at = self.at % (len(body) + 1)
        match self.action:
            case "cut":
                return body[:at]
            case "repeat":
                return body + body[at:]
            case "insert":
                return body[:at] + bytes([self.byte]) + body[at:]
        return body[:at] + bytes([self.byte]) + body[at + 1 :]


@dataclass(frozen=True)
class Mutation:
    """All that is changed in one request; None and the empty tuple change nothing."""

    edits: tuple = ()
    ascii_only: bool = True
    damages: tuple = ()
    method: str | None = None
    path_part: tuple[int, str] | None = None
    content_type: str | None = None
    token_character: tuple[int, str] | None = None
    dropped_header: int | None = None
    header: tuple[str, str] | None = None
    missing_length: int | None = None
    padding: int = 0


def mutations():
    """The strategy that draws mutations."""
    position = st.integers(0, 9_999)
    text = st.one_of(
        st.text(st.characters(exclude_categories=()), max_size=40),
        st.sampled_from(TEXTS),
        st.builds(lambda character, size: character * size, st.sampled_from("xé\n{"), st.sampled_from(SIZES)),
    )
    leaf = st.one_of(
        text,
        st.sampled_from(LITERALS).map(Literal),
        st.integers(),
        st.floats().map(repr).map(Literal),
        st.sampled_from(DEPTHS).map(lambda depth: Literal("[" * depth + "]" * depth)),
        st.sampled_from(DEPTHS).map(lambda depth: Literal('{"a":' * depth + "1" + "}" * depth)),
    )
    value = st.one_of(
        leaf,
        st.lists(leaf, max_size=4),
        st.lists(st.tuples(text, leaf), max_size=4).map(Members),
    )
    edit = st.builds(Edit, position, st.sampled_from(["replace", "delete", "add", "repeat"]), text, value)
    damage = st.builds(Damage, position, st.sampled_from(["replace", "insert", "cut", "repeat"]), st.integers(0, 255))
    header_value = st.one_of(st.sampled_from(HEADER_VALUES), st.text(st.characters(exclude_characters="\r\n"), max_size=60))
    rare = {
        "damages": st.tuples(damage),
        "method": st.sampled_from(METHODS),
        "path_part": st.tuples(position, st.sampled_from(PATH_PARTS)),
        "content_type": st.sampled_from(CONTENT_TYPES),
        "token_character": st.tuples(position, st.sampled_from("Aa0-_.= é")),
        "dropped_header": position,
        "header": st.tuples(st.sampled_from(HEADERS), header_value),
        "missing_length": st.integers(1, 500),
    }
    # half of all have nothing rare: a request with every part wrong is refused by its first
    changes = st.one_of(st.just({}), st.sampled_from(list(rare)).flatmap(lambda name: _one(name, rare[name])))
    padding = st.sampled_from([0] * 2_000 + PADDINGS)
    return st.builds(_mutation, st.lists(edit, max_size=4), st.booleans(), padding, changes)


def _one(name, strategy):
    return strategy.map(lambda value: {name: value})


def _mutation(edits, ascii_only, padding, changes):
    return Mutation(tuple(edits), ascii_only, padding=padding, **changes)
