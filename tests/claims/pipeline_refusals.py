"""Which pipelines does HubSpot refuse to make, change or put away?"""

from typing import Any

from tests.claims.claim import DOCUMENTED, GUESSED, GUIDE, OURS, SEEN, SPEC, STATUS, refusal
from tests.claims.hub import Hub, NotHere
from tests.claims.pipelines import (
    ALL,
    ARCHIVE,
    AUDIT,
    CHANGE,
    NEW,
    ONE,
    REPLACE,
    a_pipeline,
    a_stage,
    found,
    has_pipeline,
    has_ticket,
    listed,
)

TICKETS = ("tickets",)
BAD = (400, "VALIDATION_ERROR")


def writes(hub: Hub, *bodies: dict[str, Any]) -> None:
    """The operation in question takes none of these bodies, and changes nothing."""
    pipeline, before = has_pipeline(hub), listed(hub)
    for body in bodies:
        answer = hub.does(body, pipelineId=pipeline["id"])
        assert (answer.refused, body) == (BAD, body)
    assert (found(hub, pipeline["id"]), len(listed(hub))) == (pipeline, len(before) + 1 - (pipeline["id"] in before))


@refusal(NEW, REPLACE, types=TICKETS, mark=DOCUMENTED, source=SPEC)
def keys_missing(hub: Hub) -> None:
    """A pipeline needs a label, an order and stages, and each of these a label, an order and metadata."""
    whole, stage = a_pipeline(hub), a_stage("Asked")
    bodies = [{name: value for name, value in whole.items() if name != key} for key in whole]
    stages = [{name: value for name, value in stage.items() if name != key} for key in stage]
    writes(hub, *bodies, *({**whole, "stages": [each]} for each in stages))


@refusal(NEW, REPLACE, CHANGE, types=TICKETS, mark=DOCUMENTED, source=SPEC)
def label_taken(hub: Hub) -> None:
    """The labels of pipelines are unique."""
    other = has_pipeline(hub)["label"]
    writes(hub, {"label": other} if hub.operation == CHANGE else a_pipeline(hub, label=other))


@refusal(CHANGE, types=TICKETS, mark=GUESSED, source=OURS)
def label_taken_meanwhile(hub: Hub) -> None:
    """An archived pipeline whose label another one has by now is not brought back under it."""
    pipeline = has_pipeline(hub)
    hub.call(ARCHIVE, objectType="tickets", pipelineId=pipeline["id"])
    has_pipeline(hub, label=pipeline["label"])
    assert hub.does({"archived": False}, pipelineId=pipeline["id"]).refused == BAD
    assert found(hub, pipeline["id"]) is None


@refusal(NEW, REPLACE, types=TICKETS, mark=DOCUMENTED, source=SPEC)
def stage_label_twice(hub: Hub) -> None:
    """The labels of a pipeline's stages are unique."""
    writes(hub, a_pipeline(hub, stages=[a_stage("Asked"), a_stage("Asked", 1)]))


@refusal(NEW, REPLACE, types=TICKETS, mark=DOCUMENTED, source=SPEC)
def stage_state(hub: Hub) -> None:
    """A ticket's stage is OPEN or CLOSED."""
    writes(hub, a_pipeline(hub, stages=[a_stage("Asked", state="MAYBE")]))


@refusal(NEW, REPLACE, types=TICKETS, mark=GUESSED, source=OURS)
def no_stages(hub: Hub) -> None:
    """A pipeline has at least one stage."""
    writes(hub, a_pipeline(hub, stages=[]))


@refusal(NEW, REPLACE, types=TICKETS, mark=GUESSED, source=OURS)
def too_many_stages(hub: Hub) -> None:
    """A pipeline has up to a hundred stages."""
    writes(hub, a_pipeline(hub, stages=[a_stage(f"Step {at}", at) for at in range(101)]))


@refusal(NEW, REPLACE, CHANGE, types=TICKETS, mark=DOCUMENTED, source=SPEC)
def odd_order(hub: Hub) -> None:
    """An order is a whole number."""
    odd: list[dict[str, Any]] = [{"displayOrder": "first"}, {"displayOrder": 1.5}, {"displayOrder": True}]
    writes(hub, *(odd if hub.operation == CHANGE else [a_pipeline(hub, **each) for each in odd]))


@refusal(NEW, types=TICKETS, mark=GUESSED, source=OURS)
def id_taken(hub: Hub) -> None:
    """An id that a pipeline has is a 409, also when that one is archived."""
    pipeline = has_pipeline(hub)
    assert hub.does(a_pipeline(hub, pipelineId=pipeline["id"])).refused == (409, "CONFLICT")
    assert found(hub, pipeline["id"]) == pipeline
    hub.call(ARCHIVE, objectType="tickets", pipelineId=pipeline["id"])
    assert hub.does(a_pipeline(hub, pipelineId=pipeline["id"])).refused == (409, "CONFLICT")
    assert found(hub, pipeline["id"]) is None


@refusal(NEW, types=("notes",), mark=GUESSED, source=OURS)
def not_of_this_type(hub: Hub) -> None:
    """Types of record that have no pipelines are given none."""
    assert hub.does(a_pipeline(hub)).refused == BAD
    assert hub.call(ALL, objectType="notes").body == {"results": []}


@refusal(ONE, CHANGE, REPLACE, ARCHIVE, AUDIT, types=("tickets", "contacts"), mark=GUESSED, source=STATUS)
def no_pipeline(hub: Hub) -> None:
    """A pipeline that is not there, or is one of another type of record, is a 404."""
    pipeline = has_pipeline(hub)
    body = {CHANGE: {"displayOrder": 8}, REPLACE: a_pipeline(hub)}.get(hub.operation)
    id = f"visitor_{hub.word()}" if hub.type == "tickets" else pipeline["id"]
    assert hub.does(body, pipelineId=id).refused == (404, "OBJECT_NOT_FOUND")
    assert found(hub, pipeline["id"]) == pipeline


@refusal(CHANGE, types=TICKETS, mark=DOCUMENTED, source=SPEC)
def only_restores(hub: Hub) -> None:
    """Whether a pipeline is archived is said only to bring an archived one back."""
    writes(hub, {"archived": True}, {"archived": False}, {"archived": False, "displayOrder": 8})
    id = has_pipeline(hub)["id"]
    hub.call(ARCHIVE, objectType="tickets", pipelineId=id)
    assert hub.does({"archived": True}, pipelineId=id).refused == BAD
    assert found(hub, id) is None


@refusal(ARCHIVE, types=TICKETS, mark=GUESSED, source=OURS)
def last_pipeline(hub: Hub) -> None:
    """The last pipeline stays."""
    pipelines = listed(hub)
    if len(pipelines) > 1:
        raise NotHere("an account with one pipeline, which may be lost")
    assert hub.does(pipelineId=pipelines[0]).refused == BAD
    assert listed(hub) == pipelines


@refusal(ARCHIVE, REPLACE, types=TICKETS, mark=DOCUMENTED, source=GUIDE)
def in_use(hub: Hub) -> None:
    """If asked to look, HubSpot keeps a pipeline or stage in which records are, and names both."""
    pipeline = has_pipeline(hub)
    asked = pipeline["stages"][0]["id"]
    ticket = has_ticket(hub, pipeline["id"], asked)
    body = a_pipeline(hub, stages=[a_stage("New")]) if hub.operation == REPLACE else None
    for name in ("validateReferencesBeforeDelete", "validateDealStageUsagesBeforeDelete"):
        answer = hub.does(body, query={name: "true"}, pipelineId=pipeline["id"])
        words = f"Stage IDs: [{asked}] are being referenced by object IDs: [{ticket}]"
        assert answer.said == (400, "VALIDATION_ERROR", words)
        assert answer.body["subCategory"] == "PipelineError.STAGE_ID_IN_USE"
        assert answer.body["context"] == {"stageIds": [asked], "objectIds": [ticket]}
    assert found(hub, pipeline["id"]) == pipeline


@refusal(ALL, NEW, mark=GUESSED, source=SEEN)
def no_type(hub: Hub) -> None:
    """A type of record that there is none of is a 400."""
    answer = hub.does(a_pipeline(hub) if hub.operation == NEW else None, objectType="visitor_chats")
    assert answer.said == (*BAD, "Unable to infer object type from: visitor_chats")
