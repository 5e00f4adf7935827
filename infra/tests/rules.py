"""The registry of rules: each looks at the translated templates and tells what it finds wrong."""

from dataclasses import dataclass
from typing import Callable


@dataclass(frozen=True)
class Rule:
    name: str
    why: str
    findings: Callable


RULES = {}


def rule(why):
    """Registers a function from templates to findings, texts, under its name."""

    def register(function):
        RULES[function.__name__] = Rule(function.__name__, why, lambda templates: list(function(templates)))
        return function

    return register
