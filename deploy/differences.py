"""How do two texts of one workflow differ, in words? One entry for each thing a person would name."""

import difflib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from deploy.comparable import SWITCH, comparable

SWITCHED = "switch"
SHOWN = 120  # characters of a value
OWN_WORDS = {
    "name": "name",
    "description": "description",
    "enrollmentCriteria": "trigger",
    "startActionId": "first action",
}
FIELDS = {"inputFields": "input", "outputFields": "output"}

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs. `lines` is a diff of code, with line numbers; empty for anything else."""

    where: str
    what: str
    before: str
    after: str
    lines: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)


def differences(before: Values, after: Values, files: Mapping[str, str] | None = None) -> list[Difference]:
    """From one to the other. `files` names the file of each action with code by the action's id."""
    old, new = comparable(before, switch=True), comparable(after, switch=True)
    return [*_flow(old, new), *_actions(old["actions"], new["actions"], files or {})]


def _flow(old: Values, new: Values) -> Iterator[Difference]:
    for name in sorted((old.keys() | new.keys()) - {"actions"}):
        if old.get(name) != new.get(name):
            if name == SWITCH:
                words = {True: "on", False: "off", None: "not said"}
                yield Difference("the workflow", SWITCHED, words[old.get(name)], words[new.get(name)])
            else:
                what = OWN_WORDS.get(name, name)
                yield Difference("the workflow", what, *_both(old.get(name), new.get(name)))


def _actions(old: list[Values], new: list[Values], files: Mapping[str, str]) -> Iterator[Difference]:
    olds, news = {raw["actionId"]: raw for raw in old}, {raw["actionId"]: raw for raw in new}
    for id in [*olds, *(id for id in news if id not in olds)]:
        if id not in news:
            yield Difference(f"action {id}", "action", _kind(olds[id], files), "none")
        elif id not in olds:
            twin = next(
                (f", the same code as action {other['actionId']}" for other in old if _same_code(other, news[id])), ""
            )
            yield Difference(f"action {id}", "action", "none", _kind(news[id], files) + twin)
        else:
            yield from _action(f"action {id}{_named(id, files)}", olds[id], news[id])


def _action(where: str, old: Values, new: Values) -> Iterator[Difference]:
    for name in sorted(old.keys() | new.keys()):
        was, is_now = old.get(name), new.get(name)
        if was == is_now:
            continue
        if name == "sourceCode":
            yield _code(where, str(was or ""), str(is_now or ""))
        elif name in FIELDS:
            yield from _fields(where, FIELDS[name], was or [], is_now or [])
        elif name == "secretNames":
            yield Difference(where, "secrets", ", ".join(was or []) or "none", ", ".join(is_now or []) or "none")
        elif name in ("connection", "staticBranches", "listBranches", "defaultBranch"):
            yield Difference(where, "graph", _edges(was), _edges(is_now))
        else:
            yield Difference(where, name, *_both(was, is_now))


def _code(where: str, old: str, new: str) -> Difference:
    before, after = old.splitlines(), new.splitlines()
    lines = tuple(numbered(before, after))
    gone = sum(line.startswith("-") for line in lines)
    come = sum(line.startswith("+") for line in lines)
    return Difference(where, "code", f"{len(before)} lines", f"{len(after)} lines, +{come} -{gone}", lines)


def numbered(before: list[str], after: list[str]) -> Iterator[str]:
    """A diff with the number of each line: that of the new text, for lines that are gone that of the old."""
    for group in difflib.SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(2):
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                yield from (f" {j1 + at + 1:>5} {line}" for at, line in enumerate(after[j1:j2]))
                continue
            yield from (f"-{i1 + at + 1:>5} {line}" for at, line in enumerate(before[i1:i2]))
            yield from (f"+{j1 + at + 1:>5} {line}" for at, line in enumerate(after[j1:j2]))


def _fields(where: str, what: str, old: list[Values], new: list[Values]) -> Iterator[Difference]:
    olds, news = {str(each.get("name")): each for each in old}, {str(each.get("name")): each for each in new}
    for name in sorted(olds.keys() | news.keys()):
        if olds.get(name) != news.get(name):
            yield Difference(where, f"{what} {name}", _field(olds.get(name)), _field(news.get(name)))


def _field(field: Values | None) -> str:
    if field is None:
        return "none"
    value = field.get("value")
    if not isinstance(value, dict):
        return short({name: inner for name, inner in field.items() if name != "name"})
    kinds = {
        "STATIC_VALUE": lambda: short(value.get("staticValue")),
        "OBJECT_PROPERTY": lambda: f"the record's {value.get('propertyName')}",
        "FIELD_DATA": lambda: f"{value.get('dataKey')} of action {value.get('actionId')}",
    }
    return kinds.get(str(value.get("type")), lambda: short(value))()


def _edges(value: Any) -> str:
    if value is None:
        return "ends here"
    if isinstance(value, list):
        return ", ".join(
            f"{each.get('branchValue', each.get('branchName', '?'))}: {_edges(each.get('connection'))}"
            for each in value
        )
    next_id = value.get("nextActionId")
    return f"then action {next_id}" if next_id else "ends here"


def _same_code(one: Values, other: Values) -> bool:
    return bool(one.get("sourceCode")) and one.get("sourceCode") == other.get("sourceCode")


def _kind(raw: Values, files: Mapping[str, str]) -> str:
    file = files.get(raw.get("actionId", ""))
    return f"{raw.get('type', 'an action')}{f' {file}' if file else ''}"


def _named(id: str, files: Mapping[str, str]) -> str:
    return f" {files[id]}" if id in files else ""


def _both(before: Any, after: Any) -> tuple[str, str]:
    return short(before), short(after)


def short(value: Any) -> str:
    text = value if isinstance(value, str) else "none" if value is None else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
