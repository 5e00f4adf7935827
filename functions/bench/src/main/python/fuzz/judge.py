"""What no request may cause."""

import json
import re
from dataclasses import dataclass

from fuzz.connection import PATIENCE, Answer, LateError, MalformedError, NoAnswerError
from fuzz.request import excerpt

#: Statuses from 500 that say what is wrong with the request: not served (yet), no such version of HTTP.
REFUSALS = (501, 505)
#: Bytes of a refused request that are read so that its answer arrives; a longer one may find its connection reset.
DRAINED = 8 << 20
_STACK_TRACE = re.compile(rb"\bat [a-z]\w*(\.[\w$]+)+\(|\w(Exception|Error)\b:? ?\n?.*\bat ")


@dataclass(frozen=True)
class Finding:
    """Something that must not be. `kind` is the same for findings of one cause."""

    kind: str
    detail: str


def judge(connection, request, secrets):
    """Sends a request; gives the answer's status (0: none, allowed for a huge request alone) and a finding or None."""
    try:
        answer = connection.exchange(request)
    except LateError:
        return 0, Finding(f"no answer within {PATIENCE} s", "")
    except MalformedError as e:
        return 0, Finding("an answer that is no HTTP", str(e))
    except NoAnswerError as e:
        if len(request.content) > DRAINED:
            return 0, None
        return 0, Finding("an answer that was cut off" if e.received else "a connection closed without an answer", "")
    except ConnectionRefusedError:
        return 0, Finding("the gateway takes no connection", "")
    return answer.status, _wrong(answer, secrets)


def _wrong(answer: Answer, secrets):
    if answer.status >= 500 and answer.status not in REFUSALS:
        return Finding(f"status {answer.status}", excerpt(answer.body))
    if _STACK_TRACE.search(answer.body):
        return Finding("a stack trace in an answer", excerpt(answer.body))
    if any(secret in answer.body or secret in answer.head for secret in secrets):
        return Finding("a secret in an answer", f"status {answer.status}")
    return None


def judge_lines(name, path, secrets):
    """Findings in a file of JSON lines."""
    findings = []
    with open(path, "rb") as file:
        for number, line in enumerate(file, 1):
            if any(secret in line for secret in secrets):
                findings.append(Finding(f"a secret in {name}", f"line {number} of {path}"))
            try:
                whole = isinstance(json.loads(line), dict)
            except ValueError:
                whole = False
            if not whole:
                findings.append(Finding(f"a line of {name} is no JSON object", f"line {number}: {excerpt(line)}"))
    return findings
