"""How do a run's facts become an Outcome? Judged, with our objections, log and figures, without secrets."""

from collections.abc import Mapping
from datetime import UTC, datetime

from contract.action import Action
from harness.runtime.authority import HUBSPOT_HOST
from harness.runtime.environment import undeclared
from harness.runtime.facts import Facts, Job
from harness.runtime.judged import Judged
from harness.runtime.lines import Verge, log_of
from harness.runtime.masking import Mask
from harness.runtime.outcome import ActionError, Call, Outcome
from harness.runtime.verdict import judge

_REFUSED = {
    "host": f"expected calls to {HUBSPOT_HOST}:443 alone, found one to {{name}}, which was refused. "
    "Nothing else answers here.",
    "file": "expected writes inside the temporary folder, found one to {name}, which was refused. "
    "Only the temporary folder can be written on Lambda.",
    "process": "expected processes of its own alone, found {name}, which was refused.",
}


def outcome_of(
    facts: Facts,
    action: Action,
    job: Job,
    secrets: Mapping[str, str],
    before: tuple[str, ...],
    request_id: str,
    calls: tuple[Call, ...],
) -> Outcome:
    """Everything that is known and may be said of one run."""
    mask = Mask(secrets.values())
    judged = judge(facts, action, job.timeout_s, job.memory_mb)
    duration_ms = min(facts.took_s, job.timeout_s) * 1000
    verge = Verge(request_id, duration_ms, job.memory_mb, _last_line(facts, judged, job, request_id))
    problems = (*before, *_problems(facts, action, secrets), *judged.problems)
    error = judged.error
    return Outcome(
        status=judged.status,
        mark=judged.mark,
        output_fields=mask.data(dict(judged.fields)) if judged.fields is not None else None,
        problems=tuple(mask.text(problem) for problem in problems),
        error=ActionError(error.name, mask.text(error.sentence)) if error else None,
        logs=log_of(facts, verge, mask),
        duration_ms=duration_ms,
        max_memory_mb=facts.peak_mb,
        memory=facts.memory,
        calls=tuple(Call(call.method, mask.text(call.path), call.status) for call in calls),
        exit_code=facts.exit_code,
        exit_signal=facts.exit_signal,
    )


def _problems(facts: Facts, action: Action, secrets: Mapping[str, str]) -> list[str]:
    refused = [_REFUSED[fact["what"]].format(name=fact["name"]) for fact in facts.of("refused")]
    declared = action.contract.secrets if action.contract is not None else tuple(secrets)
    looked_up = undeclared((fact["name"] for fact in facts.of("env")), declared)
    read = [
        f"secret {name}: expected only declared secrets to be read, found one that is not. "
        "Declare it under secrets in [tool.hubspot], or do not read it."
        for name in looked_up
    ]
    left = ["expected nothing to outlive main, found processes that it started, which were ended."]
    return [*dict.fromkeys(refused), *read, *(left if facts.leftovers else [])]


def _last_line(facts: Facts, judged: Judged, job: Job, request_id: str) -> str:
    """What Lambda itself writes at the end of a log that did not end well."""
    raised = facts.of("raised")
    if judged.error is None:
        return ""
    if judged.error.name == "Sandbox.Timedout":
        began = datetime.now(UTC).timestamp() - facts.took_s if job.now is None else job.now
        over = datetime.fromtimestamp(began + job.timeout_s, UTC)
        return f"{over:%Y-%m-%dT%H:%M:%S}.{over.microsecond // 1000:03d}Z {request_id} {judged.error.sentence}"
    if raised and judged.error.name == raised[-1]["type"]:
        return f"[ERROR] {raised[-1]['type']}: {raised[-1]['message']}\n{raised[-1]['traceback']}"
    if raised and raised[-1]["phase"] == "import":
        return f"[ERROR] {judged.error.name}: {judged.error.sentence}\n{raised[-1]['traceback']}"
    return f"[ERROR] {judged.error.name}: {judged.error.sentence}"
