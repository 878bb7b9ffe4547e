"""What is left of a gathering that ends early, and does the next one go on from there?"""

import signal

import pytest

from deploy.refusals import Refused
from report.gather.run import Progress
from report.settings import SCOPES
from tests.report.desk import CANARY, INPUTS, PROPERTIES, Desk, waiting

OUTCOME = "thread_id, closed_at, resolution, reason, served_at, served_by, ticket_id, places"


def busy_account(desk: Desk) -> None:
    """Some chats that a rep made a ticket of, some that nobody did."""
    served = [{"visitor": f"Please call me. {CANARY}"}, {"close": "hubspot"}, {"ticket": "Call"}]
    desk.seeded(
        chats=[waiting("3 h", repeat=15, every="3 min"), waiting("9 h", talk=served, repeat=15, every="20 min")],
        properties=PROPERTIES,
    )
    desk.stands_still()


def refusal(desk: Desk, days: int = 30) -> str:
    """What a gathering that is refused says."""
    with pytest.raises(Refused) as refused:
        desk.gathers(days=days)
    return str(refused.value)


def test_a_budget_that_ends_is_gone_on_from(desk: Desk) -> None:
    """With a few calls at a time it is done after some runs, with what one run finds, and none is spent in vain."""
    busy_account(desk)
    desk.gathers()
    whole = desk.rows(OUTCOME)
    (desk.folder / ".report" / "local.duckdb").unlink()
    first = desk.gathers(budget=7)
    assert (first.complete, first.calls) == (False, 7)
    assert str(first.ended_by) == (
        f"GET /crm/pipelines/2026-09/tickets at {desk.hub.address}: expected to be done within 7 calls, found all of"
        " them made, and more to read. What was read is kept: run it again to go on from there, or allow more calls."
    )
    runs = 1
    while not desk.gathers(budget=9).complete:
        runs += 1
        assert runs < 10
    assert desk.rows(OUTCOME) == whole


def test_an_interruption_keeps_what_was_read(desk: Desk) -> None:
    """Ctrl-C in the midst of the messages: the chats that were read have their verdicts, and the next run the rest."""
    busy_account(desk)

    def interrupts(at: Progress) -> None:
        if at.stage == "messages" and at.done >= 4:
            raise KeyboardInterrupt

    gathered = desk.gathers(tell=interrupts)
    assert (gathered.complete, type(gathered.ended_by)) == (False, KeyboardInterrupt)
    assert 4 <= len([reason for (reason,) in desk.rows("reason") if reason]) < 15
    desk.requests()
    assert desk.gathers().complete
    assert len([one for one in desk.requests() if one.endswith("/messages")]) <= 11
    assert [reason for (reason,) in desk.rows("reason") if reason] == ["no_answer"] * 15


def test_an_outage_leaves_what_there_was(desk: Desk) -> None:
    """When a chat's messages are refused for good, the chats that were read before are kept, and those alone."""
    busy_account(desk)
    desk.gathers()
    whole = desk.rows(OUTCOME)
    (desk.folder / ".report" / "local.duckdb").unlink()
    desk.gathers(budget=16)
    part = desk.rows(OUTCOME)
    assert 0 < len(part) < len(whole)
    assert set(part) < set(whole)


def test_killed_at_any_moment_it_goes_on(desk: Desk) -> None:
    """After a SIGKILL the next run finds what an undisturbed one does, and the files hold no word of a visitor."""
    busy_account(desk)
    desk.gathers()
    whole = desk.rows(OUTCOME)
    (desk.folder / ".report" / "local.duckdb").unlink()
    desk.weather({"kind": "slow", "seconds": 0.05, "probability": 1, "end": "2100-01-01T00:00:00Z"})
    for at in (4, 12):
        desk.requests()
        with desk.begins_to_gather() as process:
            while process.poll() is None and desk.hub.control("GET", "requests?limit=1").body["total"] < at:
                process.poll()
            process.send_signal(signal.SIGKILL)
        assert process.returncode == -signal.SIGKILL
        assert [file.name for file in desk.files() if CANARY.encode() in file.read_bytes()] == []
    desk.weather()
    assert desk.gathers().complete
    assert desk.rows(OUTCOME) == whole


def test_another_accounts_key_gathers_nothing(desk: Desk) -> None:
    """The portal's file and the key have to be about the same account."""
    desk.seeded(account={"id": 4711002}, chats=[waiting()])
    assert refusal(desk) == (
        "deploy/portals/local.toml, portal_id: expected a key of the account 4711001, found one of the account 4711002."
        " Export the other account's key in HUBSPOT_REPORT_TOKEN, or choose its portal's file."
    )
    assert desk.rows("*", "threads") == []


def test_three_scopes_are_enough_and_none_can_be_spared(desk: Desk) -> None:
    """A key that may only read tickets, contacts and conversations gathers all; without one of them it says which."""
    busy_account(desk)
    desk.hub.control("POST", "tokens", {"value": "local-report", "scopes": list(SCOPES)})
    desk.hub.control("POST", "tokens", {"value": "local-less", "scopes": list(SCOPES[1:])})
    full = desk.hub.token
    try:
        desk.hub.token = "local-less"
        assert "it lacks conversations.read" in refusal(desk)
        desk.hub.token = "local-report"
        assert desk.gathers().complete
    finally:
        desk.hub.token = full
    assert len(desk.rows("thread_id")) == 30


def test_an_inbox_that_is_not_there_is_named(desk: Desk) -> None:
    """Chats of an inbox that nobody has would never be found."""
    desk.seeded(chats=[waiting()])
    desk.has(INPUTS.replace("1200001", "77"))
    assert refusal(desk) == (
        "deploy/portals/local.toml, inputs, inboxes: expected inboxes of this account (1200001), found 77."
        " Correct the ids: they stand in the inbox's address."
    )


def test_more_days_than_are_kept_are_refused(desk: Desk) -> None:
    """What is older than keep_days is gone, and its absence would look like no drops."""
    desk.seeded()
    assert refusal(desk, days=60) == (
        "--days: expected as many days as are kept at most (45), found 60."
        " Ask for fewer, or keep more: --keep-days, or keep_days in deploy/portals/local.toml, [report]."
    )


def test_other_settings_judge_anew(desk: Desk) -> None:
    """A verdict by other settings than today's is none; chats of an inbox that was not chosen are read then."""
    desk.seeded(inboxes=[{"name": "Support"}, {"name": "Sales"}], chats=[waiting("3 h"), waiting("2 h", inbox="Sales")])
    desk.gathers()
    assert desk.rows("inbox_id, resolution") == [("1200001", "unresolved")]
    desk.has(INPUTS.replace('["1200001"]', '["1200001", "1200002"]') + 'resolution = "resolved"\n')
    desk.gathers()
    assert desk.rows("inbox_id, resolution") == [("1200001", "resolved"), ("1200002", "resolved")]
