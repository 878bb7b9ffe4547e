"""What differs between two texts of one workflow is always told, and told so that both sides can be told apart."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deploy.comparable import comparable
from deploy.differences import Difference, differences
from deploy.plan import UPDATE, Change, Plan
from deploy.render import as_markdown, as_text, told
from deploy.showing import beside, exact

TOKEN = "pat-na1-11111111-2222-3333-4444-555555555555"
ROUTES = [{"inbox": "1200001", "owner": "agent", "stage": "1"}, {"inbox": "1200002", "owner": "agent", "stage": "1"}]
FLOW: dict[str, Any] = {
    "name": "W",
    "isEnabled": False,
    "startActionId": "1",
    "blockedDates": [],
    "enrollmentCriteria": {"type": "LIST_BASED", "filters": [{"operator": "IS_KNOWN", "text": "x" * 300}]},
    "actions": [
        {
            "type": "CUSTOM_CODE",
            "actionId": "1",
            "runtime": "PYTHON39",
            "secretNames": ["KEY"],
            "sourceCode": "a\nb\n",
            "inputFields": [
                {"name": "mode", "value": {"type": "STATIC_VALUE", "staticValue": "dry"}},
                {"name": "routes", "value": {"type": "STATIC_VALUE", "staticValue": json.dumps(ROUTES)}},
            ],
            "outputFields": [{"name": "found", "type": "STRING"}],
            "connection": {"edgeType": "STANDARD", "nextActionId": "2"},
        },
        {
            "type": "LIST_BRANCH",
            "actionId": "2",
            "listBranches": [
                {
                    "branchName": "vip",
                    "filterBranch": {"filters": [{"operator": "IS_KNOWN"}]},
                    "connection": {"edgeType": "STANDARD", "nextActionId": "3"},
                }
            ],
            "defaultBranchName": "no",
        },
        {"type": "SINGLE_CONNECTION", "actionId": "3", "actionTypeId": "0-5", "fields": {"property_name": "q"}},
    ],
}


def pair(each: Difference) -> tuple[str, str, str, str]:
    """A difference without its lines."""
    return each.where, each.what, each.before, each.after


def set_at(*path: Any, to: Any) -> dict[str, Any]:
    """The workflow with one value set."""
    flow = copy.deepcopy(FLOW)
    holder: Any = flow
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = to
    return flow


ROUTE = ROUTES[1] | {"stage": "4"}
STATIC = ("actions", 0, "inputFields", 1, "value", "staticValue")
FILTER = ("actions", 1, "listBranches", 0, "filterBranch", "filters", 0, "operator")


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (set_at(*STATIC, to=json.dumps([ROUTES[0], ROUTE])), [("action 1", "input routes[1].stage", "1", "4")]),
        (
            set_at("enrollmentCriteria", "filters", 0, "text", to="x" * 299 + "y"),
            [("the workflow", "trigger.filters[0].text", "x" * 300, "x" * 299 + "y")],
        ),
        (
            set_at(*FILTER, to="IS_UNKNOWN"),
            [("action 2", "listBranches.vip.filterBranch.filters[0].operator", "IS_KNOWN", "IS_UNKNOWN")],
        ),
        (
            set_at("actions", 0, "connection", "edgeType", to="GOTO"),
            [("action 1", "graph", "then action 2", "then action 2 (GOTO)")],
        ),
        (
            set_at("actions", 1, "listBranches", 0, "connection", "nextActionId", to=None),
            [("action 2", "graph", "vip: then action 3", "vip: ends here")],
        ),
        (set_at("actions", 0, "secretNames", to=["KEY", "TWO"]), [("action 1", "secrets", "KEY", "KEY, TWO")]),
        (
            set_at("actions", 0, "outputFields", 0, "type", to="NUMBER"),
            [("action 1", "output found.type", "STRING", "NUMBER")],
        ),
        (set_at("actions", 2, "fields", "value", to={"t": 1}), [("action 3", "fields.value", "none", '{"t": 1}')]),
        (set_at("isEnabled", to=True), [("the workflow", "switch", "off", "on")]),
        (set_at("isEnabled", to="true"), [("the workflow", "switch", "off", "true")]),
        (set_at("isEnabled", to=None), [("the workflow", "switch", "off", "not said")]),
        (set_at("description", to="none"), [("the workflow", "description", "none", '"none"')]),
        (set_at("description", to=None), []),
        (set_at("description", to=""), [("the workflow", "description", "none", '""')]),
        (set_at("actions", 0, "inputFields", to=["x"]), None),
        (set_at("actions", 0, "inputFields", to=None), None),
        (set_at("actions", 0, "inputFields", 0, "value", to=None), None),
        (set_at("actions", 0, "inputFields", 0, "value", to="x"), None),
        (set_at("actions", 0, "sourceCode", to="\ud800x"), None),
        (set_at("actions", 0, "connection", to="x"), None),
        (set_at("actions", to=None), None),
    ],
)
def test_a_change_is_told_at_its_place(after: dict[str, Any], expected: list[tuple[str, str, str, str]] | None) -> None:
    """Each change is told at its very place, in words where a person has words; an odd one is told somehow."""
    found = [pair(each) for each in differences(FLOW, after)]

    if expected is None:
        assert found
    else:
        assert found == expected


def test_two_changes_of_one_branch_are_both_told() -> None:
    """A branch that leads elsewhere and asks something else hides neither."""
    after = set_at(*FILTER, to="IS_UNKNOWN")
    after["actions"][1]["listBranches"][0]["connection"]["nextActionId"] = "1"

    assert [pair(each) for each in differences(FLOW, after)] == [
        ("action 2", "graph", "vip: then action 3", "vip: then action 1"),
        ("action 2", "listBranches.vip.filterBranch.filters[0].operator", "IS_KNOWN", "IS_UNKNOWN"),
    ]


def test_code_is_told_line_by_line() -> None:
    """Only a line feed ends a line; a page break or a separator in it is a change like any other."""
    (found,) = differences(FLOW, set_at("actions", 0, "sourceCode", to="a\u2028b\n"))

    assert found.lines == ("-    1 a", "-    2 b", "+    1 a\u2028b")


def test_tokens_are_told_apart_and_not_shown() -> None:
    """Two tokens differ, and neither is shown, in values, in names and in code."""
    before = set_at("description", to=TOKEN)
    after = set_at("description", to=TOKEN.replace("1", "2"))
    after["actions"][0]["sourceCode"] = f"a\nT = '{TOKEN}'\n"
    after["actions"][0]["inputFields"].append({"name": TOKEN, "value": {"type": "STATIC_VALUE", "staticValue": TOKEN}})

    found = differences(before, after)

    assert [pair(each) for each in found] == [
        ("the workflow", "description", "pat-...", "pat-... (another)"),
        ("action 1", "input pat-...", "none", "pat-..."),
        ("action 1", "code", "2 lines", "2 lines, +1 -1"),
    ]
    assert found[2].lines == ("     1 a", "-    2 b", "+    2 T = 'pat-...'")


def test_a_new_workflow_is_told_in_words() -> None:
    """What is made is told action by action: file, runtime, secrets, outputs, way on, and its inputs beneath it."""
    found = differences({"actions": []}, FLOW, {"1": "first.py"})

    assert [(pair(each), each.lines) for each in found[:1] + found[2:]] == [
        (
            (
                "the workflow",
                "trigger",
                "none",
                json.dumps(FLOW["enrollmentCriteria"], sort_keys=True),
            ),
            (),
        ),
        (("the workflow", "name", "none", "W"), ()),
        (("the workflow", "first action", "none", "1"), ()),
        (
            (
                "action 1",
                "action",
                "none",
                "CUSTOM_CODE first.py, PYTHON39, secrets KEY, then action 2",
            ),
            ("outputs: found", "input mode: dry", f"input routes: {json.dumps(ROUTES)}"),
        ),
        (
            ("action 2", "action", "none", "LIST_BRANCH, vip: then action 3"),
            ("defaultBranchName: no", 'listBranches.vip: {"filterBranch": {"filters": [{"operator": "IS_KNOWN"}]}}'),
        ),
        (
            ("action 3", "action", "none", "SINGLE_CONNECTION 0-5, ends here"),
            ("fields.property_name: q",),
        ),
    ]


TEXTS = st.one_of(
    st.sampled_from(["none", "null", "", "1", "true", "x: then action 2", "the record's a", '["a"]', "[1]", "[1.0]"]),
    st.text(st.characters(codec=None), max_size=6),
    st.sampled_from(["x" * 150 + end for end in ("", "\x1b", "\\x1b", "a", "b", "\u2028", TOKEN)]),
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-2, 2), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=6,
)
EDGE = st.one_of(
    VALUES,
    st.fixed_dictionaries(
        {}, optional={"edgeType": st.sampled_from(["STANDARD", "GOTO", None]), "nextActionId": TEXTS, "more": VALUES}
    ),
)
BRANCHES = st.one_of(
    VALUES,
    st.lists(
        st.fixed_dictionaries(
            {}, optional={"branchName": TEXTS, "branchValue": TEXTS, "connection": EDGE, "filterBranch": VALUES}
        ),
        max_size=3,
    ),
)
INPUT = st.one_of(
    VALUES,
    st.fixed_dictionaries(
        {},
        optional={
            "name": TEXTS,
            "more": VALUES,
            "value": st.one_of(
                VALUES,
                st.fixed_dictionaries(
                    {"type": st.sampled_from(["STATIC_VALUE", "OBJECT_PROPERTY", "FIELD_DATA", "NEW"])},
                    optional={"staticValue": VALUES, "propertyName": TEXTS, "dataKey": TEXTS, "actionId": TEXTS},
                ),
            ),
        },
    ),
)
ACTION = st.fixed_dictionaries(
    {"actionId": st.sampled_from(["1", "2", "10"])},
    optional={
        "type": TEXTS,
        "sourceCode": VALUES,
        "secretNames": st.one_of(VALUES, st.lists(TEXTS, max_size=3)),
        "inputFields": st.one_of(VALUES, st.lists(INPUT, max_size=3)),
        "outputFields": st.one_of(VALUES, st.lists(INPUT, max_size=3)),
        "connection": EDGE,
        "staticBranches": BRANCHES,
        "listBranches": BRANCHES,
        "defaultBranch": EDGE,
        "fields": VALUES,
    },
)
FLOWS = st.fixed_dictionaries(
    {"actions": st.one_of(st.none(), st.lists(ACTION, max_size=3, unique_by=lambda raw: raw["actionId"]))},
    optional={"name": TEXTS, "isEnabled": VALUES, "enrollmentCriteria": VALUES, "id": TEXTS, "blockedDates": VALUES},
)


@settings(max_examples=400, deadline=None)
@given(FLOWS, FLOWS)
def test_every_difference_has_two_sides(before: dict[str, Any], after: dict[str, Any]) -> None:
    """Equal workflows have no difference, others at least one, and each one's sides differ, in data and as shown."""
    found = differences(before, after)

    assert bool(found) == (comparable(before, switch=True) != comparable(after, switch=True))
    assert differences(before, copy.deepcopy(before)) == []
    for each in found:
        assert each.lines or each.before != each.after
        assert each.lines or told(each) != told(Difference(each.where, each.what, each.before, each.before))
        json.dumps(each.as_json(), ensure_ascii=False).encode()
        for text in (each.where, each.what, each.before, each.after, *each.lines):
            assert TOKEN not in text


@settings(max_examples=400, deadline=None)
@given(TEXTS, TEXTS)
def test_two_texts_beside_one_another(one: str, other: str) -> None:
    """Two texts are shown alike when they are, and never longer than an eye takes in, on one line each."""
    left, right = beside(one, other)

    assert TOKEN in one + other or (left == right) == (one == other)
    assert (exact(one) == exact(other)) == (one == other)
    assert max(len(left), len(right)) <= 121
    assert (left + right).replace("\t", "").replace("\u200c", "").replace("\u200d", "").isprintable() or not (
        left + right
    ).isascii()


HOSTILE = "```\n</details>\x1b[2J\u2028action 9, code: gone <b>@everyone</b> \x9b31m"


def hostile_plan() -> Plan:
    """A plan in which HubSpot's texts try to break out."""
    after = set_at("description", to=HOSTILE)
    after["actions"][0]["sourceCode"] = f"a\n````\x1b[31m\n{HOSTILE}\n"
    found = tuple(differences(FLOW, after))
    return Plan("local", 1, (Change("w", UPDATE, "5", f"7{HOSTILE}", outside=found, ours=found),))


def test_nothing_breaks_out_of_the_markdown() -> None:
    """The fence is longer than any in it, the summary is one line without tags, and no line is forged."""
    lines = as_markdown(hostile_plan()).split("\n")

    (summary,) = [line for line in lines if "<summary>" in line]
    assert summary == (
        r"<details><summary><code>update    w (flow 5, revision 7```\x0a&lt;/details&gt;\x1b[2J\u2028action 9, code: "
        r"gone &lt;b&gt;@everyone&lt;/b&gt; \x9b31m)</code></summary>"
    )
    assert [line for line in lines if line.startswith("`")] == ["`````diff", "`````"]
    assert lines.count("</details>") == 1
    assert all(line.isprintable() for line in lines)


def test_nothing_forges_a_line_of_the_terminal() -> None:
    """Control characters of HubSpot's texts are shown as what they are."""
    text = as_text(hostile_plan())

    assert all(line.isprintable() for line in text.split("\n"))
    assert r"the workflow, description: none -> ```\x0a</details>\x1b[2J\u2028action 9" in text
