"""What does HubSpot work out about a ticket by itself, and what does it insist on?"""

from datetime import datetime, timedelta

from harness.portal.versions import D03, D09, V3
from tests.claims.batches import BATCH_CREATE, BATCH_UPDATE
from tests.claims.claim import DOCUMENTED, GUESSED, OURS, SEEN, effect, refusal
from tests.claims.hub import Answer, Hub
from tests.claims.records import CREATE, UPDATE
from tests.claims.values import changed, refused, write

TICKETS = ("tickets",)
WRITES = (CREATE, UPDATE, BATCH_CREATE, BATCH_UPDATE)
SKILLS = "HubSpot's agent skills"
CHANGELOG = "HubSpot's changelog: crm-api-write-validation-enforcement"
STAGES = "pipelines GET /{objectType}/{pipelineId}/stages"
CLOSING = ("hs_is_closed", "closed_date", "time_to_close")


def stages(hub: Hub, pipeline: str) -> dict[str, str]:
    """The stages of a pipeline: from OPEN and CLOSED to the first such stage's id."""
    found = hub.call(STAGES, objectType="tickets", pipelineId=pipeline).body["results"]
    return {stage["metadata"]["ticketState"]: stage["id"] for stage in reversed(found)}


def another_pipeline(hub: Hub) -> str:
    """A pipeline such as nobody has made before; its id."""
    names = [("Asked", "OPEN"), ("Paid", "CLOSED")]
    made = [
        {"label": name, "displayOrder": at, "metadata": {"ticketState": state}}
        for at, (name, state) in enumerate(names)
    ]
    body = {"label": f"Returns {hub.word()}", "displayOrder": 1, "stages": made}
    return str(hub.call("pipelines POST /{objectType}", body, objectType="tickets").body["id"])


def seen(hub: Hub, id: str, *names: str) -> list[str | None]:
    """Some of a ticket's values."""
    read = hub.read("tickets", id, *names)
    assert read is not None
    return [read.get(name) for name in names]


def written(answer: Answer) -> str:
    """The id of the one record that was written."""
    return str(answer.body.get("id") or answer.ids[0])


@effect(UPDATE, BATCH_UPDATE, types=TICKETS, mark=DOCUMENTED, source=SKILLS)
def closes(hub: Hub) -> None:
    """A ticket in a closed stage is closed, and says when and after how long; opened again it is not closed."""
    id, states = hub.make(), stages(hub, "0")
    assert seen(hub, id, *CLOSING) == ["false", None, None]
    hub.account.waits(1)
    write(hub, id, {"hs_pipeline_stage": states["CLOSED"]})
    is_closed, at, after = seen(hub, id, *CLOSING)
    created, modified = seen(hub, id, "createdate", "hs_lastmodifieddate")
    assert (is_closed, at) == ("true", modified)
    begun, ended = (datetime.fromisoformat(str(moment)) for moment in (created, at))
    assert int(after or 0) == (ended - begun) // timedelta(milliseconds=1) >= 1000
    write(hub, id, {"hs_pipeline_stage": states["OPEN"]})
    assert seen(hub, id, *CLOSING) == ["false", None, None]


@effect(UPDATE, BATCH_UPDATE, types=TICKETS, mark=GUESSED, source=SEEN)
def last_closed(hub: Hub) -> None:
    """A ticket that was opened again still says when it was closed last."""
    id, states = hub.make(), stages(hub, "0")
    hub.account.waits(1)
    write(hub, id, {"hs_pipeline_stage": states["CLOSED"]})
    (at,) = seen(hub, id, "closed_date")
    hub.account.waits(1)
    write(hub, id, {"hs_pipeline_stage": states["OPEN"]})
    assert at is not None
    assert seen(hub, id, "hs_last_closed_date", "closed_date") == [at, None]


@effect(CREATE, BATCH_CREATE, types=TICKETS, mark=GUESSED, source=OURS)
def closed_from_the_start(hub: Hub) -> None:
    """A ticket that is made in a closed stage is closed from the start."""
    id = written(write(hub, "", {"hs_pipeline_stage": stages(hub, "0")["CLOSED"]}))
    is_closed, at, after = seen(hub, id, *CLOSING)
    assert (is_closed, [at], after) == ("true", seen(hub, id, "createdate"), "0")


@effect(CREATE, types=TICKETS, versions=(V3,), mark=DOCUMENTED, source=SKILLS)
def subject_alone(hub: Hub) -> None:
    """On v3 a ticket needs its subject alone, and is put into the first stage of the first pipeline."""
    id = hub.does({"properties": {"subject": hub.word()}, "associations": []}).body["id"]
    assert seen(hub, id, "hs_pipeline", "hs_pipeline_stage") == ["0", stages(hub, "0")["OPEN"]]


@effect(UPDATE, BATCH_UPDATE, types=TICKETS, mark=GUESSED, source=OURS)
def moves(hub: Hub) -> None:
    """A ticket that moves to another pipeline without a stage is put into its first one."""
    id, pipeline = hub.make(), another_pipeline(hub)
    write(hub, id, {"hs_pipeline": pipeline})
    assert seen(hub, id, "hs_pipeline", "hs_pipeline_stage") == [pipeline, stages(hub, pipeline)["OPEN"]]


@effect(*WRITES, types=TICKETS, mark=DOCUMENTED, source="HubSpot's tickets guide")
def stage_of_its_pipeline(hub: Hub) -> None:
    """A ticket is put into a stage of another pipeline, given with it."""
    pipeline = another_pipeline(hub)
    place = {"hs_pipeline": pipeline, "hs_pipeline_stage": stages(hub, pipeline)["CLOSED"]}
    id = written(write(hub, changed(hub), place))
    assert seen(hub, id, *place, "hs_is_closed") == [*place.values(), "true"]


@refusal(*WRITES, types=TICKETS, mark=GUESSED, source=SEEN)
def stage_of_another_pipeline(hub: Hub) -> None:
    """A stage of another pipeline is refused with a list of this one's."""
    stage = stages(hub, another_pipeline(hub))["OPEN"]
    here = hub.call(STAGES, objectType="tickets", pipelineId="0").ids
    words = f"{stage} was not one of the allowed options: [{', '.join(here)}]"
    assert refused(hub, "hs_pipeline_stage", stage) == ("INVALID_OPTION", words)


@refusal(*WRITES, types=TICKETS, mark=GUESSED, source=SEEN)
def no_such_pipeline(hub: Hub) -> None:
    """A pipeline that there is not is refused with a list of those there are."""
    there = hub.call("pipelines GET /{objectType}", objectType="tickets").ids
    words = f"no-pipeline was not one of the allowed options: [{', '.join(there)}]"
    assert refused(hub, "hs_pipeline", "no-pipeline") == ("INVALID_OPTION", words)


def lacks(hub: Hub, given: dict[str, str], *names: str, id: str = "") -> None:
    """What is written is refused because these are not set, and nothing is written."""
    entry = {"id": id, "properties": given} if id else {"properties": given, "associations": []}
    before = hub.listed(hub.type)
    answer = hub.does({"inputs": [entry]} if hub.operation in (BATCH_CREATE, BATCH_UPDATE) else entry, objectId=id)
    label = {"tickets": "TICKET", "contacts": "CONTACT", "notes": "NOTE"}[hub.type]
    words = f"Error {'updating' if id else 'creating'} {label}. Some required properties were not set."
    assert answer.said == (400, "VALIDATION_ERROR", words)
    context = {"properties": list(names)}
    assert answer.body["errors"] == [{"message": words, "code": "REQUIRED_FIELD", "context": context}]
    assert hub.listed(hub.type) == before


@refusal(CREATE, BATCH_CREATE, types=TICKETS, versions=(D03, D09), mark=DOCUMENTED, source=f"{CHANGELOG}; words seen")
def subject_and_stage(hub: Hub) -> None:
    """On the dated versions a ticket needs its subject and its stage."""
    lacks(hub, {}, "hs_pipeline_stage", "subject")
    lacks(hub, {"subject": hub.word()}, "hs_pipeline_stage")


@refusal(UPDATE, BATCH_UPDATE, types=TICKETS, versions=(D03, D09), mark=DOCUMENTED, source=f"{CHANGELOG}; words ours")
def subject_stays(hub: Hub) -> None:
    """On the dated versions what a ticket needs cannot be taken from it."""
    subject = hub.word()
    id = hub.make(subject=subject)
    lacks(hub, {"subject": ""}, "subject", id=id)
    assert seen(hub, id, "subject") == [subject]


@refusal(
    CREATE,
    BATCH_CREATE,
    types=("tickets", "contacts"),
    versions=(D03, D09),
    mark=DOCUMENTED,
    source=f"{CHANGELOG}; words seen",
)
def what_the_account_requires(hub: Hub) -> None:
    """On the dated versions a record needs what the account's own form for it requires."""
    name = {"tickets": "hs_ticket_category", "contacts": "lastname"}[hub.type]
    hub.by_hand.requires(hub.type, name)
    lacks(hub, hub.sample(), name)


@refusal(
    CREATE, BATCH_CREATE, types=("notes",), mark=DOCUMENTED, source="HubSpot's notes guide; words seen for tickets"
)
def a_note_s_time(hub: Hub) -> None:
    """A note needs its time, on every version."""
    lacks(hub, {"hs_note_body": hub.word()}, "hs_timestamp")
