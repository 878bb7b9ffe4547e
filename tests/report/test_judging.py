"""Does the report judge each close as the workflow's own action did, one minute after it?"""

import functools
import importlib.util
import json
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest

from actions.parts.resolution import Judging
from harness import Runtime
from harness.portal import Chat, Request
from report.judging import Close, closes_of
from tests.actions.desk import ACTIONS, Desk, Switchboard
from tests.report.threads import ACTOR_TYPES, HOUR, MINUTE, START, Made, iso, made, message

USUAL = Judging(["1000"], ["1"], 2, ["billing"], "unless_solved", "resolved", "unresolved")
HALF_HOUR = 30 * MINUTE
TRIVIAL = {"no_visitor_message", "too_short"}
ASKS = "My invoice shows the wrong address, can you change it?"
PROMISES = "I will ask billing and get back to you."
CHANGED = "Yes, it is changed, the new invoice is attached."


@pytest.fixture(scope="module")
def triage() -> ModuleType:
    """The action's file, as HubSpot would load it."""
    spec = importlib.util.spec_from_file_location("triage_chat_of_the_report", ACTIONS / "triage_chat.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def switchboard() -> Switchboard:
    return Switchboard()


@pytest.fixture(scope="module")
def runtime(switchboard: Switchboard) -> Iterator[Runtime]:
    with Runtime(switchboard) as started:
        yield started


def rows(of: Made, judging: Judging = USUAL, silence_ms: int = HALF_HOUR, resolution: str = "") -> list[Close]:
    return closes_of(of.thread, of.newest_first(), ACTOR_TYPES, judging, silence_ms, resolution)


def ran(triage: ModuleType, of: Made, close: int, **settings: str) -> dict[str, Any]:
    """What the action's own main answers one minute after a close; HubSpot's answers are handed to it."""

    class Account:
        def __init__(self, *_: object) -> None:
            pass

        def get(self, path: str, **_: object) -> dict[str, Any]:
            return {"results": of.newest_first(close + MINUTE)} if path.endswith("/messages") else of.closed(close)

        def post(self, *_: object) -> dict[str, Any]:
            return {"results": [{"id": actor, "type": type} for actor, type in ACTOR_TYPES.items()]}

        def left(self) -> float:
            return 20.0

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(triage, "HubSpot", Account)
        patch.setenv("CHAT_HANDOFF_TOKEN", "a-key")
        given = {"thread_id": "77", "inboxes": "1", "teams": "billing", **settings}
        answered = triage.main({"inputFields": given})["outputFields"]
    assert isinstance(answered, dict)
    return answered


def ends(of: Made, silence_ms: int, answers: Callable[[int], dict[str, Any]]) -> list[int]:
    """The closes that ended a sitting, of which a later run did not show that they had ended none."""
    closes = [ms(one["createdAt"]) for one in of.messages if one.get("newStatus") == "CLOSED"]
    heard = [ms(one["createdAt"]) for one in of.messages if one.get("direction") == "INCOMING"]

    def parts(close: int, now: int) -> bool:
        """The visitor was silent after it, as it looked then: until he was heard, or until the last close."""
        return next((moment for moment in heard if close < moment <= now + MINUTE), now) - close >= silence_ms

    found = [close for close in closes if close == closes[-1] or parts(close, closes[-1])]
    gone: set[int] = set()
    for now in found:
        before = [close for close in closes if close < now]
        gone |= {close for close in before if not any(parts(one, now) for one in before if one >= close)}
        gone -= {answers(now)["closed_at"]}
    return [close for close in found if close not in gone]


def ms(text: str) -> int:
    """The opposite of `iso`, by another way than the action's."""
    from datetime import datetime

    whole, _, rest = text.rstrip("Z").partition(".")
    return int(datetime.fromisoformat(whole + "+00:00").timestamp()) * 1000 + int(rest)


def shown(close: Close) -> tuple[Any, ...]:
    return (close.resolution, close.reason, close.marker, close.agent_id, close.language, close.started_at)


ANSWERED = ("resolution", "reason", "marker", "agent_id", "language", "started_at")
SETTINGS: tuple[tuple[dict[str, str], Judging, int, str], ...] = (
    ({}, USUAL, HALF_HOUR, ""),
    ({"same_sitting_minutes": "5", "min_visitor_words": "0"}, USUAL._replace(min_words=0), 5 * MINUTE, ""),
    ({"resolution": "unresolved"}, USUAL, HALF_HOUR, "unresolved"),
    (
        {"agent_asked_last": "unresolved", "ai_unclear": "resolved", "unclear": "resolved"},
        USUAL._replace(agent_asked_last="unresolved", ai_unclear="resolved", unclear="resolved"),
        HALF_HOUR,
        "",
    ),
)


@pytest.mark.parametrize("part", range(8))
def test_every_close_is_judged_as_the_action_judges_it(triage: ModuleType, part: int) -> None:
    """On hundreds of threads each row says what the action says of the history up to a minute after that close."""
    settings, judging, silence_ms, resolution = SETTINGS[part % len(SETTINGS)]
    kinds = set()
    for seed in range(part * 100, part * 100 + 100):
        of = made(seed)
        found = rows(of, judging, silence_ms, resolution)
        answers = functools.cache(lambda close, of=of: ran(triage, of, close, **settings))
        assert [row.closed_at for row in found] == ends(of, silence_ms, answers), seed
        for number, row in enumerate(found):
            answer = answers(row.closed_at)
            outside = row.reason in {"spam", "archived", "other_channel", "other_inbox"}
            if answer["closed_at"] != row.closed_at:
                kinds.add("continues")
                assert row.resolution == "skipped", seed
                assert row.reason in TRIVIAL, seed
                assert answer["closed_at"] in {one.closed_at for one in found[:number]}, seed
            elif outside:
                kinds.add("outside")
                assert shown(row)[:3] == tuple(answer[name] for name in ANSWERED[:3]), seed
            else:
                kinds.add(row.resolution)
                assert shown(row) == tuple(answer[name] for name in ANSWERED), seed
    assert kinds >= {"continues", "outside", "unresolved", "skipped" if judging.min_words else "unresolved"}


@pytest.mark.parametrize("seed", range(200))
def test_overtaken(triage: ModuleType, seed: int) -> None:
    """A close is overtaken where the action finds a later one of the thread resolved."""
    of = made(seed)
    found = rows(of)
    resolved = [ran(triage, of, row.closed_at)["resolution"] == "resolved" for row in found]
    assert [row.overtaken for row in found] == [any(resolved[number:]) for number in range(1, len(found) + 1)]


def test_in_the_runtime(runtime: Runtime, switchboard: Switchboard) -> None:
    """What the action answered in HubSpot's stead at each close is what the report says of it a day later."""
    desk = Desk(runtime, switchboard)
    chat = desk.has_chat(ASKS, f"agent: {PROMISES}")
    answers = []
    for after, story in STORIES:
        desk.portal.clock.advance(after)
        for line in story:
            say(desk, chat, line)
            desk.portal.clock.advance(20)
        chat.closes(by=desk.agent)
        desk.portal.clock.advance(60)
        answers.append(dict(desk.outputs("triage_chat", thread_id=chat.id, inboxes=desk.inbox)))
    desk.portal.clock.advance(86400)
    chat.reopens().says("And one more thing, please")

    thread = read(desk, f"/conversations/v3/conversations/threads/{chat.id}")
    messages = read(desk, f"/conversations/v3/conversations/threads/{chat.id}/messages?limit=100")["results"]
    found = closes_of(thread, messages, {}, USUAL._replace(inboxes=[desk.inbox]), HALF_HOUR)

    assert thread["status"] == "OPEN"
    assert [(answer["resolution"], answer["reason"]) for answer in answers] == [
        ("unresolved", "promised"),
        ("unresolved", "promised"),
        ("resolved", "answered_in_session"),
        ("unresolved", "no_answer"),
        ("resolved", "marker"),
    ]
    mine = [tuple(answer[name] for name in (*ANSWERED, "closed_at")) for answer in answers]
    mine[1] = ("skipped", "no_visitor_message", "", "", "", None, found[1].closed_at)
    mine[4] = ("skipped", "no_visitor_message", "", "", "", None, found[4].closed_at)
    assert [(*shown(row), row.closed_at) for row in found] == mine
    assert answers[1]["closed_at"] == answers[0]["closed_at"] == found[0].closed_at
    assert answers[4]["closed_at"] == answers[3]["closed_at"] == found[3].closed_at
    assert [row.overtaken for row in found] == [True, True, True, True, False]


STORIES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (60, ()),
    (7200, ("opens",)),
    (7200, ("opens", "Any news?", f"agent: {CHANGED}", "Perfect, thank you!")),
    (7200, ("opens", "Another thing: the VAT number is missing too.")),
    (7200, ("opens", "comment: #resolved by phone")),
)


def say(desk: Desk, chat: Chat, line: str) -> None:
    who, _, words = line.partition(": ")
    if line == "opens":
        chat.reopens()
    elif who == "agent":
        chat.agent(words, by=desk.agent)
    elif who == "comment":
        chat.comment(words, by=desk.agent)
    else:
        chat.says(line)


def read(desk: Desk, target: str) -> dict[str, Any]:
    """What the account's API answers."""
    answer = desk.portal.answer(Request.make("GET", target, {"Authorization": f"Bearer {desk.token}"}))
    found = json.loads(answer.body)
    assert isinstance(found, dict)
    return found


def story(*lines: tuple[int, str], status: str = "CLOSED", **more: Any) -> Made:
    """A thread told in (minute, line): `V:`, `A:`, `#` for a comment, `close`, `open`."""
    messages, last = [], ""
    for number, (minute, told) in enumerate(lines):
        at, (who, _, words) = START + minute * MINUTE, told.partition(": ")
        if who in {"close", "open"}:
            turned = "CLOSED" if who == "close" else "OPEN"
            last = iso(at) if who == "close" else last
            messages.append(message(number, at, "THREAD_STATUS_CHANGE", "A-3", newStatus=turned))
        elif who == "V":
            messages.append(message(number, at, "MESSAGE", "V-1", words, direction="INCOMING"))
        else:
            messages.append(message(number, at, "MESSAGE" if who == "A" else "COMMENT", "A-3", words))
    thread = {"id": "77", "status": status, "originalChannelId": "1000", "inboxId": "1", "closedAt": last, **more}
    return Made(thread, tuple(messages))


def brief(found: list[Close]) -> list[tuple[int, str, str]]:
    return [((row.closed_at - START) // MINUTE, row.resolution, row.reason) for row in found]


def test_a_row_in_full() -> None:
    """A row says when, who wrote last, why, in which language and how many messages, and nothing that was said."""
    of = story((0, f"V: {ASKS}"), (1, f"A: {PROMISES}"), (2, "#: a remark"), (3, "close"))
    assert rows(of) == [Close(START + 3 * MINUTE, START, "3", "unresolved", "promised", "", "en", 2, False)]


def test_a_wait_is_counted_once_whether_or_not_the_visitor_returns() -> None:
    """An agent closes again within the half hour: one close waits, and one still when the visitor is back next day."""
    mistaken = ((0, f"V: {ASKS}"), (2, f"A: {PROMISES}"), (3, "close"), (20, "open"), (23, "close"))
    assert brief(rows(story(*mistaken))) == [(23, "unresolved", "promised")]
    back = story(*mistaken, (1500, "open"), (1501, "V: Any news about this invoice?"), (1502, "close"))
    assert brief(rows(back)) == [(23, "unresolved", "promised"), (1502, "unresolved", "no_answer")]


def test_a_close_by_mistake_is_none_of_a_resolved_chat() -> None:
    """An agent who closes too early, answers and closes again resolved the chat, whether or not the visitor returns."""
    early = ((0, f"V: {ASKS}"), (2, f"A: {PROMISES}"), (3, "close"), (5, "open"), (8, f"A: {CHANGED}"), (9, "close"))
    assert brief(rows(story(*early))) == [(9, "resolved", "answered_in_session")]
    back = story(*early, (1500, "open"), (1501, "V: Any news about this invoice?"), (1502, "close"))
    assert brief(rows(back)) == [(9, "resolved", "answered_in_session"), (1502, "unresolved", "no_answer")]


def test_three_closes_in_the_same_silence() -> None:
    """Where the last of three closes lies half an hour after the first, the first waits, and does so ever after."""
    told = [(0, f"V: {ASKS}"), (2, f"A: {PROMISES}"), (3, "close"), (20, "open"), (23, "close"), (40, "open")]
    waits = [(3, "unresolved", "promised"), (43, "skipped", "no_visitor_message")]
    assert brief(rows(story(*told, (43, "close")))) == waits
    back = story(*told, (43, "close"), (1500, "open"), (1501, "V: Any news about this invoice?"), (1502, "close"))
    assert brief(rows(back)) == [*waits, (1502, "unresolved", "no_answer")]


def test_open_again() -> None:
    """A thread that is open again keeps the rows of its closes; what is said since has none yet."""
    told = [(0, f"V: {ASKS}"), (2, "close"), (200, "open"), (201, "V: Are you there? The address is still wrong.")]
    assert brief(rows(story(*told, status="OPEN"))) == [(2, "unresolved", "no_answer")]


def test_what_is_added_later_than_a_minute() -> None:
    """A marker counts if it came within the minute before the workflow looked."""
    said = [(0, f"V: {ASKS}"), (2, "close")]
    assert brief(rows(story(*said, (3, "#: #resolved")))) == [(2, "resolved", "marker")]
    assert brief(rows(story(*said, (4, "#: #resolved")))) == [(2, "unresolved", "no_answer")]


def test_the_threads_own_time_of_its_close() -> None:
    """The last close is the moment that the thread names, as on tickets; of an open thread, the message's."""
    of = story((0, f"V: {ASKS}"), (2, "close"), closedAt=iso(START + 2 * MINUTE + 41))
    assert [row.closed_at for row in rows(of)] == [START + 2 * MINUTE + 41]
    still = Made({**of.thread, "status": "OPEN"}, of.messages)
    assert [row.closed_at for row in rows(still)] == [START + 2 * MINUTE]


def test_a_close_that_left_no_message() -> None:
    """A closed thread whose messages do not show it is judged by its own time; one never closed has no row."""
    silent = story((0, f"V: {ASKS}"), closedAt=iso(START + HOUR))
    assert brief(rows(silent)) == [(60, "unresolved", "no_answer")]
    assert rows(story((0, f"V: {ASKS}"), status="OPEN")) == []


@pytest.mark.parametrize("later_ms", [0, 41])
def test_written_after_the_last_close(later_ms: int) -> None:
    """What is written to a thread that stays closed makes no second row, whoever's time of the close is the later."""
    said = ((0, f"V: {ASKS}"), (2, "close"), (90, "V: Are you there? It is still wrong."))
    found = rows(story(*said, closedAt=iso(START + 2 * MINUTE + later_ms)))
    assert [row.closed_at for row in found] == [START + 2 * MINUTE]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"spam": True}, "spam"),
        ({"archived": True}, "archived"),
        ({"originalChannelId": "1002"}, "other_channel"),
        ({"inboxId": "2"}, "other_inbox"),
    ],
)
def test_what_is_left_out(more: dict[str, Any], reason: str) -> None:
    """Spam, what was put away, other channels and inboxes: skipped rows, whether or not their messages were read."""
    of = story((0, f"V: {ASKS}"), (2, "close"), **more)
    assert brief(rows(of)) == [(2, "skipped", reason)]
    assert brief(closes_of(of.thread, [], {}, USUAL, HALF_HOUR)) == [(2, "skipped", reason)]
