"""Will the account take our tickets? Its properties, its owners, its rules about values, and its own SLA."""

import shlex
from collections.abc import Iterator
from typing import Any

from deploy import menus, properties_file, provisioning
from deploy.doctor.exam import Exam
from deploy.doctor.line import Line, by_hand, deploy, look, ready

WRITTEN = (
    "subject",
    "content",
    "hs_pipeline",
    "hs_pipeline_stage",
    "hs_ticket_priority",
    "hubspot_owner_id",
    "source_type",
)
"""What create_ticket writes beside our own properties."""
SLA = ("hs_time_to_first_response_sla_at", "hs_time_to_next_response_sla_at", "hs_time_to_close_sla_at")
NO_OWNER = ("agent", "none", "")


def properties(exam: Exam) -> Iterator[Line]:
    """As `provision` sees them."""
    found = provisioning.look(properties_file.read(), exam.readings)
    there, missing = found.of(provisioning.READY), found.of(provisioning.MAKE)
    if there:
        notes = [f"{step.name}: {step.why}" for step in there if step.why]
        yield ready(f"{len(there)} of {len(found.steps)} are there, the group among them.", *notes)
    if missing:
        names = [step.name for step in missing]
        command = f"python -m deploy provision --portal {shlex.quote(exam.portal.name)} --apply"
        yield deploy(f"{len(missing)} are missing: {', '.join(names)}.", command, missing=names)
    for step in found.of(provisioning.BLOCKED):
        yield by_hand(f"{step.why}.", step.remedy, guessed=True, name=step.name)


def owners(exam: Exam) -> Iterator[Line]:
    """Those whom a route names are there and active."""
    wanted = list(dict.fromkeys(route.get("owner", "").lower().removeprefix("queue:") for route in exam.routes()))
    ids = [id for id in wanted if id not in NO_OWNER]
    if not ids:
        yield ready("No route names an owner by id.")
        return
    active = {str(row["id"]) for row in exam.readings.owners()}
    gone = {str(row["id"]) for row in exam.readings.owners(archived=True)} if set(ids) - active else set()
    for id in ids:
        remedy = f"Choose another owner in routes of {exam.portal.where}; see {menus.USERS}."
        if id in active:
            yield ready(f"Owner {id} is active.", owner=id)
        elif id in gone:
            yield by_hand(f"Owner {id} is deactivated; tickets would be made without an owner.", remedy, owner=id)
        else:
            yield by_hand(f"Owner {id} is not there; tickets would be made without an owner.", remedy, owner=id)


def rules(exam: Exam) -> Iterator[Line]:
    """What could make HubSpot refuse a ticket of ours."""
    extra = list(exam.table("create_ticket", "extra_properties"))
    copied = list(exam.table("create_ticket", "copy_properties"))
    yield from _settable(exam, [*extra, *copied])
    ours = [each.name for each in properties_file.read().properties]
    found = exam.readings.value_rules()
    met = False
    for name in dict.fromkeys([*WRITTEN, *ours, *extra, *copied]):
        for rule in found.get(name, []):
            met = True
            arguments = ", ".join(str(each) for each in rule.get("ruleArguments") or [])
            yield by_hand(
                f"The rule {rule.get('ruleType')} ({arguments}) on {name} may refuse a ticket of ours.",
                f"See whether what ours writes there meets it, else take it away: {menus.PROPERTIES} > {name} > Rules.",
                guessed=True,
                property=name,
                rule=rule.get("ruleType"),
            )
    if not met:
        yield ready("No rule about values is on a property that ours writes.")
    yield look(
        "No API tells which fields the create form requires, which fields others make necessary, "
        "and in which stages a pipeline's rules allow no new ticket; the dated API enforces all three.",
        f"See {menus.CREATE_FORM} and {menus.PIPELINE_RULES}. Required fields: extra_properties under "
        '[inputs.create_ticket]. Where that does not do: api_version = "v3", which does not enforce them yet.',
        guessed=True,
    )


def sla(exam: Exam) -> Iterator[Line]:
    """HubSpot's own clock beside ours."""
    there = {str(row["name"]) for row in exam.readings.properties()}
    running = [name for name in SLA if name in there and exam.readings.has_ticket_with(name)]
    if running:
        yield look(
            "HubSpot's own SLA is running: it counts from a ticket's creation, "
            "ours from Chat closed at to Chat answer due at.",
            f"Decide which of the two people go by: {menus.SLA}.",
            guessed=True,
            properties=running,
        )
    else:
        yield ready("No ticket has a time of HubSpot's own SLA.")


def _settable(exam: Exam, names: list[str]) -> Iterator[Line]:
    """Properties in the settings that are not there, or that nobody can write."""
    rows: dict[str, dict[str, Any]] = {str(row["name"]): row for row in exam.readings.properties()} if names else {}
    for name in names:
        if name not in rows:
            yield by_hand(f"The settings write {name}, which tickets do not have.", f"Correct {exam.portal.where}.")
        elif (rows[name].get("modificationMetadata") or {}).get("readOnlyValue"):
            yield by_hand(f"The settings write {name}, which is read-only.", f"Correct {exam.portal.where}.")
