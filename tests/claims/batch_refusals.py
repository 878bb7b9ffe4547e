"""What does HubSpot refuse of a batch of records: all of it, or what is wrong alone?"""

from typing import Any

from harness.portal.versions import D03, D09, V3
from tests.claims.batches import (
    BATCH_ARCHIVE,
    BATCH_CREATE,
    BATCH_READ,
    BATCH_UPDATE,
    BATCH_UPSERT,
    MOST,
    OWN,
    asked,
    by_key,
    new,
)
from tests.claims.claim import DOCUMENTED, GUESSED, GUIDE, OURS, RECORDS, SEEN, SPEC, refusal
from tests.claims.hub import Answer, Hub

ERRORS_PAGE = "HubSpot's error-handling page, multi-status errors"


def one_good_one_bad(hub: Hub) -> list[dict[str, Any]]:
    """Two inputs such as the operation in question takes, the second with a property that nobody has."""
    made = [new(hub), new(hub, no_such_property="1")]
    if hub.operation == BATCH_UPDATE:
        return [{"id": hub.make(), "properties": entry["properties"]} for entry in made]
    if hub.operation == BATCH_UPSERT:
        name = hub.has_property("unique")
        return [by_key(hub, name, hub.word(), **entry["properties"]) for entry in made]
    return made


@refusal(BATCH_READ, BATCH_UPDATE, types=RECORDS, mark=GUESSED, source=SEEN)
def what_is_not_there(hub: Hub) -> None:
    """What a batch asks for and is not there is named in one error of a 207, beside what is there."""
    id, value = hub.make(), hub.sample()[hub.key]
    body = asked(hub, id, "1", "2")
    if hub.operation == BATCH_UPDATE:
        body = {"inputs": [{"id": one, "properties": {hub.key: value}} for one in (id, "1", "2")]}
    answer = hub.does(body)
    assert (answer.status, answer.ids, answer.body["numErrors"]) == (207, [id], 1)
    error = answer.body["errors"][0]
    assert (error["status"], error["category"], error["context"]) == ("error", "OBJECT_NOT_FOUND", {"ids": ["1", "2"]})
    label = {"tickets": "TICKET", "contacts": "CONTACT", "companies": "COMPANY", "notes": "NOTE"}[hub.type]
    words = f"Could not get some {label} objects, they may be deleted or not exist. Check that ids are valid."
    assert error["message"] == words
    assert hub.operation == BATCH_READ or hub.history(hub.type, id, hub.key)[0] == value


def traced(hub: Hub) -> Answer:
    """A batch of one good input and one bad one, each with a trace id, having seen that the good one was written."""
    inputs = [{**entry, "objectWriteTraceId": trace} for entry, trace in zip(one_good_one_bad(hub), "ab", strict=True)]
    before = hub.listed(hub.type)
    answer = hub.does({"inputs": inputs})
    read = hub.read(hub.type, answer.ids[0], hub.key)
    assert read is not None
    assert read[hub.key] == inputs[0]["properties"][hub.key]
    assert [result["objectWriteTraceId"] for result in answer.body["results"]] == ["a"]
    assert hub.listed(hub.type) == (before if hub.operation == BATCH_UPDATE else [*before, *answer.ids])
    return answer


@refusal(BATCH_CREATE, BATCH_UPDATE, BATCH_UPSERT, types=OWN, versions=(V3, D03), mark=DOCUMENTED, source=ERRORS_PAGE)
def each_by_itself(hub: Hub) -> None:
    """Where inputs have an objectWriteTraceId each is written by itself, and a 207 names those that were refused."""
    answer = traced(hub)
    assert (answer.status, answer.body["numErrors"], len(answer.body["errors"])) == (207, 1, 1)
    error = answer.body["errors"][0]
    assert (error["status"], error["category"]) == ("error", "VALIDATION_ERROR")
    assert error["context"] == {"objectWriteTraceId": ["b"]}


@refusal(BATCH_CREATE, BATCH_UPDATE, BATCH_UPSERT, types=OWN, versions=(D09,), mark=GUESSED, source=OURS)
def each_by_itself_later(hub: Hub) -> None:
    """In 2026-09, whose spec names no 207, it is one, too, when some inputs were refused."""
    answer = traced(hub)
    assert (answer.status, answer.body["numErrors"]) == (207, 1)
    assert answer.body["errors"][0]["context"] == {"objectWriteTraceId": ["b"]}


@refusal(BATCH_CREATE, BATCH_UPDATE, BATCH_UPSERT, types=OWN, mark=DOCUMENTED, source=ERRORS_PAGE)
def whole_or_not(hub: Hub) -> None:
    """Without trace ids one bad input refuses the whole batch, and nothing of it is written."""
    inputs = one_good_one_bad(hub)
    before = hub.listed(hub.type)
    assert hub.does({"inputs": inputs}).refused == (400, "VALIDATION_ERROR")
    assert hub.listed(hub.type) == before
    assert hub.found(hub.type, hub.key, inputs[0]["properties"][hub.key]) == []
    if hub.operation == BATCH_UPDATE:
        assert len(hub.history(hub.type, inputs[0]["id"], hub.key)) == 1


@refusal(
    BATCH_READ, BATCH_CREATE, BATCH_UPDATE, BATCH_UPSERT, BATCH_ARCHIVE, types=RECORDS, mark=DOCUMENTED, source=GUIDE
)
def limit(hub: Hub) -> None:
    """A batch has up to a hundred inputs; of one more nothing is done."""
    id = hub.make()
    before = hub.listed(hub.type)
    inputs = [{"id": id if at == 0 else str(at), **new(hub)} for at in range(MOST + 1)]
    assert hub.does({"inputs": inputs, "properties": []}).refused == (400, "VALIDATION_ERROR")
    assert hub.listed(hub.type) == before
    assert len(hub.history(hub.type, id, hub.key)) == 1


@refusal(BATCH_READ, BATCH_CREATE, BATCH_UPDATE, BATCH_UPSERT, BATCH_ARCHIVE, types=RECORDS, mark=GUESSED, source=OURS)
def limit_is_named(hub: Hub) -> None:
    """A batch of too many inputs is refused by the limit."""
    inputs = [{"id": str(at), **new(hub)} for at in range(MOST + 1)]
    assert (
        hub.does({"inputs": inputs, "properties": [], "propertiesWithHistory": []}).body["message"]
        == "Batch size of 101 exceeds the limit of 100"
    )


@refusal(
    BATCH_READ, BATCH_CREATE, BATCH_UPDATE, BATCH_UPSERT, BATCH_ARCHIVE, types=RECORDS, mark=DOCUMENTED, source=SPEC
)
def needs_inputs(hub: Hub) -> None:
    """A batch without inputs is refused."""
    assert hub.does({"properties": []}).refused == (400, "VALIDATION_ERROR")


@refusal(BATCH_UPDATE, BATCH_UPSERT, types=RECORDS, mark=GUESSED, source=SEEN)
def named_twice(hub: Hub) -> None:
    """A record that a batch names twice is refused by name, and does not change."""
    id = hub.make()
    before = hub.history(hub.type, id, hub.key)
    inputs = [{"id": id, "properties": {hub.key: hub.sample()[hub.key]}} for _ in range(2)]
    words = f"Duplicate IDs found in batch input: [{id}]. IDs must be unique"
    assert hub.does({"inputs": inputs}).said == (400, "VALIDATION_ERROR", words)
    assert hub.history(hub.type, id, hub.key) == before


@refusal(BATCH_UPSERT, types=RECORDS, mark=GUESSED, source=OURS)
def upsert_makes_no_ids(hub: Hub) -> None:
    """A batch to be made or changed makes no record under an id that is not there."""
    before = hub.listed(hub.type)
    assert hub.does({"inputs": [{"id": "1", "properties": hub.sample()}]}).refused == (404, "OBJECT_NOT_FOUND")
    assert hub.listed(hub.type) == before
