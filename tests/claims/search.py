"""What does each operator of a search find?"""

from typing import Any

from tests.claims.batches import OWN
from tests.claims.claim import DOCUMENTED, GUESSED, OURS, RECORDS, answer
from tests.claims.hub import Hub
from tests.claims.records import ARCHIVE, ENDS, LINK, NAMES, UPDATE

SEARCH = "objects POST /{objectType}/search"
SEARCH_GUIDE = "HubSpot's search guide"


def where(name: str, operator: str, *values: str) -> dict[str, Any]:
    """One filter."""
    if operator in ("IN", "NOT_IN"):
        return {"propertyName": name, "operator": operator, "values": list(values)}
    return {"propertyName": name, "operator": operator, **dict(zip(("value", "highValue"), values, strict=False))}


def search(*groups: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A search for what meets all filters of one of these groups."""
    whole: dict[str, Any] = {"properties": [], "sorts": [], "limit": 100, "after": "0"}
    return {"filterGroups": [{"filters": group} for group in groups], **whole, **more}


def finds(hub: Hub, asked: dict[str, Any], *ids: str) -> bool:
    """Whether the search in question finds these, by and by."""
    return hub.account.eventually(lambda: hub.does(asked).ids == [*ids])


class Some:
    """Records that a word of their own sets apart from all others, and the searches among them."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.mark = where(hub.has_property("string"), "EQ", hub.word())
        self.ids: list[str] = []

    def are_made(self, *given: dict[str, str]) -> None:
        """Records with these values; search knows them from here on."""
        name, value = self.mark["propertyName"], self.mark["value"]
        for properties in given:
            self.ids.append(self.hub.make(**properties, **{name: value}))
        assert self.hub.account.eventually(lambda: {*self.hub.found(self.hub.type, name, value)} == {*self.ids})

    def found(self, *filters: dict[str, Any], **more: Any) -> list[int]:
        """Which of them the search in question finds, in its order."""
        page = self.hub.does(search([self.mark, *filters], **more))
        assert page.body["total"] == len(page.ids)
        return [self.ids.index(id) for id in page.ids]


def compared(hub: Hub, kind: str, values: list[str], expected: dict[tuple[str, ...], list[int]]) -> None:
    """Of records with these values each operator finds those expected, having found none before they were made."""
    name, some = hub.has_property(kind), Some(hub)
    first = next(iter(expected))
    assert some.found(where(name, *first)) == []
    some.are_made(*[{name: value} if value else {} for value in values])
    for asked, ids in expected.items():
        assert (asked, some.found(where(name, *asked))) == (asked, ids)


NUMBERS = ["9", "10", "100", ""]


@answer(SEARCH, types=OWN, mark=DOCUMENTED, source=SEARCH_GUIDE)
def equal(hub: Hub) -> None:
    """EQ finds what has the value, numbers by their size and options by their value."""
    compared(hub, "number", NUMBERS, {("EQ", "9"): [0], ("EQ", "100"): [2]})
    compared(hub, "select", ["x", "y", ""], {("EQ", "x"): [0]})


@answer(SEARCH, types=OWN, mark=GUESSED, source=OURS)
def equal_as_numbers(hub: Hub) -> None:
    """EQ finds a number however it is written."""
    compared(hub, "number", NUMBERS, {("EQ", "9.0"): [0], ("EQ", "1e1"): [1]})


@answer(SEARCH, types=OWN, mark=DOCUMENTED, source="HubSpot's search guide: text is compared without case")
def equal_text(hub: Hub) -> None:
    """EQ finds a text in whatever case."""
    compared(hub, "text", ["Red Car", "red", ""], {("EQ", "RED car"): [0], ("EQ", "Red"): [1]})


@answer(SEARCH, types=OWN, mark=GUESSED, source=OURS)
def not_equal(hub: Hub) -> None:
    """NEQ finds what has another value, and not what has none."""
    compared(hub, "number", NUMBERS, {("NEQ", "9"): [1, 2], ("NEQ", "7"): [0, 1, 2]})
    compared(hub, "select", ["x", "y", ""], {("NEQ", "x"): [1]})


@answer(SEARCH, types=OWN, mark=DOCUMENTED, source=SEARCH_GUIDE)
def less(hub: Hub) -> None:
    """LT and LTE find smaller numbers, not texts that come earlier in the alphabet."""
    compared(hub, "number", NUMBERS, {("LT", "10"): [0], ("LTE", "10"): [0, 1], ("LT", "99.5"): [0, 1]})


@answer(SEARCH, types=OWN, mark=DOCUMENTED, source=SEARCH_GUIDE)
def greater(hub: Hub) -> None:
    """GT and GTE find greater numbers, not texts that come later in the alphabet."""
    compared(hub, "number", NUMBERS, {("GT", "9"): [1, 2], ("GTE", "10"): [1, 2], ("GTE", "9.5"): [1, 2]})


@answer(SEARCH, types=OWN, mark=DOCUMENTED, source=SEARCH_GUIDE)
def between(hub: Hub) -> None:
    """BETWEEN finds what lies between two values or is one of them."""
    compared(hub, "number", NUMBERS, {("BETWEEN", "9", "10"): [0, 1], ("BETWEEN", "9.5", "99"): [1]})


@answer(SEARCH, types=OWN, mark=DOCUMENTED, source=SEARCH_GUIDE)
def moments(hub: Hub) -> None:
    """Moments are compared as such, given as milliseconds or as text."""
    values = ["2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z", ""]
    expected: dict[tuple[str, ...], list[int]] = {
        ("GTE", "1769904000000"): [1, 2],
        ("LT", "2026-02-01T00:00:00Z"): [0],
        ("BETWEEN", "1769904000000", "1772323200000"): [1, 2],
    }
    compared(hub, "datetime", values, expected)


@answer(SEARCH, types=OWN, mark=DOCUMENTED, source=SEARCH_GUIDE)
def one_of_several(hub: Hub) -> None:
    """IN finds what has one of the values, NOT_IN what has none of them."""
    compared(hub, "number", NUMBERS, {("IN", "100", "9"): [0, 2], ("NOT_IN", "100", "9"): [1]})
    compared(hub, "select", ["x", "y", "z"], {("IN", "x", "z"): [0, 2], ("NOT_IN", "x", "z"): [1]})


@answer(SEARCH, types=OWN, mark=DOCUMENTED, source="HubSpot's search guide: IN and NOT_IN want text in lower case")
def one_of_several_texts(hub: Hub) -> None:
    """IN finds texts by their words in lower case alone."""
    values = ["Red Car", "blue", "Bicycle", ""]
    compared(hub, "text", values, {("IN", "red car", "bicycle"): [0, 2], ("IN", "Red Car", "blue"): [1]})


@answer(SEARCH, types=OWN, mark=GUESSED, source=OURS)
def one_of_a_record_s_options(hub: Hub) -> None:
    """Of a record that has several options one is enough to be found by."""
    values = ["x;y", "y", "z", ""]
    expected: dict[tuple[str, ...], list[int]]
    expected = {("EQ", "y"): [0, 1], ("IN", "x", "z"): [0, 2], ("NOT_IN", "x", "z"): [1]}
    compared(hub, "checkbox", values, expected)


@answer(SEARCH, types=OWN, mark=DOCUMENTED, source=SEARCH_GUIDE)
def known(hub: Hub) -> None:
    """HAS_PROPERTY finds what has a value, NOT_HAS_PROPERTY what has none."""
    compared(hub, "number", NUMBERS, {("HAS_PROPERTY",): [0, 1, 2], ("NOT_HAS_PROPERTY",): [3]})


@answer(SEARCH, types=OWN, mark=DOCUMENTED, source=SEARCH_GUIDE)
def words(hub: Hub) -> None:
    """CONTAINS_TOKEN finds texts that have a word, in whatever case; * stands for any letters of it."""
    values = ["Red Car", "blue green car", "bicycle", ""]
    expected: dict[tuple[str, ...], list[int]] = {
        ("CONTAINS_TOKEN", "car"): [0, 1],
        ("CONTAINS_TOKEN", "bi*"): [2],
        ("CONTAINS_TOKEN", "*cycle"): [2],
        ("CONTAINS_TOKEN", "g*n"): [1],
        ("NOT_CONTAINS_TOKEN", "red"): [1, 2],
    }
    compared(hub, "text", values, expected)


@answer(SEARCH, types=OWN, mark=GUESSED, source=OURS)
def whole_words(hub: Hub) -> None:
    """CONTAINS_TOKEN finds no part of a word without *, and all words that it names in any order."""
    values = ["red car", "car", "blue-green car"]
    expected: dict[tuple[str, ...], list[int]] = {
        ("CONTAINS_TOKEN", "car red"): [0],
        ("CONTAINS_TOKEN", "green"): [2],
        ("CONTAINS_TOKEN", "b*-g*n"): [2],
        ("CONTAINS_TOKEN", "ca"): [],
    }
    compared(hub, "text", values, expected)


@answer(SEARCH, types=OWN, mark=GUESSED, source=OURS)
def days(hub: Hub) -> None:
    """A moment is compared with a day as with its first moment."""
    values = ["2026-01-31T23:59:59Z", "2026-02-01T00:00:00Z"]
    compared(hub, "datetime", values, {("GTE", "2026-02-01"): [1], ("LT", "2026-02-01"): [0]})


@answer(SEARCH, types=NAMES, mark=DOCUMENTED, source=SEARCH_GUIDE)
def by_id_and_time(hub: Hub) -> None:
    """Records are found by their ids, and by when they were made."""
    type = {"0-5": "tickets"}.get(hub.type, hub.type)
    first = hub.make()
    created = (hub.read(hub.type, first) or {})["hs_createdate" if type == "notes" else "createdate"]
    mine = where("hs_object_id", "GTE", first)
    since = where("hs_createdate" if type == "notes" else "createdate", "GTE", created)
    assert hub.account.eventually(lambda: hub.found(hub.type, "hs_object_id", first) == [first])
    assert hub.does(search([mine, since])).ids == [first]
    second = hub.make()
    assert finds(hub, search([mine, since]), first, second)


@answer(SEARCH, types=RECORDS, mark=GUESSED, source="public third-party code: EQ and IN, for tickets")
def by_association(hub: Hub) -> None:
    """Records are found by the ids of what they are associated with."""
    to, _ = ENDS[hub.type]
    id, other, third = hub.make(), hub.make(to), hub.make(to)
    both = [where(f"associations.{to[:-1]}", "EQ", other)], [where(f"associations.{to}", "IN", third, other)]
    assert [hub.does(search(filters)).ids for filters in both] == [[], []]
    hub.call(LINK, fromObjectType=hub.type, fromObjectId=id, toObjectType=to, toObjectId=other)
    assert [finds(hub, search(filters), id) for filters in both] == [True, True]


@answer(SEARCH, types=OWN, mark=DOCUMENTED, source=SEARCH_GUIDE)
def and_or(hub: Hub) -> None:
    """All filters of a group must hold, and one of the groups must; what meets two is found once."""
    number, text, some = hub.has_property("number"), hub.has_property("text"), Some(hub)
    car, bicycle = hub.word(), hub.word()
    ten, is_car = where(number, "EQ", "10"), where(text, "EQ", car)
    groups = [
        [some.mark, where(number, "GT", "9"), is_car],
        [some.mark, where(text, "EQ", bicycle)],
        [some.mark, where(number, "EQ", "100")],
    ]
    assert hub.does(search(*groups)).ids == []
    pairs = [("9", car), ("10", car), ("10", bicycle), ("100", bicycle), ("7", hub.word()), ("10", hub.word())]
    some.are_made(*[{number: one, text: other} for one, other in pairs])
    expected = {
        1: (search([ten, is_car]), search([is_car, ten])),
        3: (search(*groups), search(*reversed(groups))),
    }
    for total, asked in expected.items():
        for page in map(hub.does, asked):
            assert (page.body["total"], page.ids) == (total, some.ids[1 : 1 + total])
    whole = {"filters": [some.mark, where(number, "LT", "9")]}
    assert hub.does({**search(), "filterGroups": [], **whole}).ids == some.ids[4:5]


@answer(SEARCH, types=RECORDS, mark=DOCUMENTED, source=SEARCH_GUIDE)
def after_changes(hub: Hub) -> None:
    """A record moves in and out of what a search finds as its value changes, and is not found when archived."""
    value, other = hub.sample()[hub.key], hub.sample()[hub.key]
    asked = search([where(hub.key, "EQ", value)])
    id = hub.make(**{hub.key: value})
    assert finds(hub, asked, id)
    hub.call(UPDATE, {"properties": {hub.key: other}}, objectType=hub.type, objectId=id)
    assert finds(hub, asked)
    hub.call(UPDATE, {"properties": {hub.key: value}}, objectType=hub.type, objectId=id)
    assert finds(hub, asked, id)
    hub.call(ARCHIVE, objectType=hub.type, objectId=id)
    assert finds(hub, asked)
