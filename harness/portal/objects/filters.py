"""What the filters of a search ask for: read from its body, refused where HubSpot refuses, ready to be tested."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from harness.portal import refusals as shared
from harness.portal.call import list_of, text_of
from harness.portal.objects import search_refusals as refusals
from harness.portal.objects.indexes import Index, Key, Span
from harness.portal.objects.keys import key_of
from harness.portal.objects.types import ObjectType, find
from harness.portal.properties.definitions import Definition
from harness.portal.refusals import Refusal
from harness.portal.world import World

# Documented: search guide, "limits". Other texts say 3 groups (older), 10 and 25 filters (2024), 6 groups (spec).
GROUPS, FILTERS, ALL_FILTERS = 5, 6, 18
LONGEST, MOST_VALUES = 3_000, 100  # of a value, as of the query; of IN and NOT_IN; guessed
PSEUDO = "associations."

Holds = Callable[[Key | None], bool]
Spans = Callable[[Index], list[Span]]


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition on one property. `spans` says where in an index it holds; None: every record is looked at."""

    name: str
    kind: str
    key: Callable[[str], Key | None]
    holds: Holds
    spans: Spans | None = None
    points: bool = False  # each of its spans has one key, and so is in the order of ids
    by_text: bool = False  # it is about the words of a value, which no index keeps
    ids: tuple[str, ...] | None = None  # for associations: the records it holds for


Group = list[Filter]


def read(world: World, type: ObjectType, body: dict[str, Any]) -> list[Group]:
    """The filter groups of a search; a search may have `filters` alone, which are one group."""
    given = list_of(body, "filterGroups", "the search")
    if not given and body.get("filters"):
        given = [{"filters": body["filters"]}]
    groups = [_filters_of(group) for group in given]
    counts = [len(group) for group in groups]
    if len(groups) > GROUPS or max(counts, default=0) > FILTERS or sum(counts) > ALL_FILTERS:
        raise refusals.too_many_filters(GROUPS, FILTERS, ALL_FILTERS)
    return [[_filter(world, type, entry) for entry in group] for group in groups]


def _filters_of(group: Any) -> list[dict[str, Any]]:
    if not isinstance(group, dict):
        raise shared.bad_json("expected each of filterGroups to be an object")
    filters = list_of(group, "filters", "a filter group")
    if not filters:
        raise refusals.no_filters()
    if not all(isinstance(entry, dict) for entry in filters):
        raise shared.bad_json("expected each of filters to be an object")
    return filters


def _filter(world: World, type: ObjectType, entry: dict[str, Any]) -> Filter:
    missing = [key for key in ("propertyName", "operator") if not entry.get(key)]
    if missing:
        raise refusals.incomplete(missing)
    name, operator = text_of(entry, "propertyName", "a filter"), text_of(entry, "operator", "a filter")
    if operator not in OPERATORS:
        raise refusals.unknown_operator(operator, sorted(OPERATORS))
    values = _values(entry, operator)
    if len(values) > MOST_VALUES or any(len(value) > LONGEST for value in values):
        raise shared.validation(f"A filter takes up to {MOST_VALUES} values of up to {LONGEST} characters")
    if name.startswith(PSEUDO):
        return _associated(world, type, name, operator, values)
    definition = world.definitions.get(type, name)
    if definition is None:
        raise refusals.unknown_property(name)
    return OPERATORS[operator](definition, operator, values)


def _values(entry: dict[str, Any], operator: str) -> list[str]:
    """What the operator compares with, each where the operator wants it (documented; wording seen in public code)."""
    if operator in ("IN", "NOT_IN"):
        values = [text_of({"value": value}, "value", "values") for value in list_of(entry, "values", "a filter")]
        if not values:
            raise refusals.needs(operator, "values")
        return values
    keys = {"HAS_PROPERTY": (), "NOT_HAS_PROPERTY": (), "BETWEEN": ("value", "highValue")}.get(operator, ("value",))
    if not keys and entry.get("value") is not None:
        raise refusals.takes_no_value(operator)
    for key in keys:
        if entry.get(key) in (None, ""):
            raise refusals.needs(operator, key)
    return [text_of(entry, key, "a filter") for key in keys]


def _associated(world: World, type: ObjectType, name: str, operator: str, values: Sequence[str]) -> Filter:
    """associations.contact: the records with this one at the other end (seen in public code: EQ and IN)."""
    try:
        end = find(name.removeprefix(PSEUDO))
    except Refusal:
        raise refusals.unknown_property(name) from None
    if operator not in ("EQ", "IN"):
        raise refusals.not_for(operator, name, ["EQ", "IN"])
    rows = world.records.of(end).rows
    others = [rows[value].id if value in rows else value for value in values]
    ids = {id: None for other in others for id in world.links.seen(end.id, other, type.id)}
    return Filter(name, "", str, lambda _: False, ids=tuple(ids))


def _keys(definition: Definition, values: Sequence[str]) -> list[Key]:
    key = key_of(definition)
    keys = [key(value.strip()) for value in values]
    if None in keys:
        raise refusals.wrong_value(definition, values[keys.index(None)])
    return keys


def _one_of(definition: Definition, operator: str, values: Sequence[str]) -> Filter:
    """EQ, IN and their opposites. A record without a value meets neither NEQ nor NOT_IN (guessed).

    Seen by others: IN and NOT_IN want text in lower case, since that is how the index has it.
    """
    keys = _keys(definition, values)
    if operator in ("IN", "NOT_IN") and definition.type == "string":
        keys = list(values)
    wanted = frozenset(keys)
    key = key_of(definition)
    chosen, several = _chosen(definition, wanted), definition.field_type == "checkbox"

    def without(k: Key | None) -> bool:
        return k is not None and not chosen(k)

    def spans(index: Index) -> list[Span]:
        return [index.equal(one) for one in sorted(wanted)]

    if operator in ("NEQ", "NOT_IN"):
        gaps: Spans = lambda index: index.between(spans(index))  # noqa: E731 - beside the other kind of spans
        return Filter(definition.name, definition.type, key, without, None if several else gaps)
    return Filter(definition.name, definition.type, key, chosen, None if several else spans, points=not several)


def _chosen(definition: Definition, wanted: frozenset[Key]) -> Holds:
    """Of several options at once, one is enough (guessed)."""
    if definition.field_type != "checkbox":
        return wanted.__contains__
    return lambda key: key is not None and (key in wanted or not wanted.isdisjoint(str(key).split(";")))


def _range(definition: Definition, operator: str, values: Sequence[str]) -> Filter:
    keys = _keys(definition, values)
    low = keys[0] if operator in ("GT", "GTE", "BETWEEN") else None
    high = keys[-1] if operator in ("LT", "LTE", "BETWEEN") else None
    over, under = operator == "GT", operator == "LT"

    def holds(key: Key | None) -> bool:
        if key is None or (low is not None and (key <= low if over else key < low)):
            return False
        return high is None or (key < high if under else key <= high)

    def spans(index: Index) -> list[Span]:
        start = 0 if low is None else index.more_than(low) if over else index.at_least(low)
        end = len(index.order) if high is None else index.at_least(high) if under else index.more_than(high)
        return [Span(start, end)]

    return Filter(definition.name, definition.type, key_of(definition), holds, spans)


def _known(definition: Definition, operator: str, values: Sequence[str]) -> Filter:
    has = operator == "HAS_PROPERTY"
    whole: Spans | None = (lambda index: [Span(0, len(index.order))]) if has else None
    key = key_of(definition)
    return Filter(definition.name, definition.type, key, lambda k: (k is not None) is has, whole)


def _token(definition: Definition, operator: str, values: Sequence[str]) -> Filter:
    """Whole words, in any order, * for any characters of one (documented; where words end is guessed)."""
    found = words(values[0])
    contains = operator == "CONTAINS_TOKEN"
    return Filter(
        definition.name,
        definition.type,
        str.lower,
        lambda text: text is not None and all(word.search(text) for word in found) is contains,
        by_text=True,
    )


def words(text: str, prefix: bool = False) -> list[re.Pattern[str]]:
    """How each word of a text is looked for in lower-case text: as it begins, or whole, where * is anything.

    Each word is looked for once.
    Each part of a word with * is found once and not reconsidered, so that no text takes long.
    """
    patterns = []
    for word in dict.fromkeys(text.lower().split()):
        first, *others = [re.escape(part) for part in ([word] if prefix else word.split("*"))]
        if others:
            middle = "".join(rf"(?>\S*?{part})" for part in others[:-1])
            patterns.append(rf"(?<!\S){first}{middle}\S*{others[-1]}(?!\S)")
        else:
            patterns.append(rf"(?<!\w){first}" + ("" if prefix else r"(?!\w)"))
    return [re.compile(pattern) for pattern in patterns]


OPERATORS: dict[str, Callable[[Definition, str, Sequence[str]], Filter]] = {  # documented: the spec's enumeration
    **dict.fromkeys(("EQ", "NEQ", "IN", "NOT_IN"), _one_of),
    **dict.fromkeys(("LT", "LTE", "GT", "GTE", "BETWEEN"), _range),
    **dict.fromkeys(("HAS_PROPERTY", "NOT_HAS_PROPERTY"), _known),
    **dict.fromkeys(("CONTAINS_TOKEN", "NOT_CONTAINS_TOKEN"), _token),
}
