"""JSON documents that may be wrong: names that occur twice, literals of any form, lone surrogates."""

import json


class Literal(str):
    """JSON as it is written, whatever it is."""


class Members(tuple):
    """The members of a JSON object as (name, value) pairs: a name may occur twice."""


def document(value):
    """A document of plain dictionaries, lists and scalars."""
    if isinstance(value, dict):
        return Members((name, document(member)) for name, member in value.items())
    if isinstance(value, list):
        return [document(item) for item in value]
    return value


def places(value):
    """How many values it holds, itself included."""
    if isinstance(value, Members):
        return 1 + sum(places(member) for _, member in value)
    if isinstance(value, list):
        return 1 + sum(map(places, value))
    return 1


def changed(value, place, change):
    """The document with `change` made to the value at a place, counted from the root; a change to None drops it."""
    if place == 0:
        return change(value)
    place -= 1
    kept = []
    for child in value:
        member = child[1] if isinstance(value, Members) else child
        size = places(member)
        if 0 <= place < size:
            member = changed(member, place, change)
        place -= size
        if member is not None:
            kept.append((child[0], member) if isinstance(value, Members) else member)
    return type(value)(kept)


def written(value, ascii_only):
    """The document's bytes; without `ascii_only` a lone surrogate becomes what UTF-8 doesn't allow."""
    return _text(value, ascii_only).encode("utf-8", "surrogatepass")


def _text(value, ascii_only):
    if isinstance(value, Literal):
        return value
    if isinstance(value, Members):
        pairs = (_text(name, ascii_only) + ":" + _text(member, ascii_only) for name, member in value)
        return "{" + ",".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ",".join(_text(item, ascii_only) for item in value) + "]"
    return json.dumps(value, ensure_ascii=ascii_only)
