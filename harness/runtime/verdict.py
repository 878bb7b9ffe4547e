"""What does HubSpot do with a run that went like this? Each answer with how it is known.

Documented (custom code actions, error handling): HubSpot runs the action again when main lets out the HubSpot
client's ApiException for a 429 or a 5xx. Unknown: whether requests.HTTPError, urllib3's errors or a timeout
count. Inferred, so guessed: everything else fails without another attempt. The names are AWS Lambda's own.
"""

import signal
from http import HTTPStatus
from typing import Any

from contract.action import Action
from harness.runtime.facts import Facts
from harness.runtime.judged import Judged
from harness.runtime.outcome import ActionError
from harness.runtime.outputs import judge_answer

_ENDINGS = ("returned", "raised", "left", "no_main", "unmarshalled", "too_large", "unreadable")
_NETWORK_ERRORS = (
    "requests.exceptions.RequestException",
    "urllib3.exceptions.HTTPError",
    "httplib2.error.HttpLib2Error",
)


def judge(facts: Facts, action: Action, timeout_s: float, memory_mb: int) -> Judged:
    """The first of these that holds: we ended it, it used too much, it reported an end, it just ended."""
    ended = _ended_by_us(facts, timeout_s, memory_mb)
    if ended is not None:
        return ended
    end = next((fact for fact in reversed(facts.told) if fact["kind"] in _ENDINGS), None)
    if end is None:
        return _failed("Runtime.ExitError", _exit_sentence(facts))
    if end["kind"] == "returned":
        return judge_answer(end["value"], action.contract)
    if end["kind"] == "raised":
        return _judge_raised(end, action, facts)
    return _judge_ending(end, action)


def _ended_by_us(facts: Facts, timeout_s: float, memory_mb: int) -> Judged | None:
    if facts.cause == "killed":
        sentence = "The run was killed while HubSpot's API was answering, as the weather asked."
        return Judged("unknown", "guessed", error=ActionError("Killed", sentence))
    if facts.cause == "lost":
        return _failed("Runtime.ExitError", "Runtime exited without providing a reason: the run ended what watched it.")
    if facts.peak_mb is not None and (facts.cause == "memory" or facts.peak_mb > memory_mb):
        return _documented(
            "Runtime.ExitError",
            f"Runtime exited with error: signal: killed. It used more than {memory_mb} MB, the whole process counted.",
        )
    if facts.cause == "timeout" or facts.of("slept_out") or facts.took_s >= timeout_s:
        return _documented("Sandbox.Timedout", f"Task timed out after {timeout_s:.2f} seconds")
    return None


def _judge_raised(end: dict[str, Any], action: Action, facts: Facts) -> Judged:
    where = f"{action.path.name}:{end['line']}" if end["line"] else action.path.name
    message = (end["message"].strip().splitlines() or ["(no message)"])[0][:300]
    if end["phase"] == "import":
        return _judge_import(end, where, action.path.stem, message)
    ancestry, status = end["ancestry"], end["status"]
    if any(name.startswith("hubspot.") and name.endswith(".ApiException") for name in ancestry):
        return _judge_api_exception(end["type"], status, where)
    error = ActionError(end["type"], f"main raised it at {where}: {message}")
    if any(fact["what"] == "host" for fact in facts.of("refused")):
        return Judged("unknown", "guessed", error=error)  # on HubSpot the refused host would have been reached
    temporary = status is None or status == 429 or status >= 500
    if temporary and (status is not None or any(name in ancestry for name in _NETWORK_ERRORS)):
        return Judged("unknown", "guessed", error=error)
    return Judged("failed", "guessed", error=error)


def _judge_api_exception(name: str, status: int | None, where: str) -> Judged:
    """The client raises its own kinds of it (ServiceException for a 5xx), all with the status."""
    if not status:
        sentence = f"main let it out at {where}, without a status. Whether HubSpot runs it again is not known."
        return Judged("unknown", "guessed", error=ActionError(name, sentence))
    answered = f"HubSpot's API answered {_phrase(status)} and main let the ApiException out at {where}"
    if status == 429 or status >= 500:
        sentence = f"{answered}: HubSpot runs the action again, for up to three days."
        return Judged("will_retry", "documented", error=ActionError(name, sentence))
    return Judged("failed", "guessed", error=ActionError(name, f"{answered}: no other attempt is made."))


def _judge_import(end: dict[str, Any], where: str, stem: str, message: str) -> Judged:
    if "builtins.SyntaxError" in end["ancestry"]:
        return _failed("Runtime.UserCodeSyntaxError", f"Syntax error in module '{stem}': {message}")
    if "builtins.ImportError" in end["ancestry"]:
        return _failed("Runtime.ImportModuleError", f"Unable to import module '{stem}': {message}")
    return _failed(end["type"], f"The file raised it while it was loaded, at {where}: {message}")


def _judge_ending(end: dict[str, Any], action: Action) -> Judged:
    if end["kind"] == "no_main":
        return _failed(
            "Runtime.HandlerNotFound",
            f"Handler 'main' missing on module '{action.path.stem}': expected `def main(event)`, found {end['found']}.",
        )
    if end["kind"] in ("unmarshalled", "unreadable"):
        return _failed("Runtime.MarshalError", f"Unable to marshal response: {end['message']}")
    if end["kind"] == "too_large":
        return _failed(
            "Function.ResponseSizeTooLarge",
            f"Response payload size ({end['size']:,} bytes) exceeded the maximum allowed (6,291,456 bytes).",
        )
    code, by = end["code"], end["type"]
    how = f"with error: exit status {code}" if code else "without providing a reason"
    if by == "KeyboardInterrupt":  # the interpreter then ends itself by the signal
        how = "with error: signal: interrupt"
    whose = "the action called sys.exit" if by == "SystemExit" else f"the action let out {by}, which is no Exception"
    return _failed("Runtime.ExitError", f"Runtime exited {how}: {whose}.")


def _exit_sentence(facts: Facts) -> str:
    if facts.exit_signal is not None:
        try:
            name = signal.Signals(facts.exit_signal).name
        except ValueError:
            name = str(facts.exit_signal)
        return f"Runtime exited with error: signal: {name}."
    if facts.exit_code:
        return f"Runtime exited with error: exit status {facts.exit_code}."
    return (
        "Runtime exited without providing a reason: the process ended, or lost its way to answer, before main returned."
    )


def _failed(name: str, sentence: str) -> Judged:
    return Judged("failed", "guessed", error=ActionError(name, sentence))


def _documented(name: str, sentence: str) -> Judged:
    return Judged("failed", "documented", error=ActionError(name, sentence))


def _phrase(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
