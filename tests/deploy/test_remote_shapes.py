"""Whatever HubSpot answers, a command says in one line what was odd, or goes on; it never breaks."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.deploy.desk import Desk
from tests.deploy.handmade import HAND, edits, everything, flow, shipped
from tests.deploy.rewriting import rewriting

LIST, BATCH, DETAILS = (
    "/automation/v4/flows?limit=100",
    "/automation/v4/flows/batch/read",
    "/account-info/2026-09/details",
)
REMEDY = (
    "HubSpot answered otherwise than it documents: run `python -m deploy plan` to see how it stands; "
    "if it stays, look whether a newer version of this project knows it."
)
TOKEN = "pat-na1-11111111-2222-3333-4444-555555555555"
READERS = (("plan",), ("plan", "--markdown"), ("drift",), ("pull",), ("inventory",), ("doctor",))

Definition = dict[str, Any]


@pytest.fixture
def made(desk: Desk) -> Desk:
    """Two workflows of ours, in step with the account."""
    shipped(desk)
    return desk


def through(
    desk: Desk, rewrite: Callable[[str, str, Any], Any], *commands: tuple[str, ...]
) -> list[tuple[int, str, str]]:
    """How these commands end where answers are rewritten."""
    text = desk.portal_file.read_text("utf-8")
    with rewriting(desk.hub.address, rewrite) as address:
        desk.portal_file.write_text(text.replace(desk.hub.address, address), encoding="utf-8")
        said = [desk.deploy(*command) for command in commands]
    desk.portal_file.write_text(text, encoding="utf-8")
    return [(each.code, each.stdout, each.stderr) for each in said]


def of_flow(id: str, change: Callable[[Definition], object]) -> Callable[[str, str, Any], Any]:
    """Every answer about one workflow, changed."""

    def rewrite(_: str, path: str, answer: Any) -> Any:
        if "/flows" in path:
            for each in answer.get("results", [answer]):
                if isinstance(each, dict) and each.get("id") == id:
                    change(each)
        return answer

    return rewrite


@pytest.mark.parametrize(
    ("path", "answer", "where", "expected", "found"),
    [
        (DETAILS, "<html>", f"GET {DETAILS} in portal 4711001", "JSON", "another answer"),
        (DETAILS, "", f"GET {DETAILS} in portal 4711001", "JSON", "an empty one"),
        (DETAILS, "[]", f"GET {DETAILS} in portal 4711001", "an object", "a list"),
        (DETAILS, "[" * 100_000, f"GET {DETAILS} in portal 4711001", "JSON", "another answer"),
        (LIST, "[]", "GET /automation/v4/flows in portal 4711001", "an object", "a list"),
        (LIST, '{"results": null}', "GET /automation/v4/flows in portal 4711001", "an object with a list of results",
         "results: null"),
        (BATCH, '{"results": [{"name": "x"}]}', f"POST {BATCH} in portal 4711001", "an id", "none"),
        (BATCH, '{"results": ["x"]}', f"POST {BATCH} in portal 4711001", "an object", "text ('x')"),
        (BATCH, '{"results": [], "errors": [{"category": "X", "message": "later\\n\\u001b[2J"}]}',
         f"POST {BATCH} in portal 4711001", "every workflow, or that it is not there", r"X: later\x0a\x1b[2J"),
        (BATCH, f'{{"results": [], "errors": ["{TOKEN}"]}}', f"POST {BATCH} in portal 4711001",
         "every workflow, or that it is not there", "text ('pat-...')"),
    ],
)  # fmt: skip
def test_an_odd_answer_is_refused_in_a_line(
    made: Desk, path: str, answer: str, where: str, expected: str, found: str
) -> None:
    """An answer of another shape is refused in one line: which request, what was expected, what came."""
    said = through(made, lambda _, asked, real: answer if asked == path else real, ("plan",))

    assert said == [(1, "", f"deploy: {where}: expected {expected}, found {found}. {REMEDY}\n")]


def test_only_a_missing_workflow_counts_as_missing(made: Desk) -> None:
    """A workflow that HubSpot does not find is told as missing; nothing else is."""
    errors = [{"status": "error", "category": "OBJECT_NOT_FOUND", "message": "gone", "context": {"flowId": [HAND]}}]

    def rewrite(_: str, path: str, answer: Any) -> Any:
        if path == BATCH:
            kept = [each for each in answer["results"] if each["id"] != HAND]
            return answer | {"results": kept, "errors": errors}
        return answer

    ((code, out, _),) = through(made, rewrite, ("plan", "--json"))

    kinds = {change["workflow"]: change["kind"] for change in json.loads(out)["changes"]}
    assert (code, kinds) == (2, {"tickets_made_by_hand": "missing", "release_lock": "in step"})


@pytest.mark.parametrize(
    ("change", "expected", "found"),
    [
        (lambda flow: flow["actions"].append(None), "actions[4] to be an object", "null"),
        (lambda flow: flow["actions"][0].update(actionId=1), "actions[0] to have an actionId that is text", "a number"),
        (lambda flow: flow["actions"][1].update(actionId="1"), "actions[1] to have an actionId of its own",
         "that of another action"),
        (lambda flow: flow.update(actions="x"), "actions to be a list", "text ('x')"),
        (lambda flow: flow.update(name=["x"]), "a name that is text", "a list"),
    ],
)  # fmt: skip
def test_an_odd_workflow_stops_only_who_needs_it(
    made: Desk, change: Callable[[Definition], object], expected: str, found: str
) -> None:
    """A workflow nobody can read is refused where it is ours; the inventory and doctor pass it over, and say so."""

    def whole(each: Definition) -> None:
        if "actions" in each:
            change(each)

    plan, inventory, doctor = through(made, of_flow(HAND, whole), ("plan",), ("inventory", "--json"), ("doctor",))

    where = f"POST {BATCH} in portal 4711001, flow {HAND}"
    assert plan == (1, "", f"deploy: {where}: expected {expected}, found {found}. {REMEDY}\n")
    assert json.loads(inventory[1])["odd"] == {f"flow {HAND}, as read": f"expected {expected}, found {found}"}
    assert (json.loads(inventory[1])["workflows"], json.loads(inventory[1])["unread"]) == (2, [HAND])
    assert (doctor[0], "this is a bug" in doctor[1] + doctor[2]) == (2, False)


def test_an_odd_entry_of_the_list_is_passed_over(made: Desk) -> None:
    """What is odd in the list of workflows, and not ours, changes nothing of the plan."""

    def rewrite(_: str, path: str, answer: Any) -> Any:
        return answer | {"results": [None, {"name": "x"}, *answer["results"]]} if path == LIST else answer

    plan, inventory = through(made, rewrite, ("plan", "--json"), ("inventory", "--json"))

    assert [change["kind"] for change in json.loads(plan[1])["changes"]] == ["in step", "in step"]
    assert json.loads(inventory[1])["odd"] == {
        "number 0, as listed": "expected an object, found null",
        "number 1, as listed": "expected an id, found none",
    }


def every_action(**values: Any) -> Callable[[Definition], object]:
    """Set in each action of a workflow."""
    return lambda flow: [raw.update(values) for raw in flow.get("actions") or []]


def every_input(change: Callable[[Definition], object]) -> Callable[[Definition], object]:
    """Change each input of a workflow."""
    return lambda flow: [change(each) for raw in flow.get("actions") or [] for each in raw.get("inputFields") or []]


@pytest.mark.parametrize(
    "change",
    [
        lambda flow: flow.update(actions=None),
        lambda flow: flow.update(isEnabled="true"),
        lambda flow: flow.update(isEnabled=[]),
        lambda flow: flow.update(revisionId=None),
        lambda flow: flow.update(objectTypeId=None),
        every_action(inputFields=None),
        every_action(inputFields=["x"]),
        every_action(outputFields={"a": 1}),
        every_action(secretNames=[1]),
        every_action(secretNames="x"),
        every_action(sourceCode=None),
        every_action(sourceCode="\ud800\u2028x\x1b[2J"),
        every_action(connection="x"),
        every_action(fields="x", runtime=["y"], type=None),
        every_input(lambda given: given.pop("name")),
        every_input(lambda given: given.update(value=None)),
        every_input(lambda given: given.update(value="x")),
        every_input(lambda given: given.update(value={"type": "STATIC_VALUE", "staticValue": [1]})),
    ],
)
def test_a_workflow_that_holds_oddities_breaks_nothing(made: Desk, change: Callable[[Definition], object]) -> None:
    """Odd values inside a workflow of ours are differences like others, for every command that reads."""
    for command, (code, out, err) in zip(READERS, through(made, of_flow(HAND, change), *READERS), strict=True):
        assert code in (0, 2) or err.startswith("deploy: "), (command, err)
        assert "bug of deploy" not in out + err, (command, err)
        assert "Traceback" not in err
        assert all(line.replace("\t", "").isprintable() for line in (out + err).split("\n")), command


def test_no_token_is_pulled_or_printed(made: Desk) -> None:
    """A token in an input or in a name of HubSpot's is not taken over, not printed, and not noted."""

    def put_in(definition: Definition) -> None:
        definition["description"] = f"with {TOKEN}"
        raw = next(raw for raw in definition["actions"] if raw.get("inputFields"))
        raw["inputFields"].append({"name": "api", "value": {"type": "STATIC_VALUE", "staticValue": TOKEN}})
        raw["inputFields"].append({"name": "note_suffix", "value": {"type": "STATIC_VALUE", "staticValue": TOKEN}})

    edits(made, put_in)
    before = everything(made)

    said = [made.deploy(*each) for each in (*READERS, ("plan", "--json"), ("pull", "--write", "--json"))]
    adopted = made.deploy("pull", "--adopt", HAND, "--as", "mine", "--write")

    assert [TOKEN in each.stdout + each.stderr for each in [*said, adopted]] == [False] * 9
    assert (said[-1].code, adopted.code) == (2, 1)
    assert everything(made) == before
    assert flow(made)["description"] == f"with {TOKEN}"
