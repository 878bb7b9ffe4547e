"""What does HubSpot do with the stages of a pipeline, one by one?"""

from typing import Any

from harness.portal.versions import D03, D09, V3
from tests.claims.claim import DOCUMENTED, GUESSED, GUIDE, OURS, SPEC, STATUS, answer, effect, refusal
from tests.claims.hub import Answer, Hub
from tests.claims.pipelines import MOVE, a_stage, found, has_pipeline, has_ticket, is_closed, takes_tickets

ALL, NEW = (f"pipelines {method} /{{objectType}}/{{pipelineId}}/stages" for method in ("GET", "POST"))
ONE, CHANGE, REPLACE, ARCHIVE = (
    f"pipelines {method} /{{objectType}}/{{pipelineId}}/stages/{{stageId}}"
    for method in ("GET", "PATCH", "PUT", "DELETE")
)
AUDIT = f"{ONE}/audit"
BAD = (400, "VALIDATION_ERROR")


def does(hub: Hub, pipeline: str, body: Any = None, stage: str = "", **query: str) -> Answer:
    """The operation in question in a pipeline, or on a stage of it."""
    return hub.does(body, query=query, objectType="tickets", pipelineId=pipeline, stageId=stage)


def call(hub: Hub, operation: str, pipeline: str, body: Any = None, stage: str = "") -> Answer:
    """Another operation in a pipeline, or on a stage of it."""
    return hub.call(operation, body, objectType="tickets", pipelineId=pipeline, stageId=stage)


def labels(hub: Hub, pipeline: str) -> list[str]:
    """The labels of a pipeline's stages, in their order; they are listed as the pipeline has them."""
    stages = call(hub, ALL, pipeline).body["results"]
    assert stages == found(hub, pipeline)["stages"]
    return [each["label"] for each in stages]


def has_two(hub: Hub) -> tuple[str, Any, Any]:
    """A pipeline's id and its two stages, the open one first."""
    pipeline = has_pipeline(hub)
    return pipeline["id"], *pipeline["stages"]


@effect(NEW, mark=DOCUMENTED, source=SPEC)
def create(hub: Hub) -> None:
    """A stage is read as it was made, stands where its order says, and tickets can be in it."""
    pipeline, _, paid = has_two(hub)
    made = does(hub, pipeline, a_stage("Sent", paid["displayOrder"]))
    assert (made.status, made.body["label"], made.body["archived"]) == (201, "Sent", False)
    assert made.body["metadata"] == {"ticketState": "OPEN", "isClosed": "false"}
    assert call(hub, ONE, pipeline, stage=made.body["id"]).body == made.body
    assert labels(hub, pipeline) == ["Asked", "Paid", "Sent"]
    assert takes_tickets(hub, pipeline, made.body["id"])


@effect(NEW, mark=DOCUMENTED, source=SPEC)
def create_closed(hub: Hub) -> None:
    """A ticket in a stage whose ticketState is CLOSED is closed; the state may be left out and is OPEN then."""
    pipeline, asked, _ = has_two(hub)
    ticket = has_ticket(hub, pipeline, asked["id"])
    for given, closed in (({"ticketState": "CLOSED"}, "true"), ({}, "false")):
        made = does(hub, pipeline, a_stage(f"Sent {closed}", metadata=given)).body
        assert made["metadata"]["isClosed"] == closed
        body = {"properties": {"hs_pipeline_stage": made["id"]}}
        hub.call(MOVE, body, objectType="tickets", objectId=ticket)
        assert is_closed(hub, ticket) == closed


@answer(ALL, mark=DOCUMENTED, source=SPEC)
def list_all(hub: Hub) -> None:
    """A list has all stages by displayOrder, and those of one order by label."""
    pipeline, asked, paid = has_two(hub)
    assert does(hub, pipeline).body == {"results": [asked, paid]}
    new = call(hub, NEW, pipeline, a_stage("Kept", paid["displayOrder"])).body
    assert does(hub, pipeline).body == {"results": [asked, new, paid]}
    call(hub, ARCHIVE, pipeline, stage=asked["id"])
    assert does(hub, pipeline).body == {"results": [new, paid]}


@answer(ONE, mark=DOCUMENTED, source=SPEC)
def read(hub: Hub) -> None:
    """A stage is read as it is now, and not once it is archived."""
    pipeline, asked, _ = has_two(hub)
    assert does(hub, pipeline, stage=asked["id"]).body == asked
    given = {"label": "Wanted", "metadata": {"ticketState": "OPEN"}}
    call(hub, CHANGE, pipeline, given, asked["id"])
    after = does(hub, pipeline, stage=asked["id"]).body
    assert after | {"updatedAt": ""} == asked | {"label": "Wanted", "updatedAt": ""}
    call(hub, ARCHIVE, pipeline, stage=asked["id"])
    assert does(hub, pipeline, stage=asked["id"]).status == 404


@effect(CHANGE, mark=DOCUMENTED, source=SPEC)
def change(hub: Hub) -> None:
    """What is given of a stage changes and the rest stays; the moment of change is another."""
    pipeline, before, _ = has_two(hub)
    closed = {"ticketState": "CLOSED"}
    for given in ({"label": "Wanted", "metadata": {}}, {"displayOrder": 5, "metadata": {}}, {"metadata": closed}):
        hub.account.waits(1)
        changed = does(hub, pipeline, given, before["id"])
        after = call(hub, ONE, pipeline, stage=before["id"]).body
        metadata = {**closed, "isClosed": "true"} if given["metadata"] else before["metadata"]
        assert (changed.status, changed.body) == (200, after)
        assert after | {"updatedAt": ""} == before | given | {"updatedAt": "", "metadata": metadata}
        assert after["updatedAt"] > before["updatedAt"]
        before = after
    assert labels(hub, pipeline) == ["Paid", "Wanted"]


@effect(CHANGE, mark=GUESSED, source=OURS)
def change_without_metadata(hub: Hub) -> None:
    """A change need not say the metadata, although the specs require it."""
    pipeline, asked, _ = has_two(hub)
    assert does(hub, pipeline, {"label": "Wanted"}, asked["id"]).status == 200
    after = call(hub, ONE, pipeline, stage=asked["id"]).body
    assert (after["label"], after["metadata"]) == ("Wanted", asked["metadata"])


@effect(REPLACE, mark=DOCUMENTED, source=SPEC)
def replace(hub: Hub) -> None:
    """A stage is replaced whole and stays itself: the tickets in it are closed ones by its new state."""
    pipeline, asked, _ = has_two(hub)
    replaced = does(hub, pipeline, a_stage("Done", 5, "CLOSED"), asked["id"])
    after = call(hub, ONE, pipeline, stage=asked["id"]).body
    assert (replaced.status, replaced.body) == (200, after)
    kept = {"id": asked["id"], "createdAt": asked["createdAt"], "label": "Done", "displayOrder": 5}
    assert after | kept | {"metadata": {"ticketState": "CLOSED", "isClosed": "true"}} == after
    assert labels(hub, pipeline) == ["Paid", "Done"]
    assert is_closed(hub, has_ticket(hub, pipeline, asked["id"])) == "true"


@effect(ARCHIVE, mark=DOCUMENTED, source=SPEC)
def archive(hub: Hub) -> None:
    """A stage is taken away, also with tickets in it, which stay where they are; it takes no others."""
    pipeline, asked, _ = has_two(hub)
    ticket = has_ticket(hub, pipeline, asked["id"])
    gone = does(hub, pipeline, stage=asked["id"])
    assert (gone.status, gone.body, labels(hub, pipeline)) == (204, None, ["Paid"])
    assert takes_tickets(hub, pipeline, asked["id"]) is False
    read = hub.read("tickets", ticket, "hs_pipeline_stage")
    assert read is not None
    assert read["hs_pipeline_stage"] == asked["id"]


@effect(ARCHIVE, versions=(D09,), mark=GUESSED, source=OURS)
def archive_without_looking(hub: Hub) -> None:
    """In 2026-09, whose spec has no such parameter, nobody looks whether a stage has records."""
    pipeline, asked, _ = has_two(hub)
    has_ticket(hub, pipeline, asked["id"])
    does(hub, pipeline, stage=asked["id"], validateReferencesBeforeDelete="true")
    assert labels(hub, pipeline) == ["Paid"]


@answer(AUDIT, mark=DOCUMENTED, source=SPEC)
def audit(hub: Hub) -> None:
    """What was done to a stage is on record, the newest first."""
    pipeline, _, _ = has_two(hub)
    id = call(hub, NEW, pipeline, a_stage("Sent", 5)).body["id"]
    before = does(hub, pipeline, stage=id).body["results"]
    hub.account.waits(1)
    call(hub, CHANGE, pipeline, {"label": "Received", "metadata": {}}, id)
    after = does(hub, pipeline, stage=id).body["results"]
    assert (len(before), len(after), after[1:]) == (1, 2, before)
    assert after[0]["timestamp"] > before[0]["timestamp"]
    assert {(each["portalId"], each["identifier"]) for each in after} == {(before[0]["portalId"], id)}


@answer(AUDIT, mark=GUESSED, source=OURS)
def audit_of_all(hub: Hub) -> None:
    """Making, changing and archiving are on record, also of a stage that is gone."""
    pipeline, _, _ = has_two(hub)
    id = call(hub, NEW, pipeline, a_stage("Sent", 5)).body["id"]
    assert [each["action"] for each in does(hub, pipeline, stage=id).body["results"]] == ["CREATE"]
    call(hub, REPLACE, pipeline, a_stage("Received", 5), id)
    call(hub, ARCHIVE, pipeline, stage=id)
    done = does(hub, pipeline, stage=id).body["results"]
    assert [(each["action"], each["rawObject"]["label"]) for each in done] == [
        ("DELETE", "Received"),
        ("UPDATE", "Received"),
        ("CREATE", "Sent"),
    ]


@refusal(NEW, REPLACE, mark=DOCUMENTED, source=SPEC)
def keys_missing(hub: Hub) -> None:
    """A stage needs a label, an order and metadata."""
    whole = a_stage("Sent", 5)
    _refused(hub, *({name: value for name, value in whole.items() if name != key} for key in whole))


@refusal(NEW, REPLACE, CHANGE, mark=DOCUMENTED, source=SPEC)
def label_taken(hub: Hub) -> None:
    """The labels of a pipeline's stages are unique."""
    _refused(hub, a_stage("Paid"))


@refusal(NEW, mark=GUESSED, source=OURS)
def one_too_many(hub: Hub) -> None:
    """A pipeline that has a hundred stages takes no more."""
    names = [f"Step {at}" for at in range(100)]
    pipeline = has_pipeline(hub, stages=[a_stage(name, at) for at, name in enumerate(names)])["id"]
    assert does(hub, pipeline, a_stage("Sent", 100)).refused == BAD
    assert labels(hub, pipeline) == names


@refusal(NEW, REPLACE, CHANGE, mark=DOCUMENTED, source=SPEC)
def state(hub: Hub) -> None:
    """A ticket's stage is OPEN or CLOSED."""
    _refused(hub, a_stage("Sent", state="MAYBE"))


@refusal(NEW, mark=GUESSED, source=OURS)
def id_taken(hub: Hub) -> None:
    """An id that a stage of the pipeline has is a 409."""
    pipeline, asked, _ = has_two(hub)
    assert does(hub, pipeline, a_stage("Sent", stageId=asked["id"])).refused == (409, "CONFLICT")
    assert labels(hub, pipeline) == ["Asked", "Paid"]


@refusal(ONE, CHANGE, REPLACE, ARCHIVE, AUDIT, mark=GUESSED, source=STATUS)
def no_stage(hub: Hub) -> None:
    """A stage that is not there, or is one of another pipeline, is a 404."""
    pipeline, (_, other, _) = has_pipeline(hub)["id"], has_two(hub)
    body = a_stage("Sent") if hub.operation in (CHANGE, REPLACE) else None
    for id in (f"visitor_{hub.word()}", other["id"]):
        assert does(hub, pipeline, body, id).refused == (404, "OBJECT_NOT_FOUND")
    assert labels(hub, pipeline) == ["Asked", "Paid"]


@refusal(ALL, NEW, ONE, CHANGE, REPLACE, ARCHIVE, AUDIT, mark=GUESSED, source=STATUS)
def no_pipeline(hub: Hub) -> None:
    """The stages of a pipeline that is not there are a 404."""
    body = a_stage("Sent") if hub.operation in (NEW, CHANGE, REPLACE) else None
    assert does(hub, f"visitor_{hub.word()}", body, "1").refused == (404, "OBJECT_NOT_FOUND")


@refusal(ARCHIVE, mark=GUESSED, source=OURS)
def last_stage(hub: Hub) -> None:
    """A pipeline's last stage stays."""
    pipeline = has_pipeline(hub, stages=[a_stage("Asked")])
    assert does(hub, pipeline["id"], stage=pipeline["stages"][0]["id"]).refused == BAD
    assert labels(hub, pipeline["id"]) == ["Asked"]


@refusal(ARCHIVE, versions=(V3, D03), mark=DOCUMENTED, source=GUIDE)
def in_use(hub: Hub) -> None:
    """If asked to look, which 2026-09 cannot be, HubSpot keeps a stage in which records are, and names both."""
    pipeline, asked, _ = has_two(hub)
    ticket = has_ticket(hub, pipeline, asked["id"])
    answer = does(hub, pipeline, stage=asked["id"], validateReferencesBeforeDelete="true")
    words = f"Stage IDs: [{asked['id']}] are being referenced by object IDs: [{ticket}]"
    assert answer.said == (*BAD, words)
    assert answer.body["subCategory"] == "PipelineError.STAGE_ID_IN_USE"
    assert labels(hub, pipeline) == ["Asked", "Paid"]


def _refused(hub: Hub, *bodies: dict[str, Any]) -> None:
    pipeline, asked, _ = has_two(hub)
    for body in bodies:
        assert does(hub, pipeline, body, asked["id"]).refused == BAD, body
    assert labels(hub, pipeline) == ["Asked", "Paid"]
    assert call(hub, ONE, pipeline, stage=asked["id"]).body == asked
