"""How do a run's facts become an Outcome? Judged, with our objections, log and figures, without secrets."""

from collections.abc import Mapping
from datetime import UTC, datetime

from contract.action import Action
from harness.runtime.authority import HUBSPOT_HOST
from harness.runtime.environment import undeclared
from harness.runtime.facts import Facts, Job
from harness.runtime.judged import Judged
from harness.runtime.lines import Verge, log_of
from harness.runtime.masking import mask_of
from harness.runtime.outcome import ActionError, Call, Outcome
from harness.runtime.told import without_secrets
from harness.runtime.verdict import judge

_REFUSED = {
    "host": f"expected calls to {HUBSPOT_HOST}:443 alone, found one to {{name}}, which was refused. "
    "Nothing else answers here.",
    "file": "expected writes inside the temporary folder, found one to {name}, which was refused. "
    "Only the temporary folder can be written on Lambda.",
    "thread": "expected one thread in a run that takes turns with others, found {name}, which was refused. "
    "Nobody could say whether such a run waits: run it by itself.",
    "process": "expected processes of its own alone, found {name}, which was refused.",
}
_MORE = {
    "refused": "expected few refusals, found more than {count} different ones; the rest is not named.",
    "env": "expected few names to be looked up, found more than {count}; the rest is not named.",
    "odd_name": "expected text as name of each output, found more than {count} that are none.",
}


def outcome_of(
    facts: Facts,
    action: Action,
    job: Job,
    secrets: Mapping[str, str],
    before: tuple[str, ...],
    calls: tuple[Call, ...],
) -> Outcome:
    """Everything that is known and may be said of one run."""
    mask = mask_of(frozenset(secrets.values()))
    facts = without_secrets(facts, mask)
    judged = judge(facts, action, job.timeout_s, job.memory_mb)
    duration_ms = max(0.0, min(facts.took_s, job.timeout_s)) * 1000
    verge = Verge(job.request_id, duration_ms, job.memory_mb, _last_line(facts, judged, job))
    problems = (*before, *_problems(facts, action, secrets), *judged.problems)
    error = judged.error
    return Outcome(
        status=judged.status,
        mark=judged.mark,
        output_fields=mask.data(dict(judged.fields)) if judged.fields is not None else None,
        problems=tuple(mask.text(problem) for problem in problems),
        error=ActionError(mask.text(error.name), mask.text(error.sentence)) if error else None,
        logs=log_of(facts, verge, mask),
        duration_ms=duration_ms,
        max_memory_mb=facts.peak_mb,
        memory=facts.memory,
        calls=tuple(Call(call.method, mask.path(call.path), call.status) for call in calls),
        exit_code=facts.exit_code,
        exit_signal=facts.exit_signal,
    )


def _problems(facts: Facts, action: Action, secrets: Mapping[str, str]) -> list[str]:
    refused = [
        _REFUSED[fact["what"]].format(name=fact["name"]) for fact in facts.of("refused") if fact["what"] in _REFUSED
    ]
    more = [_MORE[fact["what"]].format(count=fact["count"]) for fact in facts.of("more") if fact["what"] in _MORE]
    odd = [
        f"output {fact['name']}: expected text as its name, found {fact['found']}. JSON makes text of it: return text."
        for fact in facts.of("odd_name")
    ]
    declared = action.contract.secrets if action.contract is not None else tuple(secrets)
    looked_up = undeclared((fact["name"] for fact in facts.of("env")), declared)
    read = [
        f"secret {name}: expected only declared secrets to be read, found one that is not. "
        "Declare it under secrets in [tool.hubspot], or do not read it."
        for name in looked_up
    ]
    left = ["expected nothing to outlive main, found processes that it started, which were ended."]
    return [*dict.fromkeys(refused), *read, *odd, *more, *(left if facts.leftovers else [])]


def _last_line(facts: Facts, judged: Judged, job: Job) -> str:
    """What Lambda itself writes at the end of a log that did not end well."""
    raised = facts.of("raised")
    if judged.error is None:
        return ""
    if judged.error.name == "Sandbox.Timedout":
        began = datetime.now(UTC).timestamp() - facts.took_s if job.now is None else job.now
        over = datetime.fromtimestamp(began + job.timeout_s, UTC)
        return f"{over:%Y-%m-%dT%H:%M:%S}.{over.microsecond // 1000:03d}Z {job.request_id} {judged.error.sentence}"
    told = f"[ERROR] {judged.error.name}: {judged.error.sentence}"
    if raised:
        if judged.error.name == raised[-1]["type"]:
            told = f"[ERROR] {raised[-1]['type']}: {raised[-1]['message']}".removesuffix(": ")
        return f"{told}\nTraceback (most recent call last):\n{raised[-1]['traceback']}"
    left = facts.of("left")
    return f"{left[-1]['traceback']}{left[-1]['type']}\n{told}" if left and left[-1]["traceback"] else told
