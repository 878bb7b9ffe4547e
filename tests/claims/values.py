"""Which values does HubSpot take for a property of each type, and how does it give them back?"""

from typing import Any

from tests.claims.batches import BATCH_CREATE, BATCH_UPDATE, OWN
from tests.claims.claim import DOCUMENTED, GUESSED, GUIDE, OURS, SEEN, effect, refusal
from tests.claims.hub import Answer, Hub
from tests.claims.records import CREATE, UPDATE

WRITES = (CREATE, UPDATE, BATCH_CREATE, BATCH_UPDATE)
LONGEST = 65_536
MARCH_2 = "2026-03-02T08:00:00Z"


def changed(hub: Hub) -> str:
    """The record that is there before the write in question, if that is a change."""
    return hub.make() if hub.operation in (UPDATE, BATCH_UPDATE) else ""


def write(hub: Hub, id: str, given: dict[str, Any]) -> Answer:
    """The write in question, with these values."""
    body = {"properties": given} if id else {"properties": {**hub.sample(), **given}, "associations": []}
    if hub.operation in (BATCH_CREATE, BATCH_UPDATE):
        return hub.does({"inputs": [body | ({"id": id} if id else {})]})
    return hub.does(body, objectId=id)


def stored(hub: Hub, name: str, value: Any) -> str | None:
    """What is read after a value was written."""
    id = changed(hub)
    answer = write(hub, id, {name: value})
    assert answer.status in (200, 201)
    read = hub.read(hub.type, answer.body.get("id") or answer.ids[0], name)
    assert read is not None
    found: str | None = read.get(name)
    return found


def refused(hub: Hub, name: str, value: Any) -> tuple[str, str]:
    """The code and message with which a value is refused by name, and nothing is written."""
    id = changed(hub)
    before = hub.listed(hub.type), id and hub.read(hub.type, id, name)
    answer = write(hub, id, {name: value})
    assert answer.refused == (400, "VALIDATION_ERROR")
    assert answer.body["message"].startswith("Property values were not valid: [{")
    (error,) = answer.body["errors"]
    assert error["context"]["propertyName"] == [name]
    assert (hub.listed(hub.type), id and hub.read(hub.type, id, name)) == before
    return error["code"], error["message"]


@effect(*WRITES, types=OWN, mark=DOCUMENTED, source=GUIDE)
def numbers(hub: Hub) -> None:
    """A number is given as text or number and read as text."""
    name = hub.has_property("number")
    given = ["12", 12, "12.50", "-3", 0]
    assert [stored(hub, name, value) for value in given] == ["12", "12", "12.50", "-3", "0"]


@effect(CREATE, UPDATE, types=OWN, mark=GUESSED, source=OURS)
def whole_numbers(hub: Hub) -> None:
    """A number that is whole is read without a point."""
    assert stored(hub, hub.has_property("number"), 12.0) == "12"


@effect(*WRITES, types=OWN, mark=DOCUMENTED, source=GUIDE)
def dates(hub: Hub) -> None:
    """A date is given as such or as milliseconds at midnight UTC and read as a date."""
    name = hub.has_property("date")
    given = ["2026-03-02", "1772409600000", 1772409600000]
    assert [stored(hub, name, value) for value in given] == ["2026-03-02"] * 3


@effect(*WRITES, types=OWN, mark=DOCUMENTED, source=GUIDE)
def moments(hub: Hub) -> None:
    """A moment is given as milliseconds or with its zone and read in UTC."""
    name = hub.has_property("datetime")
    given = [1772438400000, "1772438400000", MARCH_2, "2026-03-02T09:00:00+01:00", "2026-03-02T08:00:00.000Z"]
    assert [stored(hub, name, value) for value in given] == [MARCH_2] * 5
    assert stored(hub, name, "1772438400123") == "2026-03-02T08:00:00.123Z"


@effect(*WRITES, types=OWN, mark=DOCUMENTED, source=GUIDE)
def truths(hub: Hub) -> None:
    """A checkbox is given as true or false, as text or not, and read as text."""
    name = hub.has_property("bool")
    given = ["true", "false", True, False]
    assert [stored(hub, name, value) for value in given] == ["true", "false", "true", "false"]


@effect(CREATE, UPDATE, types=OWN, mark=GUESSED, source=OURS)
def truths_in_capitals(hub: Hub) -> None:
    """True and false may be written in capitals."""
    assert stored(hub, hub.has_property("bool"), "FALSE") == "false"


@effect(*WRITES, types=OWN, mark=DOCUMENTED, source=GUIDE)
def options(hub: Hub) -> None:
    """An option is given by its value; of a property that takes several they stand between semicolons."""
    assert stored(hub, hub.has_property("select"), "y") == "y"
    assert stored(hub, hub.has_property("checkbox"), "x;y") == "x;y"


@effect(*WRITES, types=OWN, mark=DOCUMENTED, source=GUIDE)
def texts(hub: Hub) -> None:
    """A text keeps its lines and letters, and has up to 65,536 characters."""
    name = hub.has_property("text")
    for text in ("line\nüñ 🙂", "x" * LONGEST):
        assert stored(hub, name, text) == text


@effect(CREATE, UPDATE, types=OWN, mark=GUESSED, source=OURS)
def numbers_for_a_text(hub: Hub) -> None:
    """A number given for a text is read as its digits."""
    assert stored(hub, hub.has_property("string"), 12) == "12"


@effect(UPDATE, BATCH_UPDATE, types=OWN, mark=DOCUMENTED, source=GUIDE)
def emptied(hub: Hub) -> None:
    """An empty text takes a property of any type its value."""
    for kind, value in {"number": "1", "date": "2026-03-02", "bool": "true", "checkbox": "x;y", "string": "x"}.items():
        name = hub.has_property(kind)
        id = hub.make(**{name: value})
        write(hub, id, {name: ""})
        read = hub.read(hub.type, id, name)
        assert read is not None
        assert not read.get(name)


@effect(CREATE, BATCH_CREATE, types=OWN, mark=GUESSED, source=OURS)
def no_value(hub: Hub) -> None:
    """A record made with an empty text, or with null, has no value there."""
    assert [stored(hub, hub.has_property("number"), value) for value in ("", None)] == [None, None]


@effect(*WRITES, types=OWN, mark=DOCUMENTED, source=GUIDE)
def owners(hub: Hub) -> None:
    """An owner is given by id."""
    owner = hub.call("owners GET", query={"limit": "1"}).ids[0]
    assert stored(hub, "hubspot_owner_id", owner) == owner


@refusal(
    *WRITES,
    types=OWN,
    mark=DOCUMENTED,
    source="HubSpot's agent skills: an invalid option is a 400 that lists them; words seen",
)
def no_option(hub: Hub) -> None:
    """A value that is no option is refused with a list of those there are."""
    code, message = refused(hub, hub.has_property("select"), "w")
    assert (code, message) == ("INVALID_OPTION", "w was not one of the allowed options: [x, y, z]")


@refusal(CREATE, UPDATE, types=OWN, mark=GUESSED, source=SEEN)
def no_option_among_several(hub: Hub) -> None:
    """Of several options one that is none is refused, and so is an option in other letters."""
    name = hub.has_property("checkbox")
    for value, bad in {"x;w": "w", "X": "X"}.items():
        words = f"{bad} was not one of the allowed options: [x, y, z]"
        assert refused(hub, name, value) == ("INVALID_OPTION", words)


@refusal(*WRITES, types=OWN, mark=GUESSED, source=SEEN)
def no_such_property(hub: Hub) -> None:
    """A property that the account does not have is refused."""
    words = 'Property "no_such_property" does not exist'
    assert refused(hub, "no_such_property", "1") == ("PROPERTY_DOESNT_EXIST", words)


@refusal(*WRITES, types=OWN, mark=GUESSED, source=SEEN)
def read_only(hub: Hub) -> None:
    """A value that is HubSpot's business is refused."""
    words = '"hs_object_id" is a read only property; its value cannot be set.'
    assert refused(hub, "hs_object_id", "1") == ("READ_ONLY_VALUE", words)


@refusal(CREATE, UPDATE, types=OWN, mark=GUESSED, source=SEEN)
def no_moment(hub: Hub) -> None:
    """A moment without its zone, or no moment at all, is refused."""
    name = hub.has_property("datetime")
    for value in ("2026-03-02T08:00:00", "yesterday", "9" * 16):
        assert refused(hub, name, value) == ("INVALID_LONG", f"{value} was not a valid long.")


@refusal(
    *WRITES,
    types=OWN,
    mark=DOCUMENTED,
    source="HubSpot's properties guide: a date is at midnight UTC; code and words ours",
)
def no_date(hub: Hub) -> None:
    """A date that is not at midnight UTC is refused."""
    name, value = hub.has_property("date"), "1772438400000"
    words = f"{value} is not at midnight UTC or not a date"
    assert refused(hub, name, value) == ("INVALID_DATE", words)


@refusal(CREATE, UPDATE, types=OWN, mark=GUESSED, source=OURS)
def no_number(hub: Hub) -> None:
    """Words where a number belongs are refused."""
    name = hub.has_property("number")
    for value in ("twelve", "NaN", "1_000"):
        assert refused(hub, name, value) == ("INVALID_NUMBER", f"{value} was not a valid number.")


@refusal(CREATE, UPDATE, types=OWN, mark=GUESSED, source=OURS)
def neither_true_nor_false(hub: Hub) -> None:
    """A word that is neither true nor false is refused for a checkbox."""
    words = "yes was not one of the allowed options: [true, false]"
    assert refused(hub, hub.has_property("bool"), "yes") == ("INVALID_OPTION", words)


@refusal(CREATE, UPDATE, types=OWN, mark=GUESSED, source=OURS)
def no_text(hub: Hub) -> None:
    """A list where a text belongs is refused."""
    assert refused(hub, hub.has_property("string"), ["x"]) == ("INVALID_TYPE", "expected text")


@refusal(
    *WRITES, types=OWN, mark=DOCUMENTED, source="HubSpot's properties guide: 65,536 characters; code and words ours"
)
def too_long(hub: Hub) -> None:
    """A text of more than 65,536 characters is refused."""
    words = "The value is 65537 characters long, the limit is 65536"
    assert refused(hub, hub.has_property("text"), "x" * (LONGEST + 1)) == ("INVALID_LENGTH", words)


@refusal(CREATE, UPDATE, types=OWN, mark=GUESSED, source=SEEN)
def no_owner(hub: Hub) -> None:
    """An owner that is not there is refused."""
    words = "Owner 1 does not exist or is not active"
    assert refused(hub, "hubspot_owner_id", "1") == ("INVALID_OWNER_ID", words)


@refusal(CREATE, UPDATE, types=OWN, mark=GUESSED, source=OURS)
def no_owner_any_more(hub: Hub) -> None:
    """An owner who was deactivated is refused, and was taken before."""
    agent = hub.by_hand.has_agent("agent-9")
    owner = hub.by_hand.owner_of(agent)
    assert stored(hub, "hubspot_owner_id", owner) == owner
    hub.by_hand.deactivates(agent)
    words = f"Owner {owner} does not exist or is not active"
    assert refused(hub, "hubspot_owner_id", owner) == ("INVALID_OWNER_ID", words)


@refusal(CREATE, UPDATE, types=("contacts",), mark=GUESSED, source=SEEN)
def no_address(hub: Hub) -> None:
    """An e-mail address that is none is refused."""
    for value in ("visitor-12", "visitor-12@example", "@example.org", "a b@example.org"):
        assert refused(hub, "email", value) == ("INVALID_EMAIL", f"Email address {value} is invalid")


@refusal(*WRITES, types=OWN, mark=GUESSED, source=SEEN)
def all_at_once(hub: Hub) -> None:
    """Every property that is wrong is named in one answer."""
    number, option = hub.has_property("number"), hub.has_property("select")
    answer = write(hub, changed(hub), {number: "twelve", option: "w", "no_such_property": "1"})
    assert answer.refused == (400, "VALIDATION_ERROR")
    named = [error["context"]["propertyName"] for error in answer.body["errors"]]
    assert named == [[number], [option], ["no_such_property"]]
    assert all(f'"name":"{name}"' in answer.body["message"] for (name,) in named)
