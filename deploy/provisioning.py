"""Which of our properties does the account lack, and how do they come there? What is missing is made, and that is all.

A property that is there is never changed and never deleted. Where one stands in the way, nothing is made at all, and a
person is told what to do: HubSpot's DELETE only archives, and an archived one is restored in its settings alone
(documented).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from deploy.menus import ARCHIVED_PROPERTIES, GUESSED, PROPERTIES
from deploy.properties_file import OBJECT_TYPE, PropertiesFile, Property
from deploy.readings import Readings
from deploy.refusals import Refused, RemoteRefused, Unreachable
from deploy.remote import Remote

READY, MAKE, BLOCKED = "ready", "make", "blocked"
MOST_UNIQUE = 10  # per object type (documented)

Row = Mapping[str, Any]
Create = Callable[[str, Mapping[str, Any]], object]


@dataclass(frozen=True, slots=True)
class Step:
    """One property, or the group, and what about it."""

    name: str
    state: str
    why: str = ""  # what stands in the way, or differs
    remedy: str = ""  # the way out
    body: dict[str, Any] | None = None  # what would be sent

    def as_json(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Provision:
    """The group and every property, in the file's order."""

    group: Step
    properties: tuple[Step, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """All of it."""
        return (self.group, *self.properties)

    def of(self, state: str) -> list[Step]:
        """Those in a state."""
        return [step for step in self.steps if step.state == state]


def look(wanted: PropertiesFile, readings: Readings) -> Provision:
    """Compare the file with the account."""
    live = {str(row["name"]): row for row in readings.properties()}
    gone = {str(row["name"]): row for row in readings.properties(archived=True)}
    groups = {str(row["name"]): row for row in readings.property_groups()}
    steps = [_one(each, wanted.group, live.get(each.name), gone.get(each.name)) for each in wanted.properties]
    uniques = sorted(name for name, row in live.items() if row.get("hasUniqueValue") and not row.get("hubspotDefined"))
    return Provision(_group(wanted, groups), tuple(_within_limit(steps, wanted, uniques)))


def make(wanted: PropertiesFile, remote: Remote, readings: Readings, tell: Callable[[str], object]) -> Provision:
    """Make what is missing, the group first; a Refused when anything stands in the way, before anything is made."""
    before = look(wanted, readings)
    refuse(before)
    for step in before.of(MAKE):
        create = remote.create_group if step is before.group else remote.create_property
        _made(step, create, wanted, readings)
        tell(step.name)
    readings.forget()
    after = look(wanted, readings)
    left = [step for step in after.steps if step.state != READY]
    if left:
        raise Refused(
            "provision",
            expected="every property as it was sent",
            found="; ".join(f"{step.name}: {step.why or 'not there'}" for step in left),
            remedy="Run it again: what is there already stays.",
        )
    return before


def refuse(found: Provision) -> None:
    """A Refused that names everything that stands in the way, if anything does."""
    blocked = found.of(BLOCKED)
    if blocked:
        raise Refused(
            f"provision, {', '.join(step.name for step in blocked)}",
            expected="names and types that are free or ours",
            found="; ".join(step.why for step in blocked),
            remedy=" ".join([*dict.fromkeys(step.remedy for step in blocked), GUESSED, "Nothing was made."]),
        )


def _made(step: Step, create: Create, wanted: PropertiesFile, readings: Readings) -> None:
    """Once; when it is not known whether it was carried out, what is there now tells."""
    try:
        create(OBJECT_TYPE, step.body or {})
    except (Unreachable, RemoteRefused) as problem:
        if isinstance(problem, RemoteRefused) and problem.status < 500 and problem.status != 409:
            raise
        readings.forget()
        if step.name not in {each.name for each in look(wanted, readings).of(READY)}:
            raise


def _one(wanted: Property, group: str, live: Row | None, gone: Row | None) -> Step:
    if live is not None:
        return _there(wanted, group, live)
    if gone is not None:
        return Step(
            wanted.name,
            BLOCKED,
            f"{wanted.name} was deleted and is archived under this name",
            f"Restore {wanted.name} in {ARCHIVED_PROPERTIES}, then run this again.",
        )
    return Step(wanted.name, MAKE, body=wanted.as_json(group))


def _there(wanted: Property, group: str, live: Row) -> Step:
    name = wanted.name
    is_type, is_field = str(live.get("type")), str(live.get("fieldType"))
    read_only = (live.get("modificationMetadata") or {}).get("readOnlyValue") or live.get("calculated")
    if live.get("hubspotDefined"):
        return Step(
            name,
            BLOCKED,
            f"{name} is a property of HubSpot's own",
            f"Give ours another name than {name}, in properties.toml and in the actions.",
        )
    if is_type != wanted.type or read_only:
        found = "calculated" if read_only else is_type
        return Step(name, BLOCKED, f"{name} is {found}, not {wanted.type}", _purge(name))
    if is_field != wanted.field_type:
        return Step(
            name,
            BLOCKED,
            f"{name} is shown as {is_field}, not {wanted.field_type}",
            f"Change the field type of {name} in {PROPERTIES}.",
        )
    if bool(live.get("hasUniqueValue")) != wanted.unique:
        found = "not unique, and cannot be made so later" if wanted.unique else "unique"
        return Step(name, BLOCKED, f"{name} is {found}", _purge(name))
    return Step(name, READY, "; ".join(_otherwise(wanted, group, live)))


def _otherwise(wanted: Property, group: str, live: Row) -> Iterator[str]:
    """What is otherwise and does no harm."""
    ours = {"label": wanted.label, "description": wanted.description, "groupName": group}
    for key, value in ours.items():
        if (live.get(key) or "") != value:
            yield f"{key} is {str(live.get(key) or '')[:100]!r}, here {value!r}"


def _purge(name: str) -> str:
    return (
        f"If nobody needs {name}: delete it in {PROPERTIES}, purge it in {ARCHIVED_PROPERTIES}, and run this again. "
        f"Else give ours another name, in properties.toml and in the actions."
    )


def _group(wanted: PropertiesFile, groups: Mapping[str, Row]) -> Step:
    live = groups.get(wanted.group)
    if live is None:
        body = {"name": wanted.group, "label": wanted.group_label, "displayOrder": -1}
        return Step(wanted.group, MAKE, body=body)
    other = (
        f"label is {live.get('label')!r}, here {wanted.group_label!r}"
        if live.get("label") != wanted.group_label
        else ""
    )
    return Step(wanted.group, READY, other)


def _within_limit(steps: list[Step], wanted: PropertiesFile, uniques: list[str]) -> Iterator[Step]:
    """Those that would be one too many are blocked."""
    free = MOST_UNIQUE - len(uniques)
    for step, each in zip(steps, wanted.properties, strict=True):
        if step.state != MAKE or not each.unique:
            yield step
            continue
        free -= 1
        if free >= 0:
            yield step
            continue
        yield Step(
            step.name,
            BLOCKED,
            f"{step.name} must be unique, and the account has {len(uniques)} of {MOST_UNIQUE} unique ticket properties",
            f"Delete one that nobody needs ({', '.join(uniques)}) in {PROPERTIES}, purge it in {ARCHIVED_PROPERTIES}.",
        )
