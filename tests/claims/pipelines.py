"""What does HubSpot do with pipelines: made, changed, replaced, put away and brought back?"""

from typing import Any

from tests.claims.claim import DOCUMENTED, GUESSED, OURS, SPEC, answer, effect
from tests.claims.hub import Hub

ALL, NEW = "pipelines GET /{objectType}", "pipelines POST /{objectType}"
ONE = "pipelines GET /{objectType}/{pipelineId}"
CHANGE = "pipelines PATCH /{objectType}/{pipelineId}"
REPLACE = "pipelines PUT /{objectType}/{pipelineId}"
ARCHIVE = "pipelines DELETE /{objectType}/{pipelineId}"
AUDIT = "pipelines GET /{objectType}/{pipelineId}/audit"
TICKET = "objects POST /{objectType}"
MOVE = "objects PATCH /{objectType}/{objectId}"


def a_stage(label: str, order: int = 0, state: str = "OPEN", **given: Any) -> dict[str, Any]:
    """What a request for a stage says."""
    return {"label": label, "displayOrder": order, "metadata": {"ticketState": state}, **given}


def a_pipeline(hub: Hub, **given: Any) -> dict[str, Any]:
    """What a request for a pipeline says whose label none has: its second stage comes first, and the other closes."""
    stages = [a_stage("Paid", 1, "CLOSED"), a_stage("Asked", 0)]
    return {"label": f"Visitors {hub.word()}", "displayOrder": 7, "stages": stages, **given}


def has_pipeline(hub: Hub, **given: Any) -> Any:
    """A pipeline of the account, as the answer to its request has it."""
    made = hub.call(NEW, a_pipeline(hub, **given), objectType="tickets")
    assert made.status == 201, made.body
    return made.body


def found(hub: Hub, id: str) -> Any:
    """A pipeline as it is read; None when there is none."""
    read = hub.call(ONE, objectType="tickets", pipelineId=id)
    return read.body if read.status == 200 else None


def listed(hub: Hub) -> list[str]:
    """The ids of all pipelines, in their order."""
    return hub.call(ALL, objectType="tickets").ids


def has_ticket(hub: Hub, pipeline: str, stage: str) -> str:
    """A ticket in a stage."""
    return hub.make("tickets", hs_pipeline=pipeline, hs_pipeline_stage=stage)


def takes_tickets(hub: Hub, pipeline: str, stage: str) -> bool:
    """Whether tickets can be made in a stage."""
    body = {"properties": {**hub.sample("tickets"), "hs_pipeline": pipeline, "hs_pipeline_stage": stage}}
    return hub.call(TICKET, {**body, "associations": []}, objectType="tickets").status == 201


def is_closed(hub: Hub, ticket: str) -> str:
    """Whether a ticket is closed."""
    read = hub.read("tickets", ticket, "hs_is_closed")
    assert read is not None
    return str(read["hs_is_closed"])


@effect(NEW, types=("tickets",), mark=DOCUMENTED, source=SPEC)
def create(hub: Hub) -> None:
    """A pipeline is read and listed as it was made, its stages in their order, and tickets are closed in it."""
    given = a_pipeline(hub)
    made = hub.does(given)
    assert (made.status, made.body["label"], made.body["displayOrder"]) == (201, given["label"], 7)
    assert [(each["label"], each["metadata"]["ticketState"]) for each in made.body["stages"]] == [
        ("Asked", "OPEN"),
        ("Paid", "CLOSED"),
    ]
    assert (found(hub, made.body["id"]), listed(hub).count(made.body["id"])) == (made.body, 1)
    asked, paid = (each["id"] for each in made.body["stages"])
    ticket = has_ticket(hub, made.body["id"], asked)
    before = is_closed(hub, ticket)
    hub.call(MOVE, {"properties": {"hs_pipeline_stage": paid}}, objectType="tickets", objectId=ticket)
    assert (before, is_closed(hub, ticket)) == ("false", "true")


@effect(NEW, types=("tickets",), mark=DOCUMENTED, source=SPEC)
def create_with_ids(hub: Hub) -> None:
    """A pipeline and its stages have the ids that they were asked for with."""
    id, stage = f"visitor_{hub.word()}", f"visitor_{hub.word()}"
    hub.does(a_pipeline(hub, pipelineId=id, stages=[a_stage("Asked", stageId=stage)]))
    read = found(hub, id)
    assert (read["id"], [each["id"] for each in read["stages"]]) == (id, [stage])


@answer(ALL, types=("tickets",), mark=DOCUMENTED, source=SPEC)
def list_all(hub: Hub) -> None:
    """A list has all pipelines with their stages, by displayOrder, and those of one order by label."""
    before = hub.does().ids
    word = hub.word()
    late, early = (has_pipeline(hub, label=f"{letter}{word}", displayOrder=90)["id"] for letter in "BA")
    first = has_pipeline(hub, displayOrder=89)["id"]
    after = hub.does()
    assert after.ids == [*before, first, early, late]
    assert after.body["results"][-1] == found(hub, late)
    hub.call(ARCHIVE, objectType="tickets", pipelineId=first)
    assert hub.does().ids == [*before, early, late]


@answer(ALL, types=("notes",), mark=GUESSED, source=OURS)
def list_of_others(hub: Hub) -> None:
    """The list of a type that has no pipelines is empty; that of tickets has some."""
    assert hub.does().body == {"results": []}
    assert hub.does(objectType="tickets").body["results"] != []


@answer(ONE, types=("tickets",), mark=DOCUMENTED, source=SPEC)
def read(hub: Hub) -> None:
    """A pipeline is read as it is now, and not once it is archived."""
    id, label = has_pipeline(hub)["id"], f"Visitors {hub.word()}"
    before = hub.does(pipelineId=id).body
    hub.call(CHANGE, {"label": label}, objectType="tickets", pipelineId=id)
    after = hub.does(pipelineId=id).body
    assert after | {"updatedAt": ""} == before | {"updatedAt": "", "label": label}
    hub.call(ARCHIVE, objectType="tickets", pipelineId=id)
    assert hub.does(pipelineId=id).status == 404


@effect(CHANGE, types=("tickets",), mark=DOCUMENTED, source=SPEC)
def change(hub: Hub) -> None:
    """What is given of a pipeline changes and the rest stays; the moment of change is another."""
    before = has_pipeline(hub)
    for given in ({"label": f"Visitors {hub.word()}"}, {"displayOrder": 8}):
        hub.account.waits(1)
        changed = hub.does(given, pipelineId=before["id"])
        after = found(hub, before["id"])
        assert (changed.status, changed.body) == (200, after)
        assert after | {"updatedAt": ""} == before | given | {"updatedAt": ""}
        assert after["updatedAt"] > before["updatedAt"]
        before = after


@effect(REPLACE, types=("tickets",), mark=DOCUMENTED, source=SPEC)
def replace(hub: Hub) -> None:
    """A pipeline is replaced whole: its label, its order, and its stages; a stage that is named stays itself."""
    before = has_pipeline(hub)
    asked, paid = (each["id"] for each in before["stages"])
    ticket = has_ticket(hub, before["id"], asked)
    stages = [a_stage("Done", 0, "CLOSED", stageId=asked), a_stage("New", 1)]
    given = a_pipeline(hub, stages=stages, displayOrder=8)
    hub.account.waits(1)
    replaced = hub.does(given, pipelineId=before["id"])
    after = found(hub, before["id"])
    assert (replaced.status, replaced.body) == (200, after)
    assert (after["label"], after["displayOrder"], after["createdAt"]) == (given["label"], 8, before["createdAt"])
    assert [each["label"] for each in after["stages"]] == ["Done", "New"]
    done = after["stages"][0]
    assert (done["id"], done["createdAt"]) == (asked, before["stages"][0]["createdAt"])
    assert paid not in [each["id"] for each in after["stages"]]
    assert takes_tickets(hub, before["id"], paid) is False
    read = hub.read("tickets", ticket, "hs_pipeline_stage")
    assert read is not None
    assert read["hs_pipeline_stage"] == asked


@effect(ARCHIVE, types=("tickets",), mark=DOCUMENTED, source=SPEC)
def archive(hub: Hub) -> None:
    """An archived pipeline is neither read nor listed and takes no tickets; those that are in it stay."""
    pipeline = has_pipeline(hub)
    stage = pipeline["stages"][0]["id"]
    ticket = has_ticket(hub, pipeline["id"], stage)
    gone = hub.does(pipelineId=pipeline["id"])
    assert (gone.status, gone.body) == (204, None)
    assert (found(hub, pipeline["id"]), pipeline["id"] in listed(hub)) == (None, False)
    assert takes_tickets(hub, pipeline["id"], stage) is False
    read = hub.read("tickets", ticket, "hs_pipeline")
    assert read is not None
    assert read["hs_pipeline"] == pipeline["id"]


@effect(CHANGE, types=("tickets",), mark=DOCUMENTED, source=SPEC)
def restore(hub: Hub) -> None:
    """An archived pipeline is brought back with archived=false: read, listed, taking tickets."""
    pipeline = has_pipeline(hub)
    hub.call(ARCHIVE, objectType="tickets", pipelineId=pipeline["id"])
    assert found(hub, pipeline["id"]) is None
    assert hub.does({"archived": False}, pipelineId=pipeline["id"]).status == 200
    assert found(hub, pipeline["id"]) | {"updatedAt": ""} == pipeline | {"updatedAt": ""}
    assert pipeline["id"] in listed(hub)
    assert takes_tickets(hub, pipeline["id"], pipeline["stages"][0]["id"])


@answer(AUDIT, types=("tickets",), mark=DOCUMENTED, source=SPEC)
def audit(hub: Hub) -> None:
    """What was done to a pipeline is on record, the newest first."""
    id = has_pipeline(hub)["id"]
    before = hub.does(pipelineId=id).body["results"]
    hub.account.waits(1)
    hub.call(CHANGE, {"displayOrder": 8}, objectType="tickets", pipelineId=id)
    after = hub.does(pipelineId=id).body["results"]
    assert (len(before), len(after), after[1:]) == (1, 2, before)
    assert after[0]["timestamp"] > before[0]["timestamp"]
    assert {(each["portalId"], each["identifier"]) for each in after} == {(before[0]["portalId"], id)}


@answer(AUDIT, types=("tickets",), mark=GUESSED, source=OURS)
def audit_of_all(hub: Hub) -> None:
    """Making, changing, replacing, archiving and restoring are on record, by what the pipeline was like afterwards."""
    made = has_pipeline(hub)
    path: dict[str, Any] = {"objectType": "tickets", "pipelineId": made["id"]}
    first = hub.does(**path).body["results"]
    label = f"Visitors {hub.word()}"
    hub.call(CHANGE, {"label": label}, **path)
    hub.call(REPLACE, a_pipeline(hub, label=label), **path)
    hub.call(ARCHIVE, **path)
    hub.call(CHANGE, {"archived": False}, **path)
    done = hub.does(**path).body["results"]
    assert [each["action"] for each in done] == ["UPDATE", "DELETE", "UPDATE", "UPDATE", "CREATE"]
    assert [each["rawObject"]["label"] for each in done] == [label] * 4 + [made["label"]]
    assert done[-1:] == first
