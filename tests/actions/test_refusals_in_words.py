"""What does the operator read when a setting is wrong, or HubSpot says no? The whole sentence, before any call."""

import pytest

from tests.actions.desk import CHAIN, PROPERTIES, Desk, Done

MEND = ". Correct it in this action's side panel in the workflow editor."
ROUTE = '[{"marker": "billing", "pipeline": "0", "stage": "1"}]'
IN_ROUTE = f"only marker, inbox, channel, pipeline, stage, priority, owner, email_id, each with a text, as in {ROUTE}"
ONE_OF_TWO = "the chat's thread_id (conversation workflow) or the enrolled ticket_id (ticket workflow), one of the two"
EXTRA = "texts and numbers for properties other than chat_…, hs_pipeline and hs_pipeline_stage (see routes)"
COPIED = "contact properties for ticket properties other than chat_…, hs_pipeline and hs_pipeline_stage"
SPAN = 'a span like "30m", "4h" or "2d" (d: 24 hours of business time) for each priority'
HOURS = "hours like Mon-Fri 09:00-17:30, Sat 10:00-14:00 (a whole day is 00:00-24:00)"
SENTENCE = "for each language a sentence with {due} in it"
NO_DIGITS = "an id that no"

WRONG: list[tuple[str, str, str, str, str]] = [
    ("create_ticket", "mode", "maybe", "one of off, dry, live", "text of 5 characters"),
    ("create_ticket", "api_version", "v", "one of 2026-09, v3", "text of 1 characters (did you mean v3?)"),
    ("create_ticket", "transcript", "x", "one of excerpt, full, none", "text of 1 characters"),
    ("create_ticket", "ticket_id", "90000001", ONE_OF_TWO, "both"),
    ("create_ticket", "link_template", "x" * 1001, "an address of at most 1,000 characters", "text of 1001 characters"),
    ("create_ticket", "routes", '[{"pipline": "0"}]', f"in route 1 {IN_ROUTE}", "something else"),
    ("create_ticket", "routes", '[{"stage": "1"}, {"stage": true}]', f"in route 2 {IN_ROUTE}", "something else"),
    ("create_ticket", "routes", '[{"stage": null}]', f"in route 1 {IN_ROUTE}", "something else"),
    ("create_ticket", "routes", '["billing"]', f"in route 1 {IN_ROUTE}", "something else"),
    ("create_ticket", "routes", '[{"email_id": "x"}]', "digits as email_id of route 1", "something else"),
    ("create_ticket", "routes", '{"stage": "1"}', f"JSON text like {ROUTE}", "a JSON dict"),
    ("create_ticket", "stage_moves", "[]", 'JSON text like {"2": "3"}', "a JSON list"),
    ("create_ticket", "extra_properties", '{"chat_x": "1"}', EXTRA, "a value that cannot be set here"),
    ("create_ticket", "extra_properties", '{"x": ["1"]}', EXTRA, "a value that cannot be set here"),
    ("create_ticket", "copy_properties", '{"chat_x": "tier"}', COPIED, "something else"),
    ("create_ticket", "copy_properties", '{"hs_pipeline": "tier"}', COPIED, "something else"),
    ("create_ticket", "copy_properties", '{"tier": 1}', COPIED, "something else"),
    ("create_ticket", "reopen_days", "x", "a number from 0 to 1e+09", "text of 1 characters"),
    ("create_ticket", "lookback_days", "x", "a number from 0 to 1e+09", "text of 1 characters"),
    ("stamp_chat_closed_at", "mode", "maybe", "one of off, dry, live", "text of 5 characters"),
    ("stamp_chat_closed_at", "sla", '{"default": "8 days"}', SPAN, "text of 6 characters"),
    ("stamp_chat_closed_at", "sla", '{"default": "0h"}', SPAN, "text of 2 characters"),
    ("stamp_chat_closed_at", "business_hours", "Mo 9", HOURS, "text of 4 characters"),
    ("stamp_chat_closed_at", "zone", "Berlin", "an IANA time zone like Europe/Berlin", "text of 6 characters"),
    (
        "stamp_chat_closed_at",
        "holidays",
        "2026-02-30",
        "days of the calendar like 2026-12-25, parted by commas",
        "text of 10 characters",
    ),
    ("stamp_chat_closed_at", "response_template", '{"en": "soon"}', SENTENCE, "another value"),
    ("stamp_chat_closed_at", "response_template", '{"en": 5}', SENTENCE, "another value"),
    ("stamp_chat_closed_at", "response_template", f'{{"en": "{{due}}{"x" * 1000}"}}', SENTENCE, "another value"),
    ("send_confirmation", "mode", "maybe", "one of off, dry, live", "text of 5 characters"),
    ("send_confirmation", "pause_minutes", "x", "a number from 0 to 1e+09", "text of 1 characters"),
]


@pytest.mark.parametrize(("action", "name", "value", "wanted", "found"), WRONG)
def test_a_wrong_setting(desk: Desk, action: str, name: str, value: str, wanted: str, found: str) -> None:
    """One line with the action, the input, what was expected there and what was found; HubSpot is not asked."""
    plain = {"thread_id": "8000000001"} if action == "create_ticket" else {"ticket_id": "90000001"}
    where = "thread_id" if (action, name) == ("create_ticket", "ticket_id") else name

    outcome = desk.run(action, **{**plain, name: value})

    assert (outcome.status, outcome.calls) == ("failed", ())
    assert said(outcome) == f"{action}: input '{where}': expected {wanted}, found {found}{MEND}"


@pytest.mark.parametrize("length", [1000, 1001])
def test_how_long_a_sentence_may_be(desk: Desk, length: int) -> None:
    """A thousand characters, and no more."""
    template = "{due}" + "x" * (length - 5)

    outcome = desk.run(
        "stamp_chat_closed_at", closed_at="1772438520000", response_template=f'{{"en": "{template}"}}', mode="dry"
    )

    assert outcome.status == ("succeeded" if length == 1000 else "failed")


def test_the_longest_link_template(desk: Desk) -> None:
    """A thousand characters are taken."""
    outcome = desk.run("create_ticket", mode="off", thread_id="8000000001", link_template="x" * 1000)

    assert outcome.status == "succeeded"


@pytest.mark.parametrize("action", CHAIN)
def test_a_secret_that_is_not_there(desk: Desk, action: str) -> None:
    """Each action says of itself that its secret is missing, and where to create it."""
    desk.token = ""
    given = {"ticket_id": "90000001"} if action in CHAIN[3:] else {"thread_id": "8000000001"}

    outcome = desk.run(action, **given, closed_at="1772438520000")

    assert said(outcome).startswith(f"{action}: secret 'CHAT_HANDOFF_TOKEN' is not here. Create it under Secrets")


def test_live_without_inboxes(desk: Desk) -> None:
    """Live mode wants its inboxes named, and says so."""
    outcome = desk.run("create_ticket", mode="live", thread_id="8000000001")

    wanted = "the ids of the inboxes to serve, for example 5391823 (mode is live)"
    assert said(outcome) == f"create_ticket: input 'inboxes': expected {wanted}, found nothing{MEND}"


def test_neither_chat_nor_ticket(desk: Desk) -> None:
    """An action that is given nothing to work on says what it needs."""
    outcome = desk.run("create_ticket")

    assert said(outcome) == f"create_ticket: input 'thread_id': expected {ONE_OF_TWO}, found neither{MEND}"


@pytest.mark.parametrize(
    ("action", "name", "what"),
    [
        ("create_ticket", "ticket_id", "the enrolled ticket's id"),
        ("create_ticket", "candidate_id", "dedup_check's ticket id"),
        ("create_ticket", "thread_id", "triage_chat's thread id"),
        ("stamp_chat_closed_at", "ticket_id", "create_ticket's ticket id"),
        ("send_confirmation", "ticket_id", "create_ticket's ticket id"),
        ("send_confirmation", "email_id", "the id of a published transactional e-mail"),
        ("send_confirmation", "route_email_id", "the id of a published transactional e-mail"),
    ],
)
def test_an_id_that_is_none(desk: Desk, action: str, name: str, what: str) -> None:
    """It says whose id belongs there."""
    plain = {"thread_id": "8000000001"} if action == "create_ticket" and name != "ticket_id" else {}

    outcome = desk.run(action, **{**plain, name: "abc"})

    assert said(outcome).startswith(f"{action}: input '{name}': expected {what}")


def said(outcome: object) -> str:
    """The action's own words, without the place of its code."""
    error = getattr(outcome, "error", None)
    assert error is not None, outcome
    return str(error.sentence).partition(": ")[2]


@pytest.mark.parametrize("status", [423, 429, 477, 500, 503])
def test_which_status_lasting_trouble_leaves_with(desk: Desk, status: int) -> None:
    """429 and 5xx as they came; what HubSpot would not run again by itself as 503; after four attempts in 7 seconds."""
    chat = desk.has_unresolved_chat()
    desk.portal.weather.busy(times=50, status=status)

    outcome = desk.run("create_ticket", thread_id=chat.id)

    leaves = {423: 503, 477: 503}.get(status, status)
    assert outcome.error is not None
    assert outcome.error.sentence.startswith(f"HubSpot's API answered {leaves} ")
    assert [call.status for call in outcome.calls] == [status] * 4
    assert int(outcome.duration_ms / 1000) == 7
    assert f"no success for GET conversations/threads/… (last answer {status})" in outcome.logs


def test_which_status_no_answer_leaves_with(desk: Desk) -> None:
    """A connection that is lost again and again is one that HubSpot runs again: 503."""
    chat = desk.has_unresolved_chat()
    desk.portal.weather.drops(times=50)

    outcome = desk.run("create_ticket", thread_id=chat.id)

    assert outcome.error is not None
    assert outcome.error.sentence.startswith("HubSpot's API answered 503 ")
    assert "no success for GET conversations/threads/… (last answer 0)" in outcome.logs


REFUSED = "HubSpot refused GET conversations/threads/… ({} {}): {}"


@pytest.mark.parametrize(
    ("status", "category", "remedy"),
    [
        (409, "INTERNAL_ERROR", "see the request in HubSpot's API log for the whole answer."),
        (418, "INTERNAL_ERROR", "see the request in HubSpot's API log for the whole answer."),
    ],
)
def test_what_hubspot_refuses_for_good(desk: Desk, status: int, category: str, remedy: str) -> None:
    """One call, and one line with request, status, HubSpot's category, and where to look."""
    chat = desk.has_unresolved_chat()
    desk.portal.weather.busy(times=50, status=status)

    outcome = desk.run("create_ticket", thread_id=chat.id)

    assert (outcome.status, [call.status for call in outcome.calls]) == ("failed", [status])
    assert said(outcome) == REFUSED.format(status, category, remedy)


def test_a_scope_that_is_missing(desk: Desk) -> None:
    """The scope by its name, and what to do with it."""
    chat = desk.has_unresolved_chat()
    desk.token = desk.portal.token("tickets")

    outcome = desk.run("create_ticket", thread_id=chat.id)

    remedy = "the service key lacks a scope: conversations.read; add it to the key."
    assert said(outcome) == REFUSED.format(403, "MISSING_SCOPES", remedy)


@pytest.mark.parametrize("action", ["create_ticket", "stamp_chat_closed_at", "send_confirmation"])
def test_a_property_that_is_not_provisioned(desk: Desk, action: str) -> None:
    """The action that could not write names itself, the property, and where it is defined."""
    name = {
        "create_ticket": "chat_thread_id",
        "stamp_chat_closed_at": "chat_closed_at",
        "send_confirmation": "chat_confirmation_requested_at",
    }[action]
    desk = desk.without_properties()
    desk.portal.provision([one for one in PROPERTIES if one["name"] != name])
    chat = desk.has_unresolved_chat()
    done: Done = {}
    for before in CHAIN[: CHAIN.index(action)]:
        done[before] = desk.outputs(before, **desk.inputs_for(before, chat, done))

    outcome = desk.run(action, **desk.inputs_for(action, chat, done))

    assert said(outcome).startswith(f"{action}: HubSpot refuses the ticket because of {name} (")
