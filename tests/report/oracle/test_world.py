"""Is the oracle right about its own world? What is written down, worked out again from the account itself."""

import pytest

from harness.clock import millis, moment
from harness.portal.conversations.state import Thread
from harness.portal.verbs.records import Record
from tests.report.oracle.expected import SKIPPED
from tests.report.oracle.history import History, history
from tests.report.oracle.stage import MINUTE

SILENCE = 30 * MINUTE


@pytest.mark.parametrize("seed", [0, 3, 6, 8, 41])
def test_closes_and_services_are_those_of_the_account(seed: int) -> None:
    """The ends of sittings and the first moments at which an open ticket names them are as the stories say."""
    told = history(seed)
    written = {one.key: one.served_at for one in told.endings if one.label != SKIPPED}
    nothing = {one.key for one in told.endings} - written.keys()
    tickets = told.stage.portal.records("tickets")
    threads = told.stage.portal.world.conversations.threads.values()
    ends = {(thread.id, close): thread for thread in threads for close in _ends(thread)}
    assert ends.keys() == written.keys() | nothing
    assert written == {key: _served(told, tickets, ends[key], key[1]) for key in written}


def test_every_kind_of_close_occurs() -> None:
    """A seed's account has closes of every status and of every way to be served, so that no comparison is empty."""
    told = history(1)
    assert {one.status(told.stage.now) for one in told.window} == {
        "served",
        "late",
        "dropped",
        "pending",
        "resolved",
        "skipped",
    }
    assert {one.how for one in told.window} == {"", "created", "made_before", "attached", "reopened"}
    assert any(one.overtaken for one in told.window)
    assert any(one.ambiguous for one in told.window)
    assert len(told.endings) > len(told.window)


def test_a_seed_is_the_same_each_time() -> None:
    """Playing a seed twice makes the same account, to the last id."""
    first, second = (history(5).stage.portal.state() for _ in range(2))
    assert first == second


def _ends(thread: Thread) -> list[int]:
    closes = [message.at for message in thread.messages if message.new_status == "CLOSED"]
    heard = [message.at for message in thread.messages if message.incoming]
    ends = []
    for close in closes:
        back = min((at for at in heard if at > close), default=None)
        silent_until = closes[-1] if back is None else back
        once_more = min((at for at in closes if at > close), default=None)
        if once_more is not None and once_more - close < SILENCE and (back is None or back > once_more):
            continue  # by mistake: the visitor's return does not make it an end
        if (close == closes[-1] and back is None) or silent_until - close >= SILENCE:
            ends.append(close)
    return ends


def _served(told: History, tickets: list[Record], thread: Thread, close: int) -> int | None:
    moments = [
        max(begun, named, close)
        for ticket in tickets
        for named in [_named(told, ticket, thread)]
        for begun, end in _open_spells(told, ticket)
        if named is not None and max(begun, named, close) < end
    ]
    return min(moments, default=None)


def _open_spells(told: History, ticket: Record) -> list[tuple[int, int]]:
    shut = {stage for _, stage in told.stage.pipelines.values()}
    entered = [(_at(one["timestamp"]), one["value"]) for one in ticket.history["hs_pipeline_stage"]][::-1]
    ends = [at for at, _ in entered[1:]] + [told.stage.now + 1]
    return [(at, end) for (at, stage), end in zip(entered, ends, strict=True) if stage not in shut]


def _named(told: History, ticket: Record, thread: Thread) -> int | None:
    """Since when it names the thread. An association has no time: it came with the ticket, or else with a line."""
    lines = [_at(one["timestamp"]) for one in ticket.history.get("chat_threads", ()) if thread.id in one["value"]]
    keys = [
        _at(one["timestamp"])
        for one in ticket.history.get("chat_thread_id", ())
        if one["value"].split("#")[0] == thread.id
    ]
    linked = told.stage.portal.associations("conversations", thread.record_id, "tickets")
    if ticket.id in linked and not (lines and not keys):
        keys.append(_at(ticket.properties["createdate"]))
    return min(lines + keys, default=None)


def _at(text: str) -> int:
    return millis(moment(text))
