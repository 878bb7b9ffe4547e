"""The ticket comes first, its ornaments second: what HubSpot refuses is left out and named (docs/rules.md, 4)."""

from typing import Any

import pytest

from tests.actions.desk import Desk, Done


def made(desk: Desk, **settings: str) -> Any:
    """create_ticket on a plain unresolved chat, with these settings."""
    chat = desk.has_unresolved_chat()
    judged: Done = desk.advised(chat)
    return desk.run("create_ticket", **{**desk.inputs_for("create_ticket", chat, judged), **settings})


def test_an_owner_who_left(desk: Desk) -> None:
    """A deactivated owner leaves the ticket to HubSpot's own rotation."""
    owner = desk.portal.owner_of(desk.agent)
    desk.portal.deactivates(desk.agent)

    outcome = made(desk, routes=f'[{{"owner": "{owner}"}}]')

    assert (outcome.output_fields["outcome"], outcome.output_fields["left_out"]) == ("created", "hubspot_owner_id")


def test_the_agent_who_had_the_chat_owns_the_ticket(desk: Desk) -> None:
    """`agent` as owner is the person who wrote last in the chat."""
    outcome = made(desk, routes='[{"owner": "agent"}]')

    assert desk.ticket(outcome.output_fields["ticket_id"])["hubspot_owner_id"] == desk.portal.owner_of(desk.agent)


def test_an_option_that_does_not_exist(desk: Desk) -> None:
    """A priority the portal does not know costs the ticket its priority, and nothing else."""
    outcome = made(desk, routes='[{"priority": "SUPER", "pipeline": "0", "stage": "3"}]')

    ticket = desk.ticket(outcome.output_fields["ticket_id"])
    assert (outcome.output_fields["left_out"], ticket["hs_pipeline_stage"]) == ("hs_ticket_priority", "3")


def test_a_stage_that_takes_no_new_ticket(desk: Desk) -> None:
    """The route's stage does not exist any more: the ticket lands in the pipeline's first open stage."""
    outcome = made(desk, routes='[{"pipeline": "0", "stage": "404"}]')

    ticket = desk.ticket(outcome.output_fields["ticket_id"])
    assert (outcome.output_fields["left_out"], ticket["hs_pipeline_stage"]) == ("hs_pipeline_stage", "1")


def test_the_first_route_that_fits(desk: Desk) -> None:
    """Routes are read from the top; every condition of one has to hold."""
    somebody_else = {"contact_id": "", "dedup_verdict": "none", "candidate_id": ""}
    routes = f'[{{"marker": "billing", "stage": "2"}}, {{"inbox": "{desk.inbox}", "stage": "3"}}, {{"stage": "1"}}]'

    made(desk, routes=routes, **somebody_else)
    made(desk, routes=routes, marker="#Billing", **somebody_else)

    stages = [one.properties["hs_pipeline_stage"] for one in desk.portal.records("tickets")]
    assert stages == ["3", "2"]


@pytest.mark.parametrize(
    ("routes", "found"),
    [
        ('[{"pipline": "0"}]', "input 'routes'"),
        ('[{"stage": ""}]', "input 'routes'"),
        ('["billing"]', "input 'routes'"),
        ('[{"email_id": "abc"}]', "input 'routes'"),
        ('{"stage": "1"}', "input 'routes'"),
    ],
)
def test_a_route_with_a_mistake_is_refused(desk: Desk, routes: str, found: str) -> None:
    """A misspelt key or an empty value is not passed over: one line, before the first call."""
    outcome = made(desk, routes=routes)

    assert (outcome.status, outcome.error.name, found in outcome.error.sentence, outcome.calls) == (
        "failed",
        "BadInput",
        True,
        (),
    )


def test_a_property_that_is_required_overnight(desk: Desk) -> None:
    """The portal began to require a property: one line with its label and where to give it a value."""
    desk.portal.requires("tickets", "hs_ticket_category")

    outcome = made(desk)

    assert (outcome.status, outcome.error.name, desk.portal.records("tickets")) == ("failed", "BadInput", [])
    assert outcome.error.sentence.endswith(
        "HubSpot refuses the ticket because of hs_ticket_category (Ticket category): give it a value in the input"
        ' extra_properties, for example {"hs_ticket_category": "…"}.'
    )


def test_extra_properties_answer_it(desk: Desk) -> None:
    """With a value in extra_properties the ticket is made; true and numbers arrive as HubSpot takes them."""
    desk.portal.requires("tickets", "hs_ticket_category")
    desk.portal.provision([{"name": "vip", "label": "VIP", "type": "bool", "fieldType": "booleancheckbox"}])

    outcome = made(desk, extra_properties='{"hs_ticket_category": "BILLING_ISSUE", "vip": true, "subject": null}')

    ticket = desk.ticket(outcome.output_fields["ticket_id"])
    assert (ticket["hs_ticket_category"], ticket["vip"]) == ("BILLING_ISSUE", "true")


@pytest.mark.parametrize("name", ["chat_thread_id", "chat_open_key", "hs_pipeline_stage", "hs_pipeline"])
def test_extra_properties_are_not_the_keys(desk: Desk, name: str) -> None:
    """The keys by which a chat is known cannot be overwritten by a setting."""
    outcome = made(desk, extra_properties=f'{{"{name}": "5"}}')

    assert (outcome.status, outcome.error.name, outcome.calls) == ("failed", "BadInput", ())


def test_copied_from_the_contact(desk: Desk) -> None:
    """copy_properties fills ticket properties from the contact's."""
    desk.portal.provision([{"name": "customer", "label": "Customer", "type": "string", "fieldType": "text"}])

    outcome = made(desk, copy_properties='{"customer": "lastname"}')

    assert desk.ticket(outcome.output_fields["ticket_id"])["customer"] == "Twelve"


@pytest.mark.parametrize("extent", ["excerpt", "full", "none"])
def test_a_transcript_longer_than_a_property(desk: Desk, extent: str) -> None:
    """However long the chat, the ticket is made and its description keeps within HubSpot's limit."""
    chat = desk.has_chat(*["😀漢字 & <b>words</b> " * 400 for _ in range(40)])
    chat.closes()
    judged = desk.advised(chat)

    outputs = desk.make(chat, judged, transcript=extent)

    content = desk.ticket(outputs["ticket_id"])["content"]
    assert (outputs["outcome"], len(content) <= 65536, "<b>" in content) == ("created", True, False)


def test_a_stage_move_that_is_refused(desk: Desk) -> None:
    """A ticket that may not be moved is attached to all the same."""
    ticket = desk.portal.has_ticket("Waiting", contact=desk.contact, hs_pipeline_stage="2")

    outcome = made(desk, stage_moves='{"2": "404"}')

    assert (outcome.output_fields["outcome"], outcome.output_fields["left_out"]) == ("attached", "hs_pipeline_stage")
    assert desk.ticket(ticket)["hs_pipeline_stage"] == "2"


def test_a_stage_move(desk: Desk) -> None:
    """A ticket that waits on the contact is moved when the contact's chat is attached."""
    ticket = desk.portal.has_ticket("Waiting", contact=desk.contact, hs_pipeline_stage="2")

    made(desk, stage_moves='{"2": "3"}')

    assert desk.ticket(ticket)["hs_pipeline_stage"] == "3"


@pytest.mark.parametrize("stage", ["404", "4"])
def test_a_reopening_stage_that_is_wrong(desk: Desk, stage: str) -> None:
    """A reopen_stage that does not exist does not keep a ticket closed: the pipeline's first open stage takes it."""
    chat = desk.has_unresolved_chat()
    ticket = desk.serve(chat)["create_ticket"]["ticket_id"]
    desk.portal.close_ticket(ticket)
    chat.reopens().says("It is still wrong.").closes(by=desk.agent)
    judged = desk.advised(chat)

    outputs = desk.make(chat, judged, reopen_stage=stage)

    assert (outputs["outcome"], desk.ticket(ticket)["hs_pipeline_stage"]) == ("reopened", "1")


def test_a_pipeline_without_an_open_stage(desk: Desk) -> None:
    """A ticket that no stage can reopen is not called reopened: the chat gets another one."""
    pipeline = desk.portal.has_pipeline("Done only", [("Done", "CLOSED")])
    place: dict[str, Any] = {"hs_pipeline": pipeline, "hs_pipeline_stage": desk.portal.stages(pipeline)["Done"]}
    chat = desk.has_unresolved_chat()
    old = desk.portal.has_ticket("Done", contact=desk.contact, thread=chat, **place)

    outputs = desk.make(chat, desk.advised(chat))

    assert (outputs["outcome"], outputs["ticket_id"] != old) == ("created", True)


def test_a_note_is_written_once(desk: Desk) -> None:
    """With add_note a chat that joins a ticket leaves one note on its timeline, however often the run is repeated."""
    ticket = desk.portal.has_ticket("Open", contact=desk.contact)
    chat = desk.has_unresolved_chat()
    judged = desk.advised(chat)

    for _ in range(3):
        desk.make(chat, judged, add_note="true")

    (note,) = desk.portal.records("notes")
    assert note.properties["hs_note_body"].startswith("Chat closed 2026-03-02T08:02:00Z: https://app.hubspot.com/")
    assert desk.portal.associations("tickets", ticket, "notes") == [note.id]


def test_a_note_whose_answer_is_lost_is_looked_for_first(desk: Desk) -> None:
    """The note is on the ticket, but its answer is a 502: it is not written again before somebody looked."""
    desk.portal.has_ticket("Open", contact=desk.contact)
    chat = desk.has_unresolved_chat()
    inputs = desk.inputs_for("create_ticket", chat, desk.advised(chat)) | {"add_note": "true"}
    desk.portal.weather.breaks(times=1, after_write=True, route="POST /crm/objects/2026-09/notes")

    statuses = [desk.run("create_ticket", **inputs).status for _ in range(2)]

    assert (statuses, len(desk.portal.records("notes"))) == (["will_retry", "succeeded"], 1)


def test_a_full_list_of_chats(desk: Desk) -> None:
    """A ticket whose list of chats is full drops the oldest lines, never the new one."""
    full = "x" * 65500
    ticket = desk.portal.has_ticket("Full", contact=desk.contact, chat_threads=full)
    chat = desk.has_unresolved_chat()

    outputs = desk.make(chat, desk.advised(chat))

    kept = desk.ours(ticket)["chat_threads"]
    assert (outputs["outcome"], chat.id in kept.splitlines()[-1], len(kept) <= 65536) == ("attached", True, True)


@pytest.mark.parametrize(
    ("scope", "left_out"),
    [
        ("crm.objects.owners.read", "hubspot_owner_id"),
        ("crm.objects.companies.read", ""),
        ("crm.objects.contacts.read", "contact"),
    ],
)
def test_a_scope_for_an_ornament(desk: Desk, scope: str, left_out: str) -> None:
    """A key without a scope that only an ornament needs still makes the ticket, and it says what the ticket lacks."""
    chat = desk.has_unresolved_chat()
    judged = desk.advised(chat)
    scopes = set(desk.contract("create_ticket").scopes) - {scope}
    desk.token = desk.portal.token(*scopes)

    outputs = desk.make(chat, judged, routes='[{"owner": "agent"}]')

    assert (outputs["outcome"], outputs["left_out"].split(", ")[0]) == ("created", left_out)
    assert desk.portal.associations("tickets", outputs["ticket_id"], "conversations") == [chat.id]


@pytest.mark.parametrize("copied", ['{"chat_thread_id": "firstname"}', '{"hs_pipeline": "x"}', '{"a": {"b": 1}}'])
def test_copies_are_not_the_keys(desk: Desk, copied: str) -> None:
    """No contact property is copied over the keys by which a chat is known."""
    outcome = made(desk, copy_properties=copied)

    assert (outcome.status, outcome.error.name, outcome.calls) == ("failed", "BadInput", ())


def test_an_empty_copy_replaces_nothing(desk: Desk) -> None:
    """A contact without the property leaves the ticket's own value alone."""
    outcome = made(desk, copy_properties='{"subject": "jobtitle"}')

    assert desk.ticket(outcome.output_fields["ticket_id"])["subject"].startswith("Unresolved chat: ")


NAMES = [
    ("create_ticket", "inboxes", "Support"),
    ("create_ticket", "channels", "live chat"),
    ("create_ticket", "help_desk_inboxes", "HD"),
    ("triage_chat", "inboxes", "Support"),
    ("triage_chat", "channels", "live chat"),
    ("dedup_check", "pipelines", "Support Pipeline"),
    ("stamp_chat_closed_at", "waiting_stages", "Waiting on contact"),
]


@pytest.mark.parametrize(("action", "name", "value"), NAMES)
def test_a_name_where_an_id_belongs(desk: Desk, action: str, name: str, value: str) -> None:
    """A label typed where HubSpot's id belongs would quietly match nothing; it is refused before the first call."""
    thread = {"ticket_id": "90000001"} if action == "stamp_chat_closed_at" else {"thread_id": "8000000001"}

    outcome = desk.run(action, **thread, **{name: value})

    assert outcome.error is not None
    assert (outcome.error.name, f"input '{name}': expected ids, not" in outcome.error.sentence) == ("BadInput", True)
    assert outcome.calls == ()
