"""How do two texts of one workflow differ, in words? One entry for each thing a person would name.

Values are whole, and never alike on both sides: what is too long for an eye is cut where it is shown.
"""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from deploy.comparable import SWITCH, comparable
from deploy.masking import masked, masked_lines
from deploy.paths import NONE, by_path
from deploy.wording import (
    GRAPH,
    Values,
    action_kind,
    action_lines,
    action_words,
    beside_edges,
    beside_given,
    edges,
    exactly,
    given,
    given_json,
    has_edges,
    is_text,
    named_fields,
    plain,
)

SWITCHED = "switch"
WORKFLOW = "the workflow"
OWN_WORDS = {
    "name": "name",
    "description": "description",
    "enrollmentCriteria": "trigger",
    "startActionId": "first action",
}
FIELDS = {"inputFields": "input", "outputFields": "output"}
ANOTHER = " (another)"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs, without tokens. `lines`: of code a diff with line numbers, of a new action its inputs."""

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
    if old == new:
        return []
    is_new = old == {"actions": []}
    found = [*_flow(old, new, is_new=is_new), *_actions(old["actions"], new["actions"], files or {})]
    return found or [*_paths(WORKFLOW, "definition", old, new)]


def difference(where: str, what: str, before: Any, after: Any, lines: Iterable[str] = ()) -> Difference:
    """One, of values of any kind; NONE for what is not there."""
    one, two = plain(before), plain(after)
    if one == two:
        one, two = exactly(before), exactly(after)
    one, two = _kept(one), _kept(two)
    if one == two:
        two += ANOTHER
    return Difference(_kept(where), _kept(what), one, two, masked_lines(map(_whole, lines)))


def _flow(old: Values, new: Values, *, is_new: bool) -> Iterator[Difference]:
    for name in sorted((old.keys() | new.keys()) - {"actions"}):
        was, now = old.get(name, NONE), new.get(name, NONE)
        if is_new and now in ("", [], {}):
            continue
        if name == SWITCH:
            if was != now:
                yield difference(WORKFLOW, SWITCHED, _switch(was), _switch(now))
        else:
            yield from _paths(WORKFLOW, OWN_WORDS.get(name, name), was, now)


def _switch(value: Any) -> Any:
    return "not said" if value is NONE else {True: "on", False: "off"}[value] if isinstance(value, bool) else value


def _actions(old: list[Values], new: list[Values], files: Mapping[str, str]) -> Iterator[Difference]:
    olds, news = ({raw["actionId"]: raw for raw in each if is_text(raw.get("actionId"))} for each in (old, new))
    if len(olds) != len(old) or len(news) != len(new):
        yield from _paths(WORKFLOW, "actions", old, new)
        return
    for id in [*olds, *(id for id in news if id not in olds)]:
        if id not in news:
            yield difference(f"action {id}", "action", action_kind(olds[id], files), NONE)
        elif id not in olds:
            twins = [other["actionId"] for other in old if _same_code(other, news[id])]
            twin = f", the same code as action {twins[0]}" if twins else ""
            words = action_words(news[id], files) + twin
            yield difference(f"action {id}", "action", NONE, words, action_lines(news[id]))
        else:
            yield from _action(f"action {id}{f' {files[id]}' if id in files else ''}", olds[id], news[id])


def _action(where: str, old: Values, new: Values) -> Iterator[Difference]:
    for name in sorted(old.keys() | new.keys()):
        was, now = old.get(name, NONE), new.get(name, NONE)
        if was is not NONE and now is not NONE and was == now:
            continue
        if name == "sourceCode":
            found = [*_code(where, was, now)]
        elif name in FIELDS:
            found = [*_fields(where, FIELDS[name], was, now)]
        elif name == "secretNames":
            found = [*_secrets(where, was, now)]
        elif name in GRAPH:
            found = [*_graph(where, name, was, now)]
        else:
            found = []
        yield from found or _paths(where, name, was, now)


def _paths(where: str, what: str, old: Any, new: Any) -> Iterator[Difference]:
    for path, was, now in by_path(what, old, new):
        yield difference(where, path, was, now)


def _code(where: str, old: Any, new: Any) -> Iterator[Difference]:
    if any(each is not NONE and not isinstance(each, str) for each in (old, new)):
        return
    before, after = ([] if each is NONE else code_lines(each) for each in (old, new))
    lines = [*numbered(before, after)]
    if lines:
        gone, come = (sum(line.startswith(sign) for line in lines) for sign in "-+")
        yield difference(where, "code", f"{len(before)} lines", f"{len(after)} lines, +{come} -{gone}", lines)


def code_lines(text: str) -> list[str]:
    """The lines of code in the canonical form; only a line feed ends one."""
    return text.removesuffix("\n").split("\n")


def numbered(before: list[str], after: list[str]) -> Iterator[str]:
    """A diff with the number of each line: that of the new text, for lines that are gone that of the old."""
    for group in difflib.SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(2):
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                yield from (f" {j1 + at + 1:>5} {line}" for at, line in enumerate(after[j1:j2]))
                continue
            yield from (f"-{i1 + at + 1:>5} {line}" for at, line in enumerate(before[i1:i2]))
            yield from (f"+{j1 + at + 1:>5} {line}" for at, line in enumerate(after[j1:j2]))


def _fields(where: str, what: str, old: Any, new: Any) -> Iterator[Difference]:
    olds, news = (named_fields(None if each is NONE else each) for each in (old, new))
    if olds is None or news is None:
        return
    for name in sorted(olds.keys() | news.keys()):
        was, now = olds.get(name, NONE), news.get(name, NONE)
        if was is NONE or now is NONE:
            yield difference(where, f"{what} {name}", given(was), given(now))
        elif was != now:
            yield from [*_field(where, f"{what} {name}", was, now)] or _paths(where, f"{what} {name}", was, now)


def _field(where: str, what: str, old: Values, new: Values) -> Iterator[Difference]:
    one, two = given_json(old), given_json(new)
    if one is not None and two is not None:
        yield from _paths(where, what, one, two)
        if one == two and given(old) != given(new):
            yield difference(where, what, given(old), given(new))
    elif not isinstance(given(old), dict) and not isinstance(given(new), dict):
        if plain(given(old)) != plain(given(new)):
            yield difference(where, what, given(old), given(new))
    else:
        return
    yield from _paths(where, what, beside_given(old), beside_given(new))


def _secrets(where: str, old: Any, new: Any) -> Iterator[Difference]:
    both = [[] if each is NONE else each for each in (old, new)]
    if all(isinstance(names, list) and all(map(is_text, names)) for names in both):
        one, two = (", ".join(names) or "none" for names in both)
        if one != two:
            yield difference(where, "secrets", one, two)


def _graph(where: str, name: str, old: Any, new: Any) -> Iterator[Difference]:
    if has_edges(old) and has_edges(new):
        if edges(old) != edges(new):
            yield difference(where, "graph", edges(old), edges(new))
        if type(beside_edges(old)) is type(beside_edges(new)):
            yield from _paths(where, name, beside_edges(old), beside_edges(new))
        else:
            yield from _paths(where, name, old, new)


def _same_code(one: Values, other: Values) -> bool:
    return bool(one.get("sourceCode")) and one.get("sourceCode") == other.get("sourceCode")


def _kept(text: str) -> str:
    return _whole(masked(text))


def _whole(text: str) -> str:
    """Half characters, which no file can hold, as they are written in JSON."""
    return "".join(f"\\u{ord(each):04x}" if "\ud800" <= each <= "\udfff" else each for each in text)
