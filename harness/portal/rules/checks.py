"""Whether a write meets the account's rules. Knows what is written and what the record is like afterwards."""

from collections.abc import Callable, Collection, Mapping

from harness.portal.objects.refusals import BadProperty
from harness.portal.objects.types import NOTE, TICKET, ObjectType
from harness.portal.rules import forms
from harness.portal.rules.state import Rules

After = Callable[[str], str | None]  # a value as it is after the write

# Documented: a note's time, on every version; a ticket's subject and stage. HubSpot's own CLI says that a
# ticket needs its subject only, so both are enforced only where required fields are: on the dated versions.
ALWAYS_REQUIRED = {NOTE.id: ("hs_timestamp",)}
DATED_REQUIRED = {TICKET.id: ("subject", "hs_pipeline_stage")}


def missing(
    rules: Rules, type: ObjectType, values: Mapping[str, str | None], after: After, new: bool, dated: bool
) -> list[str]:
    """The required properties that would have no value; of a record that is there only those that are written."""
    names = {*ALWAYS_REQUIRED.get(type.id, ())}
    if dated:
        names |= {*DATED_REQUIRED.get(type.id, ()), *rules.required.get(type.id, ())}
    if not new:
        names &= values.keys()
    if dated:
        names |= _conditional(rules, type, values.keys(), after)
    given = values.get if new else after
    return sorted(name for name in names if not given(name))


def _conditional(rules: Rules, type: ObjectType, written: Collection[str], after: After) -> set[str]:
    names: set[str] = set()
    for rule in rules.conditional:
        touched = {rule.name, *rule.required} & set(written)
        if rule.type_id == type.id and touched and rule.value in (after(rule.name) or "").split(";"):
            names.update(rule.required)
    return names


def bad_forms(rules: Rules, type: ObjectType, values: Mapping[str, str | None], now: int) -> list[BadProperty]:
    """The written values that do not have the form that is demanded (code guessed)."""
    problems = []
    for name, value in values.items():
        for form in rules.forms.get((type.id, name), {}).values():
            message = forms.problem(form, value, now) if value else None
            if message:
                problems.append(BadProperty(name, "FAILED_VALIDATION_RULE", message))
    return problems


def bad_stage(rules: Rules, type: ObjectType, place: Mapping[str, str | None]) -> list[BadProperty]:
    """A stage in which no ticket can be created.

    Documented (knowledge base, rules for ticket pipelines): that it is so for the API, too. Wording and code guessed.
    """
    stage = place.get("hs_pipeline_stage")
    if type is not TICKET or (place.get("hs_pipeline"), stage) not in rules.closed_stages:
        return []
    message = f"Records cannot be created in pipeline stage {stage}: a rule of the pipeline does not allow it"
    return [BadProperty("hs_pipeline_stage", "STAGE_NOT_ALLOWED_FOR_CREATION", message)]
