"""Pipelines and stages: made, changed, replaced, put away, brought back, and what was done to them."""

from typing import Any

import pytest

from harness.portal import Portal
from tests.harness.portal.app import TICKETS, App

PIPELINES = "/crm/pipelines/2026-09/tickets"
NOW = "2026-03-02T08:00:00Z"


def stage(label: str, order: int = 0, state: str = "OPEN", **more: str) -> dict[str, Any]:
    """A stage to be made."""
    return {"label": label, "displayOrder": order, "metadata": {"ticketState": state}, **more}


def returns(**change: Any) -> dict[str, Any]:
    """A pipeline to be made."""
    stages = [stage("Paid", 1, "CLOSED"), stage("Asked", 0)]
    return {"label": "Returns", "displayOrder": 1, "stages": stages, **change}


@pytest.fixture
def made(app: App) -> dict[str, Any]:
    """A second pipeline, as its answer has it."""
    answer = app.post(PIPELINES, returns())
    assert answer.status == 201
    body: dict[str, Any] = answer.body
    return body


def test_a_pipeline_is_made_with_its_stages(portal: Portal, app: App, made: dict[str, Any]) -> None:
    """It is read, listed in its order with its stages in theirs, and tickets can be made and closed in it."""
    assert [(s["label"], s["metadata"]["ticketState"]) for s in made["stages"]] == [
        ("Asked", "OPEN"),
        ("Paid", "CLOSED"),
    ]
    assert app.get(f"{PIPELINES}/{made['id']}").body == made
    assert [p["label"] for p in app.get(PIPELINES).body["results"]] == ["Support Pipeline", "Returns"]
    asked, paid = (s["id"] for s in made["stages"])
    ticket = app.make_ticket(hs_pipeline=made["id"], hs_pipeline_stage=asked).body["id"]
    closed = app.patch(f"{TICKETS}/{ticket}", {"properties": {"hs_pipeline_stage": paid}})
    assert closed.body["properties"]["hs_is_closed"] == "true"


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        ({"label": "Returns"}, 400, "lacks required fields: [displayOrder, stages]"),
        (returns(label="Support Pipeline"), 400, "A pipeline with the label Support Pipeline already exists"),
        (returns(stages=[]), 400, "A pipeline needs at least one stage"),
        (returns(stages=[stage("A"), stage("A")]), 400, "A stage with the label A already exists"),
        (returns(stages=[stage("A", state="MAYBE")]), 400, "ticketState must be OPEN or CLOSED"),
        (returns(displayOrder="first"), 400, "expected displayOrder to be a whole number"),
        (returns(pipelineId="0"), 409, "A pipeline with the id 0 already exists"),
    ],
)
def test_a_pipeline_that_makes_no_sense_is_refused(app: App, body: dict[str, Any], status: int, message: str) -> None:
    """Missing keys, labels and ids that are taken, and states that are none; nothing is made."""
    refused = app.post(PIPELINES, body)
    assert refused.status == status
    assert message in refused.body["message"]
    assert len(app.get(PIPELINES).body["results"]) == 1


def test_other_types_have_no_pipelines(app: App) -> None:
    """Notes have none, and none can be made for them."""
    assert app.get("/crm/pipelines/2026-09/notes").body == {"results": []}
    assert app.post("/crm/pipelines/2026-09/notes", returns()).status == 400


def test_a_pipeline_is_changed_and_replaced(portal: Portal, app: App, made: dict[str, Any]) -> None:
    """PATCH changes what is given; PUT replaces all, keeping the stages it names; both set the time of change."""
    path = f"{PIPELINES}/{made['id']}"
    portal.clock.advance(60)
    changed = app.patch(path, {"label": "Refunds"}).body
    assert (changed["label"], changed["displayOrder"], changed["updatedAt"]) == ("Refunds", 1, "2026-03-02T08:01:00Z")
    kept = made["stages"][0]["id"]
    replaced = app.put(path, returns(displayOrder=0, stages=[stage("Asked again", stageId=kept), stage("New", 1)])).body
    assert replaced["label"] == "Returns"
    assert [s["label"] for s in replaced["stages"]] == ["Asked again", "New"]
    assert (replaced["stages"][0]["id"], replaced["stages"][0]["createdAt"]) == (kept, NOW)
    assert app.get(f"{path}/stages/{made['stages'][1]['id']}").status == 404


def test_a_pipeline_is_put_away_and_brought_back(app: App, made: dict[str, Any]) -> None:
    """A deleted pipeline is gone from reads and takes no tickets; archived=false, and that alone, brings it back."""
    path, first = f"{PIPELINES}/{made['id']}", made["stages"][0]["id"]
    assert (
        app.patch(path, {"archived": False}).error[2] == "archived can only be given as false, for an archived pipeline"
    )
    assert app.delete(path).status == 204
    assert (app.get(path).status, len(app.get(PIPELINES).body["results"])) == (404, 1)
    assert app.make_ticket(hs_pipeline=made["id"], hs_pipeline_stage=first).status == 400
    assert app.patch(path, {"archived": False}).body["archived"] is False
    assert app.make_ticket(hs_pipeline=made["id"], hs_pipeline_stage=first).status == 201


def test_the_last_pipeline_and_the_last_stage_stay(app: App) -> None:
    """Neither can be deleted."""
    assert app.delete(f"{PIPELINES}/0").error[2] == "The last pipeline cannot be deleted"
    for id in ("1", "2", "3"):
        assert app.delete(f"{PIPELINES}/0/stages/{id}").status == 204
    assert app.delete(f"{PIPELINES}/0/stages/4").status == 400


def test_what_has_tickets_is_kept_when_asked_for(portal: Portal, app: App, made: dict[str, Any]) -> None:
    """With validateReferencesBeforeDelete a stage or pipeline with tickets is refused, naming both."""
    asked = made["stages"][0]["id"]
    ticket = app.make_ticket(hs_pipeline=made["id"], hs_pipeline_stage=asked).body["id"]
    for path in (f"{PIPELINES}/{made['id']}", f"/crm/v3/pipelines/tickets/{made['id']}/stages/{asked}"):
        refused = app.call("DELETE", path, query={"validateReferencesBeforeDelete": "true"})
        assert refused.error[2] == f"Stage IDs: [{asked}] are being referenced by object IDs: [{ticket}]"
        assert refused.body["subCategory"] == "PipelineError.STAGE_ID_IN_USE"
    assert app.delete(f"{PIPELINES}/{made['id']}/stages/{asked}").status == 204
    assert app.patch(f"{TICKETS}/{ticket}", {"properties": {"subject": "still there"}}).status == 200


def test_stages_are_made_changed_and_replaced(portal: Portal, app: App, made: dict[str, Any]) -> None:
    """A stage comes at its order; PATCH keeps what is not given; a label that is taken is refused."""
    path = f"{PIPELINES}/{made['id']}/stages"
    new = app.post(path, stage("Sent", 5))
    assert (new.status, new.body["metadata"]) == (201, {"ticketState": "OPEN", "isClosed": "false"})
    assert [s["label"] for s in app.get(path).body["results"]] == ["Asked", "Paid", "Sent"]
    changed = app.patch(f"{path}/{new.body['id']}", {"metadata": {"ticketState": "CLOSED"}}).body
    assert (changed["label"], changed["metadata"]["isClosed"]) == ("Sent", "true")
    assert app.put(f"{path}/{new.body['id']}", stage("Sent back", 0)).body["displayOrder"] == 0
    assert [s["label"] for s in app.get(path).body["results"]] == ["Asked", "Sent back", "Paid"]
    assert app.post(path, stage("Paid")).status == 400
    assert app.put(f"{path}/{new.body['id']}", {"label": "Paid"}).status == 400
    assert app.patch(f"{path}/99", {"label": "x"}).status == 404


def test_what_was_done_is_on_record(portal: Portal, app: App, made: dict[str, Any]) -> None:
    """The audit of a pipeline and of a stage names each act, newest first."""
    path, asked = f"{PIPELINES}/{made['id']}", made["stages"][0]["id"]
    portal.clock.advance(60)
    app.patch(path, {"label": "Refunds"})
    app.patch(f"{path}/stages/{asked}", {"label": "Wanted", "metadata": {}})
    app.delete(f"{path}/stages/{asked}")
    app.delete(path)
    done = app.get(f"{path}/audit").body["results"]
    assert [(d["action"], d["identifier"], d["rawObject"]["label"]) for d in done] == [
        ("DELETE", made["id"], "Refunds"),
        ("UPDATE", made["id"], "Refunds"),
        ("CREATE", made["id"], "Returns"),
    ]
    assert [d["timestamp"] for d in done] == ["2026-03-02T08:01:00Z"] * 2 + [NOW]
    app.patch(path, {"archived": False})
    assert [d["action"] for d in app.get(f"{path}/stages/{asked}/audit").body["results"]] == ["DELETE", "UPDATE"]
    assert app.get(f"{path}/stages/99/audit").status == 404
    assert app.get(f"{PIPELINES}/0/audit").body == {"results": []}
