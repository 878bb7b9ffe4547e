"""Is a person whom the store forgets gone from it, to the last byte, and all others still there?"""

from pathlib import Path

from report.store.forgetting import age, forget
from report.store.schema import ACTORS, CLOSES, INCIDENTS, LINKS, RUNS, STAGES, TABLES, THREADS, TICKETS
from report.store.store import Store
from tests.report.store.rows import DAY, NOW, PORTAL, close, person, thread, ticket

EACH = {"closes": 1, "threads": 1, "links": 1, "answers": 1, "repairs": 1, "tickets": 1, "stages": 1}


def counts(store: Store) -> dict[str, int]:
    """How many rows each table has that has any, without the schema's version."""
    found = {table.name: store.ask(f"SELECT count(*) FROM {table.name}")[0][0] for table in TABLES}  # noqa: S608
    return {name: count for name, count in found.items() if count and name != "marks"}


def traces(path: Path, *ids: str) -> list[tuple[str, str]]:
    """Which files of the folder hold which of these texts."""
    return [(file.name, id) for file in path.parent.iterdir() for id in ids if id.encode() in file.read_bytes()]


def test_a_contact_is_forgotten_to_the_last_byte(path: Path) -> None:
    """Their chats, closes, tickets, answers and repairs are gone from the file; somebody else's are there."""
    contact, chat, ticket_id = "51000000000000077", "80000000000000077", "90000000000000077"
    with Store.at(path) as store:
        person(store, contact, chat, ticket_id, NOW)
        person(store, "52", "82", "92", NOW)
    assert traces(path, contact, chat, ticket_id) != []
    with Store.at(path) as store:
        assert forget(store, contact) == EACH
        assert counts(store) == EACH
        assert traces(path, contact, chat, ticket_id) == []
    assert traces(path, contact, chat, ticket_id) == []
    with Store.at(path) as store:
        assert store.ask("SELECT thread_id, contact_id FROM threads") == [("82", "52")]


def test_a_chat_is_forgotten_and_its_person_is_not(path: Path) -> None:
    """By a thread's id its own rows go; the ticket that also carries another chat stays without this one."""
    chat = "80000000000000077"
    with Store.at(path) as store:
        person(store, "51", chat, "91", NOW)
        store.put(LINKS, [(PORTAL, "91", "83", "ticket", NOW, None)])
        assert forget(store, chat) == {"closes": 1, "threads": 1, "links": 1, "answers": 1, "repairs": 1}
        assert counts(store) == {"tickets": 1, "links": 1, "stages": 1}
    assert traces(path, chat) == []


def test_who_is_not_there_leaves_all_as_it_is(path: Path) -> None:
    """The file is written anew all the same, with the same rows."""
    with Store.at(path) as store:
        person(store, "51", "81", "91", NOW)
        assert forget(store, "99") == {}
        assert counts(store) == EACH


def test_what_is_older_than_is_kept_goes(path: Path) -> None:
    """To the millisecond, and from the file's bytes; incidents stay, and answers without their chat's id."""
    old = NOW - 45 * DAY - 1
    chat = "80000000000000077"
    with Store.at(path) as store:
        person(store, "51", chat, "91000000000000077", old)
        person(store, "52", "82", "92", old + 1)
        store.put(RUNS, [(PORTAL, old, old, old, 1, 1, 1)])
        store.put(INCIDENTS, [(PORTAL, old, None, "threshold", 3, None, None, None)])
        store.put(ACTORS, [(PORTAL, "A-1", "AGENT")])
        assert age(store, PORTAL, NOW, 45, 30) == 7
        assert counts(store) == EACH | {"answers": 2, "incidents": 1, "actors": 1}
        assert store.ask("SELECT thread_id, agrees FROM answers ORDER BY ALL") == [("", True), ("82", True)]
        assert age(store, PORTAL, NOW, 45, 30) == 0
    assert traces(path, chat, "91000000000000077") == []


def test_what_may_still_matter_stays(path: Path) -> None:
    """An open chat, which may close late, and the old ticket that names a chat which is kept."""
    old = NOW - 60 * DAY
    with Store.at(path) as store:
        store.put(
            THREADS, [thread("81", old, status="OPEN"), thread("82", NOW), thread("83", old - 30 * DAY, status="OPEN")]
        )
        store.put(CLOSES, [close("82", NOW)])
        store.put(TICKETS, [ticket("91", old), ticket("92", old)])
        store.put(LINKS, [(PORTAL, "91", "82", "ticket", old, None), (PORTAL, "92", "79", "ticket", old, None)])
        store.put(STAGES, [(PORTAL, "91", old, "1", True)])
        age(store, PORTAL, NOW, 45, 30)
        assert store.ask("SELECT thread_id FROM threads ORDER BY ALL") == [("81",), ("82",)]
        assert counts(store) == {"threads": 2, "closes": 1, "tickets": 1, "links": 1, "stages": 1}


def test_another_accounts_rows_are_left_alone(path: Path) -> None:
    """Each account's rows age by its own day."""
    with Store.at(path) as store:
        person(store, "51", "81", "91", NOW - 90 * DAY)
        assert age(store, PORTAL + 1, NOW, 45, 30) == 0
        assert counts(store) == EACH
