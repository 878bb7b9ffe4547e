"""What `provision` makes, shows and refuses."""

import tomllib

import pytest
from filelock import FileLock

from tests.deploy.desk import VARIABLE, Desk
from tests.harness.serve.conftest import ROOT

FILE = tomllib.loads((ROOT / "deploy" / "properties.toml").read_text("utf-8"))
NAMES = [row["name"] for row in FILE["tickets"]]
ALL = ["chat_handoff", *NAMES]
SETTINGS = "Settings > Data Management > Properties > Ticket properties"
READS = [
    "GET /account-info/2026-09/details",
    "GET /crm/properties/2026-09/tickets",
    "GET /crm/properties/2026-09/tickets",
    "GET /crm/properties/2026-09/tickets/groups",
]
LOCK = {"name": "chat_open_key", "label": "Chat lock", "type": "string", "fieldType": "text"}


def ours(desk: Desk) -> dict[str, dict[str, object]]:
    """Our properties as the account has them, by name."""
    rows = desk.call("GET", "/crm/properties/2026-09/tickets").body["results"]
    keys = ("name", "label", "type", "fieldType", "groupName", "description", "hasUniqueValue")
    return {row["name"]: {key: row[key] for key in keys} for row in rows if row["name"] in NAMES}


def test_it_shows_first(desk: Desk) -> None:
    """Without --apply it names what it would make, makes nothing, and ends with 2."""
    said = desk.deploy("provision")
    lines = [f"to make  {name}" for name in ALL]
    assert (said.code, said.stdout.splitlines(), said.stderr) == (
        2,
        [*lines, f"{len(ALL)} to make: python -m deploy provision --portal local --apply"],
        "",
    )
    assert desk.requests() == READS
    assert ours(desk) == {}


def test_it_makes_what_the_file_says_and_then_has_nothing_to_do(desk: Desk) -> None:
    """With --apply the account has each property word for word as the file, and a second run sends no write."""
    first = desk.deploy("provision", "--apply")
    assert (first.code, first.stdout.splitlines()[-1]) == (0, f"Made {len(ALL)}. They stand in {SETTINGS}.")
    assert ours(desk) == {
        row["name"]: {"description": "", "hasUniqueValue": False, "groupName": "chat_handoff"} | row
        for row in FILE["tickets"]
    }
    desk.requests()
    second = desk.deploy("provision", "--apply")
    assert (second.code, second.stdout.splitlines()) == (0, [*(f"ok       {name}" for name in ALL), "Nothing to do."])
    assert desk.requests() == READS


def test_two_at_once(desk: Desk) -> None:
    """While another command writes to the portal from here, --apply is refused before anything is asked."""
    lock = desk.folder / "deploy" / "ledger" / "local" / ".lock"
    lock.parent.mkdir(parents=True)
    with FileLock(lock):
        said = desk.deploy("provision", "--apply")
        assert (said.code, said.stdout, said.stderr) == (
            1,
            "",
            "deploy: deploy/ledger/local: expected to be the only one here who writes to this portal, found another"
            " command that does. Nothing was changed. Wait until it has ended, then plan again and look.\n",
        )
        assert desk.requests() == []
        assert desk.deploy("provision").code == 2
    assert desk.deploy("provision", "--apply").code == 0


def test_json_is_one_object(desk: Desk) -> None:
    """With --json the steps are data, before and after."""
    before = desk.deploy("provision", "--json").json
    after = desk.deploy("provision", "--json", "--apply").json
    assert (before["done"], after["done"]) == (False, True)
    assert [(step["name"], step["state"]) for step in before["steps"]] == [(name, "make") for name in ALL]
    again = desk.deploy("provision", "--json").json
    assert again == {
        "portal": "local",
        "done": False,
        "steps": [{"name": name, "state": "ready", "why": "", "remedy": "", "body": None} for name in ALL],
    }


def test_a_label_that_differs_is_only_told(desk: Desk) -> None:
    """A property whose label and description a person changed stays as it is, and is ready."""
    desk.deploy("provision", "--apply")
    desk.call("PATCH", "/crm/properties/2026-09/tickets/chat_inbox", {"label": "Inbox of the chat"})
    before = ours(desk)
    said = desk.deploy("provision", "--apply")
    told = "ok       chat_inbox: label is 'Inbox of the chat', here 'Chat inbox'"
    assert (said.code, told in said.stdout.splitlines(), ours(desk)) == (0, True, before)


def purge(name: str) -> str:
    """The way out where a property would have to go."""
    return (
        f"If nobody needs {name}: delete it in {SETTINGS}, purge it in {SETTINGS} > Archived properties, "
        "and run this again. Else give ours another name, in properties.toml and in the actions."
    )


@pytest.mark.parametrize(
    ("there", "why", "remedy"),
    [
        (LOCK, "chat_open_key is not unique, and cannot be made so later", purge("chat_open_key")),
        (
            LOCK | {"name": "chat_closed_at"},
            "chat_closed_at is string, not datetime",
            purge("chat_closed_at"),
        ),
        (
            LOCK | {"name": "chat_threads"},
            "chat_threads is shown as text, not textarea",
            f"Change the field type of chat_threads in {SETTINGS}.",
        ),
        (LOCK | {"name": "chat_agent", "hasUniqueValue": True}, "chat_agent is unique", purge("chat_agent")),
    ],
)
def test_another_property_of_the_name_stands_in_the_way(
    desk: Desk, there: dict[str, object], why: str, remedy: str
) -> None:
    """A property of ours that is there in another shape is named with the way out, and nothing is made."""
    desk.seeded(properties={"tickets": [there]})
    before = ours(desk)
    said = desk.deploy("provision", "--apply")
    expected = (
        f"deploy: provision, {there['name']}: expected names and types that are free or ours, found {why}. "
        f"{remedy} Menu names are guessed. Nothing was made.\n"
    )
    assert (said.code, said.stderr, ours(desk)) == (1, expected, before)


def test_an_archived_namesake_is_found(desk: Desk) -> None:
    """A property that was deleted in HubSpot is not made anew: a person restores it."""
    desk.deploy("provision", "--apply")
    desk.call("DELETE", "/crm/properties/2026-09/tickets/chat_agent")
    desk.requests()
    said = desk.deploy("provision", "--apply", "--json")
    assert (said.code, said.stderr, desk.requests()) == (
        1,
        "deploy: provision, chat_agent: expected names and types that are free or ours, found chat_agent was deleted "
        f"and is archived under this name. Restore chat_agent in {SETTINGS} > Archived properties, then run this "
        "again. Menu names are guessed. Nothing was made.\n",
        READS,
    )
    assert [step["name"] for step in said.json["steps"] if step["state"] == "blocked"] == ["chat_agent"]


def test_a_name_of_hubspot_s_own_is_refused(desk: Desk) -> None:
    """A property of ours that is named like one of HubSpot's is refused."""
    file = desk.folder / "deploy" / "properties.toml"
    text = (ROOT / "deploy" / "properties.toml").read_text("utf-8")
    file.write_text(text.replace('"chat_agent"', '"subject"'), encoding="utf-8")
    said = desk.deploy("provision", "--apply")
    assert (said.code, said.stderr) == (
        1,
        "deploy: provision, subject: expected names and types that are free or ours, found subject is a property of "
        "HubSpot's own. Give ours another name than subject, in properties.toml and in the actions. "
        "Menu names are guessed. Nothing was made.\n",
    )
    assert ours(desk) == {}


def test_the_limit_of_unique_properties(desk: Desk) -> None:
    """With nine unique ticket properties there is room for one of our two: neither is made, and the nine are named."""
    nine = [f"key_{number}" for number in range(1, 10)]
    unique = {"type": "string", "fieldType": "text", "hasUniqueValue": True}
    desk.seeded(properties={"tickets": [{"name": name, "label": name} | unique for name in nine]})
    said = desk.deploy("provision", "--apply")
    assert (said.code, said.stderr) == (
        1,
        "deploy: provision, chat_open_key: expected names and types that are free or ours, found chat_open_key must "
        "be unique, and the account has 9 of 10 unique ticket properties. "
        f"Delete one that nobody needs ({', '.join(nine)}) in {SETTINGS}, purge it in "
        f"{SETTINGS} > Archived properties. Menu names are guessed. Nothing was made.\n",
    )
    assert ours(desk) == {}


@pytest.mark.parametrize("after_write", [True, False])
def test_a_lost_answer_is_no_lost_property(desk: Desk, after_write: bool) -> None:
    """The connection drops at a POST: what was made is seen and not made twice; what was not, a second run makes."""
    route = "POST /crm/properties/2026-09/tickets$"
    desk.hub.control("POST", "weather", {"kind": "drops", "times": 1, "route": route, "after_write": after_write})
    first = desk.deploy("provision", "--apply")
    assert first.code == (0 if after_write else 1)
    second = desk.deploy("provision", "--apply")
    assert (second.code, sorted(ours(desk))) == (0, sorted(NAMES))


def test_production_asks_for_its_name(desk: Desk) -> None:
    """In a production account nothing is made until its name is given."""
    desk.portal_file.write_text(
        desk.portal_file.read_text("utf-8").replace('kind = "test"', 'kind = "production"'), encoding="utf-8"
    )
    without = desk.deploy("provision", "--apply")
    assert (without.code, without.stderr, ours(desk)) == (
        1,
        "deploy: portal 4711001: expected its name local typed, or --yes local, found nothing. Nothing was changed.\n",
        {},
    )
    assert desk.deploy("provision", "--apply", "--yes", "local").code == 0
    assert sorted(ours(desk)) == sorted(NAMES)


def test_a_key_without_the_scope(desk: Desk) -> None:
    """A key that may not read ticket properties is refused in one line that names the scope."""
    desk.hub.control("POST", "tokens", {"value": "local-flows", "scopes": ["automation"]})
    said = desk.deploy("provision", **{VARIABLE: "local-flows"})
    assert (said.code, said.stdout, len(said.stderr.splitlines())) == (1, "", 1)
    assert said.stderr.endswith(f"Give the key in {VARIABLE} one of the scopes crm.schemas.tickets.read, tickets.\n")


@pytest.mark.parametrize(
    ("line", "instead", "complaint"),
    [
        (
            'fieldType = "textarea"',
            'fieldType = "checkbox"',
            "deploy: deploy/properties.toml, [[tickets]] number 3, type and fieldType: expected string: text, "
            "textarea, html; number: number; date: date; datetime: date, found string: checkbox. "
            "Correct it there; nothing was asked.\n",
        ),
        (
            'name = "chat_open_key"',
            'name = "chat_thread_id"',
            "deploy: deploy/properties.toml, chat_thread_id: expected each name once, found it twice. "
            "Correct it there; nothing was asked.\n",
        ),
    ],
)
def test_a_mistake_in_the_file(desk: Desk, line: str, instead: str, complaint: str) -> None:
    """A mistake in properties.toml is told before anything is asked."""
    text = (ROOT / "deploy" / "properties.toml").read_text("utf-8")
    (desk.folder / "deploy" / "properties.toml").write_text(text.replace(line, instead), encoding="utf-8")
    said = desk.deploy("provision", "--apply")
    assert (said.code, said.stderr, desk.requests()) == (1, complaint, [])
