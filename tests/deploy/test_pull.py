"""Pulling: what somebody changed in HubSpot's editor comes back into the files, and nothing of ours is lost."""

import hashlib
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from contract.flow import Flow
from tests.deploy.desk import Desk
from tests.deploy.handmade import (
    FLOWS,
    HAND,
    LOCK,
    PORTAL,
    SETTINGS,
    action_file,
    action_of,
    definition_in,
    edits,
    edits_code,
    everything,
    flow,
    kinds,
    shipped,
    types,
    workflow_file,
)
from tests.harness.serve.conftest import ROOT

THIRD = "1800000003"
IN_STEP = {"tickets_made_by_hand": "in step", "release_lock": "in step"}
FIRST = '"""Create ticket: the visitor'
MENDED = '"""Create ticket (mended): the visitor'
MOMENTS = "# --- part: moments ---"
IN_PART = "class BadInput(ValueError):"
UNTOUCHED = {"tickets_made_by_hand": "Nothing of it was changed in HubSpot."}


@pytest.fixture
def made(desk: Desk) -> Desk:
    """A project with its own actions, in step with the account."""
    shipped(desk)
    return desk


def pulled(desk: Desk, *options: str) -> tuple[int, list[dict[str, Any]]]:
    """How the command ended, and its pieces."""
    said = desk.deploy("pull", "--json", *options)
    assert said.stdout, said.stderr
    return said.code, said.json["pieces"]


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    """The files that are other than they were."""
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def fits_parts(desk: Desk, *options: str) -> int:
    """`python -m actions.parts` in the project."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-m", "actions.parts", *options], cwd=desk.folder, env=environment, check=False
    )
    return done.returncode


def test_a_hotfix_of_an_action_comes_into_its_file(made: Desk) -> None:
    """Code changed in HubSpot is shown as a diff, written into the action's file alone, and then all is in step."""
    before = everything(made)
    edits_code(made, "1", FIRST, MENDED)
    code, (piece,) = pulled(made)
    lines = before["actions/create_ticket.py"].decode().splitlines()
    assert (code, changed(before, everything(made))) == (2, [])
    assert piece == {
        "workflow": "tickets_made_by_hand",
        "where": "action 1 create_ticket.py",
        "what": "code",
        "before": f"{len(lines)} lines",
        "after": f"{len(lines)} lines",
        "into": "actions/create_ticket.py",
        "lines": [
            f"-    1 {lines[0]}",
            f"+    1 {lines[0].replace(FIRST, MENDED)}",
            f"     2 {lines[1]}",
            f"     3 {lines[2]}",
        ],
        "here": [],
        "refused": "",
        "note": "",
    }
    said = made.deploy("pull", "tickets_made_by_hand", "--write")
    assert (said.code, said.stdout.splitlines()[-1]) == (0, "Written: actions/create_ticket.py.")
    assert changed(before, everything(made)) == ["actions/create_ticket.py"]
    assert action_file(made, "create_ticket.py").read_text("utf-8") == action_of(flow(made), "1")["sourceCode"]
    assert (kinds(made), made.deploy("plan").code) == (IN_STEP, 0)


def test_a_hotfix_in_a_part_comes_into_the_part(made: Desk) -> None:
    """Code changed in a part's section goes into the part too; once it is copied, the others that carry it differ."""
    edits_code(made, "1", IN_PART, IN_PART + "  # mended")
    before = everything(made)
    code, (piece,) = pulled(made, "--write")
    assert (code, piece["into"]) == (0, "actions/create_ticket.py, actions/parts/inputs.py")
    assert piece["note"] == (
        "Lies in part inputs: run `python -m actions.parts`, which copies it to all that carry it;"
        " dedup_check.py, probe.py, send_confirmation.py, stamp_chat_closed_at.py, triage_chat.py will change too."
    )
    assert changed(before, everything(made)) == ["actions/create_ticket.py", "actions/parts/inputs.py"]
    part = action_file(made, "parts/inputs.py").read_text("utf-8")
    assert part.replace("  # mended", "") == before["actions/parts/inputs.py"].decode()
    assert (kinds(made), fits_parts(made), fits_parts(made, "--check")) == (IN_STEP, 0, 0)
    assert action_file(made, "create_ticket.py").read_text("utf-8") == action_of(flow(made), "1")["sourceCode"]
    assert kinds(made) == IN_STEP | {"tickets_made_by_hand": "update"}


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        pytest.param(
            MOMENTS,
            "# --- part: times ---",
            "line {heading}: expected the heading of part moments, found that of times, so where one part ends and the"
            " next begins is not clear. Take it over by hand",
            id="renamed",
        ),
        pytest.param(
            f"\n\n\n{MOMENTS}",
            f"\n\n\ndef more():\n    pass\n\n\n{MOMENTS}",
            "from line {heading}: new code below the end of part inputs is the part's or the action's own, nobody can"
            " tell. Put it into actions/parts by hand, or above the first heading",
            id="below",
        ),
        pytest.param(
            "# --- part: hubspot ---",
            f"{MOMENTS}\n\n\n# --- part: hubspot ---",
            "line {first}: expected the heading of part hubspot, found that of moments, so where one part ends and the"
            " next begins is not clear. Take it over by hand",
            id="added",
        ),
        pytest.param(
            FIRST,
            f"TOKEN = 'pat-eu1-12345678-aaaa'\n{FIRST}",
            "line 1 has something that looks like a token: make a secret of it in HubSpot, and a new key",
            id="token",
        ),
    ],
)
def test_what_is_not_clear_is_not_taken(made: Desk, old: str, new: str, why: str) -> None:
    """A change whose place nobody can tell, or with a token in it, is refused with its line; nothing is written."""
    before = everything(made)
    lines = before["actions/create_ticket.py"].decode().splitlines()
    edits_code(made, "1", old, new)
    said = made.deploy("pull", "--write", "--json")
    (piece,) = said.json["pieces"]
    heading, first = lines.index(MOMENTS) + 1, lines.index("# --- part: hubspot ---") + 1
    assert (said.code, piece["refused"]) == (2, why.format(heading=heading, first=first))
    assert (said.json["written"], changed(before, everything(made))) == ([], [])
    assert "12345678" not in said.stdout
    assert kinds(made) == IN_STEP | {"tickets_made_by_hand": "drift"}


def test_what_was_changed_here_too_is_kept(made: Desk) -> None:
    """A file that is not what was shipped is not overwritten; both changes are shown, and the plan says conflict."""
    file = action_file(made, "create_ticket.py")
    file.write_text(file.read_text("utf-8").replace(FIRST, '"""Create ticket (ours): the visitor'), encoding="utf-8")
    edits_code(made, "1", FIRST, MENDED)
    before = everything(made)
    code, (piece,) = pulled(made, "--write")
    assert (code, changed(before, everything(made))) == (2, [])
    assert piece["refused"] == (
        "actions/create_ticket.py was changed here too since the last shipment: put the two together by hand"
    )
    assert ["mended" in line for line in piece["lines"][:2]] == [False, True]
    assert ["(ours)" in line for line in piece["here"][:2]] == [False, True]
    assert kinds(made) == IN_STEP | {"tickets_made_by_hand": "conflict"}


def test_a_part_changed_in_two_ways_is_taken_once(made: Desk) -> None:
    """Of two actions that carry a part and were changed otherwise in it, the second is refused, the first taken."""
    edits_code(made, "1", IN_PART, IN_PART + "  # one")
    edits_code(made, "3", IN_PART, IN_PART + "  # two")
    code, pieces = pulled(made, "--write")
    assert (code, [piece["refused"].partition(",")[0] for piece in pieces]) == (2, ["", "part inputs"])
    assert action_file(made, "parts/inputs.py").read_text("utf-8").count("  # one") == 1
    assert "  # two" not in action_file(made, "stamp_chat_closed_at.py").read_text("utf-8")


@pytest.fixture
def twice(desk: Desk) -> Desk:
    """Two of our workflows have the same action."""
    inboxes = {"inboxes": "1200001"}
    settings = SETTINGS | {"*": SETTINGS["*"] | inboxes}
    chats = Flow.read(ROOT / "deploy" / "workflows" / "unresolved_chats.json").with_inputs(settings).shipped()
    shipped(desk, PORTAL.replace("\n[inputs]", f'[workflows.unresolved_chats]\nid = "{THIRD}"\n\n[inputs]'), [chats])
    return desk


def test_others_with_the_same_file_are_to_update(twice: Desk) -> None:
    """A hotfix in one of two workflows with the same action comes into the file; the plan updates the other."""
    edits_code(twice, "1", FIRST, MENDED)
    assert pulled(twice, "--write")[0] == 0
    assert kinds(twice) == IN_STEP | {"unresolved_chats": "update"}


def test_two_hotfixes_of_one_file_are_refused(twice: Desk) -> None:
    """A file cannot be two texts: each piece names the other, and nothing is written."""
    edits_code(twice, "1", FIRST, MENDED)
    edits_code(twice, "5", FIRST, '"""Create ticket (otherwise): the visitor', THIRD)
    before = everything(twice)
    code, pieces = pulled(twice, "--write")
    assert (code, changed(before, everything(twice))) == (2, [])
    assert [piece["refused"] for piece in pieces] == [
        f"{other} create_ticket.py was changed otherwise, and the file can be only one of the two"
        for other in ("unresolved_chats, action 5", "tickets_made_by_hand, action 1")
    ]


def test_a_value_typed_in_one_of_two_workflows_is_refused(twice: Desk) -> None:
    """The portal's file says one value for both, so both have to have it."""
    types(twice, "1", "reopen_days", "3")
    code, (piece,) = pulled(twice, "--write")
    assert (code, piece["refused"]) == (
        2,
        "unresolved_chats, action 5 create_ticket has none there, and the portal's file says one value for both: make"
        " them equal in HubSpot",
    )
    types(twice, "5", "reopen_days", "3", THIRD)
    assert pulled(twice, "--write")[0] == 0
    assert kinds(twice) == IN_STEP | {"unresolved_chats": "in step"}


def test_the_text_of_another_action_is_told(made: Desk) -> None:
    """A whole file of ours that stands in the wrong action is no hotfix."""
    other = action_file(made, "send_confirmation.py").read_text("utf-8")
    edits(made, lambda body: action_of(body, "3").update(sourceCode=other))
    code, (piece,) = pulled(made, "--write")
    assert (code, piece["refused"]) == (
        2,
        "HubSpot has the text of actions/send_confirmation.py there, which was pasted into the wrong action",
    )


def test_typed_values_come_into_the_portals_file(made: Desk) -> None:
    """Static values become what the portal's file had: a list, a table, a word; its comments stay."""
    types(made, "1", "routes", '[{"inbox":"1200001","stage":"2","words":[1,true]},{"stage":"1"}]')
    types(made, "1", "inboxes", "1200001, 1200002")
    types(made, "1", "reopen_days", "3")
    types(made, "4", "mode", "off")
    before = made.portal_file.read_text("utf-8")
    code, pieces = pulled(made, "--write")
    assert (code, {piece["into"] for piece in pieces}) == (0, {"deploy/portals/local.toml"})
    text = made.portal_file.read_text("utf-8")
    assert tomllib.loads(text)["inputs"] == {
        "mode": "dry",
        "inboxes": ["1200001", "1200002"],
        "create_ticket": {
            "routes": [{"inbox": "1200001", "stage": "2", "words": [1, True]}, {"stage": "1"}],
            "reopen_days": 3,
        },
        "send_confirmation": {"mode": "off"},
    }
    head, comment = before.partition("[inputs]")[0], "# Support"
    assert (text.startswith(head), comment in text, kinds(made)) == (True, True, IN_STEP)


def test_a_value_typed_everywhere_is_everybodys(made: Desk) -> None:
    """The same value in every action that has the input changes the one entry for all."""
    for action in ("1", "3", "4"):
        types(made, action, "mode", "off")
    assert pulled(made, "--write")[0] == 0
    inputs = tomllib.loads(made.portal_file.read_text("utf-8"))["inputs"]
    assert (inputs["mode"], inputs.keys(), kinds(made)) == ("off", {"mode", "inboxes", "create_ticket"}, IN_STEP)


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        (
            "mode",
            "lvie",
            "deploy/portals/local.toml, [inputs.create_ticket], mode: expected one of off, dry, live, found 'lvie'."
            " Correct the value.",
        ),
        (
            "routes",
            "[{]",
            "deploy/portals/local.toml, [inputs.create_ticket], routes: expected a table, a list or JSON text, found"
            ' something else. For example [{"marker": "billing", "pipeline": "0", "stage": "1", "priority": "HIGH",'
            ' "owner": "none"}]',
        ),
    ],
)
def test_a_value_that_is_none_is_refused(made: Desk, name: str, value: str, why: str) -> None:
    """What the action would not understand is not written into the portal's file."""
    before = everything(made)
    types(made, "1", name, value)
    code, (piece,) = pulled(made, "--write")
    assert (code, piece["refused"], changed(before, everything(made))) == (2, why, [])


def test_wiring_comes_into_the_workflows_file(made: Desk) -> None:
    """Links, outputs, secrets, trigger and words go into the workflow's file; its order and file names stay."""

    def change(body: dict[str, Any]) -> None:
        body["description"] = "Changed by somebody."
        body["enrollmentCriteria"]["shouldReEnroll"] = True
        body["actions"][1]["staticBranches"].insert(
            0, {"branchValue": "created", "connection": {"edgeType": "STANDARD", "nextActionId": "3"}}
        )
        action_of(body, "1")["outputFields"][0]["options"].append("more")
        action_of(body, "3")["secretNames"] = []
        given = next(each for each in action_of(body, "4")["inputFields"] if each["name"] == "closed_at")
        given["value"]["actionId"] = "3"
        given["value"]["dataKey"] = "chat_closed_at"

    before = definition_in(workflow_file(made))
    edits(made, change)
    assert pulled(made)[0] == 2
    assert definition_in(workflow_file(made)) == before
    assert pulled(made, "--write")[0] == 0
    change(before)
    after = definition_in(workflow_file(made))
    assert (after, [*after], kinds(made)) == (before, [*before], IN_STEP)
    assert [[*raw] for raw in after["actions"]] == [[*raw] for raw in before["actions"]]


def test_an_action_added_by_hand_gets_a_file(made: Desk) -> None:
    """New code in HubSpot becomes a file beside the others, known code a reference, and all is in step."""
    known = action_file(made, "probe.py").read_text("utf-8")
    new = 'def main(event):\n    return {"outputFields": {}}'

    def change(body: dict[str, Any]) -> None:
        code = {"type": "CUSTOM_CODE", "runtime": "PYTHON39", "secretNames": [], "inputFields": [], "outputFields": []}
        onward = {"connection": {"edgeType": "STANDARD", "nextActionId": "6"}}
        action_of(body, "4")["connection"] = {"edgeType": "STANDARD", "nextActionId": "5"}
        body["actions"] += [
            code | {"actionId": "5", "sourceCode": new} | onward,
            code | {"actionId": "6", "sourceCode": known},
        ]

    edits(made, change)
    assert pulled(made, "--write")[0] == 0
    after = definition_in(workflow_file(made))
    assert [action_of(after, id)["sourceFile"] for id in ("5", "6")] == [
        "../../actions/tickets_made_by_hand_5.py",
        "../../actions/probe.py",
    ]
    assert action_file(made, "tickets_made_by_hand_5.py").read_text("utf-8") == new + "\n"
    assert (after["nextAvailableActionId"], kinds(made)) == ("7", IN_STEP)


def test_wiring_changed_here_too_is_kept(made: Desk) -> None:
    """Where the file and HubSpot both say something new, the file stays; the rest of HubSpot's is taken."""
    file = workflow_file(made)
    file.write_text(file.read_text("utf-8").replace("Enrols tickets", "Enrols our tickets"), encoding="utf-8")
    edits(made, lambda body: body.update(description="Changed by somebody.", name="A new name"))
    code, pieces = pulled(made, "--write")
    assert code == 2
    assert [(piece["what"], piece["refused"].partition(" says")[0]) for piece in pieces] == [
        ("description", "deploy/workflows/tickets_made_by_hand.json"),
        ("name", ""),
    ]
    after = definition_in(file)
    assert (after["name"], after["description"].startswith("Enrols our tickets")) == ("A new name", True)
    assert kinds(made) == IN_STEP | {"tickets_made_by_hand": "conflict"}


def test_a_workflow_no_file_can_hold_is_refused(made: Desk) -> None:
    """Wiring that the project's own rules refuse is not written."""
    before = everything(made)
    edits(made, lambda body: action_of(body, "2").pop("defaultBranchName"))
    code, (piece,) = pulled(made, "--write")
    assert (code, changed(before, everything(made))) == (2, [])
    assert piece["refused"].startswith("the workflow as HubSpot has it is none that a file here can hold: ")


def test_a_switch_comes_into_the_portals_file(desk: Desk) -> None:
    """Where the portal's file decides whether a workflow is on, turning it on in HubSpot is a change of that file."""
    shipped(desk, PORTAL.replace(f'id = "{HAND}"', f'id = "{HAND}"\nenabled = false'))
    edits(desk, lambda body: body.update(isEnabled=True))
    code, (piece,) = pulled(desk, "--write")
    assert (code, piece["what"], piece["before"], piece["after"]) == (0, "switch", "off", "on")
    assert tomllib.loads(desk.portal_file.read_text("utf-8"))["workflows"]["tickets_made_by_hand"]["enabled"] is True
    assert kinds(desk) == IN_STEP


def test_one_never_shipped_is_taken_whole(made: Desk) -> None:
    """Without a shipment HubSpot's text counts; what our file said before stays in the ledger."""
    ledger = made.folder / "deploy" / "ledger" / "local"
    (ledger / "shipped" / "tickets_made_by_hand.json").unlink()
    mine = action_file(made, "create_ticket.py")
    mine.write_text(mine.read_text("utf-8") + "# mine\n", encoding="utf-8")
    sha256 = hashlib.sha256(mine.read_bytes()).hexdigest()
    code, (piece,) = pulled(made, "--write")
    assert (code, piece["note"]) == (
        0,
        f"What actions/create_ticket.py says now is kept in the ledger as sources/{sha256}.txt.",
    )
    assert (ledger / "sources" / f"{sha256}.txt").read_text("utf-8").endswith("# mine\n")
    assert (mine.read_text("utf-8"), kinds(made)) == (action_of(flow(made), "1")["sourceCode"], IN_STEP)


def test_a_file_keeps_its_line_ends(made: Desk) -> None:
    """A file that ends its lines as Windows does still does so afterwards."""
    file = action_file(made, "create_ticket.py")
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    edits_code(made, "1", FIRST, MENDED)
    assert pulled(made, "--write")[0] == 0
    assert file.read_bytes() == action_of(flow(made), "1")["sourceCode"].encode().replace(b"\n", b"\r\n")
    assert kinds(made) == IN_STEP


def test_the_installed_package_is_never_written(desk: Desk) -> None:
    """A project that uses the package's own files is told to copy them first."""
    shipped(desk)
    for folder in ("actions", "deploy/workflows"):
        for path in sorted((desk.folder / folder).rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
    edits_code(desk, "1", FIRST, MENDED)
    code, (piece,) = pulled(desk, "--write")
    assert (code, piece["refused"]) == (
        2,
        "it belongs to the installed package: copy deploy/workflows and actions into your own project first",
    )


@pytest.mark.parametrize("named", [True, False])
def test_a_workflow_that_is_not_there_is_told(made: Desk, *, named: bool) -> None:
    """One that HubSpot's API does not give is named with the way out; asked for by name it is refused."""
    assert made.call("DELETE", f"/automation/v4/flows/{LOCK}").status == 204
    said = made.deploy("pull", *(["release_lock"] if named else []), "--json")
    why = (
        f"HubSpot's API does not give flow {LOCK}: it was deleted, or workflows of its kind are not served there."
        " Code is then compared by `verify-paste`."
    )
    if named:
        assert (said.code, said.stderr) == (
            1,
            f"deploy: release_lock: expected a workflow in HubSpot, found none. {why}\n",
        )
    else:
        assert (said.code, said.json["workflows"]) == (0, UNTOUCHED | {"release_lock": why})


def test_an_unknown_workflow_is_refused(made: Desk) -> None:
    """A name that the portal's file does not have is answered with those it has."""
    said = made.deploy("pull", "tickets")
    assert (said.code, said.stderr) == (
        1,
        "deploy: WORKFLOW: expected a workflow of deploy/portals/local.toml (tickets_made_by_hand, release_lock),"
        " found 'tickets'. Correct it; to take over one that is not there: --adopt FLOW_ID --as NAME.\n",
    )


def vips() -> dict[str, Any]:
    """A workflow that somebody made by hand, with Python, JavaScript, and code of ours."""
    code = {"type": "CUSTOM_CODE", "secretNames": ["CHAT_HANDOFF_TOKEN"], "outputFields": [], "runtime": "PYTHON39"}
    static = {"name": "mode", "value": {"type": "STATIC_VALUE", "staticValue": "loud"}}
    to = [{"connection": {"edgeType": "STANDARD", "nextActionId": id}} for id in ("2", "3")]
    python, ours = "def main(event):\r\n    return {}", (ROOT / "actions" / "probe.py").read_text("utf-8")
    script = {"runtime": "NODE24X", "sourceCode": "exports.main = async () => ({});\n"}
    return {
        "name": "Tickets of VIPs",
        "type": "PLATFORM_FLOW",
        "flowType": "WORKFLOW",
        "objectTypeId": "0-5",
        "isEnabled": True,
        "startActionId": "1",
        "actions": [
            code | {"actionId": "1", "sourceCode": python, "inputFields": [static]} | to[0],
            code | {"actionId": "2", "inputFields": []} | script | to[1],
            code | {"actionId": "3", "sourceCode": ours, "inputFields": []},
        ],
    }


@pytest.fixture
def with_vips(desk: Desk) -> Desk:
    """Beside ours, a workflow in the account that somebody made by hand."""
    shipped(desk, more=[vips()])
    return desk


def test_a_workflow_made_by_hand_is_adopted(with_vips: Desk) -> None:
    """Its JSON becomes a file, unknown code files beside it, known code a reference; the next plan says in step."""
    made, id = with_vips, THIRD
    before = everything(made)
    said = made.deploy("pull", "--adopt", id, "--as", "vip_tickets", "--json")
    assert (said.code, len(said.json["pieces"]), changed(before, everything(made))) == (2, 5, [])
    said = made.deploy("pull", "--adopt", id, "--as", "vip_tickets", "--write", "--json")
    files = [
        "actions/vip_tickets_1.py",
        "actions/vip_tickets_2.js",
        "deploy/portals/local.toml",
        "deploy/workflows/vip_tickets.json",
    ]
    assert (said.code, said.json["written"], said.json["workflows"]) == (0, files, {"vip_tickets": "In step."})
    assert changed(before, everything(made)) == files
    assert action_file(made, "vip_tickets_1.py").read_bytes() == b"def main(event):\n    return {}\n"
    adopted = definition_in(workflow_file(made, "vip_tickets"))
    live = flow(made, id)
    for raw, file in zip(live["actions"], ["vip_tickets_1.py", "vip_tickets_2.js", "probe.py"], strict=True):
        raw["sourceFile"] = f"../../actions/{file}"
        del raw["sourceCode"]
    left_out = ("id", "revisionId", "createdAt", "updatedAt", "crmObjectCreationStatus")
    assert adopted == {key: value for key, value in live.items() if key not in left_out} | {"isEnabled": False}
    assert kinds(made) == IN_STEP | {"vip_tickets": "in step"}
    assert made.deploy("plan").code == 0
    assert (flow(made, id)["isEnabled"], made.deploy("pull").code) == (True, 0)


@pytest.mark.parametrize(
    ("id", "name", "why"),
    [
        (
            HAND,
            "mine",
            f"deploy: flow {HAND}: expected a workflow that is not ours yet, found tickets_made_by_hand of"
            " deploy/portals/local.toml. Take over what was changed in it: `pull tickets_made_by_hand`.\n",
        ),
        (
            "18",
            "mine",
            "deploy: flow 18: expected a workflow in HubSpot, found none that its API gives. See the id in the address"
            " of HubSpot's editor.\n",
        ),
        (
            THIRD,
            "release_lock",
            "deploy: --as: expected a new name, found release_lock, which deploy/workflows has. Choose another.\n",
        ),
        (
            THIRD,
            "../mine",
            "deploy: pull --adopt: expected --adopt with a flow's id, --as with a name of small letters, digits and _,"
            " and no workflow, found --adopt 1800000003, --as ../mine, workflow none. The id stands in the editor's"
            " address. Example: pull --adopt 1800000001 --as vip_tickets.\n",
        ),
    ],
)
def test_what_cannot_be_adopted_is_refused(with_vips: Desk, id: str, name: str, why: str) -> None:
    """One that is ours, is not there, or would get a taken name is refused, and nothing is written."""
    before = everything(with_vips)
    said = with_vips.deploy("pull", "--adopt", id, "--as", name, "--write")
    assert (said.code, said.stderr) == (1, why)
    assert changed(before, everything(with_vips)) == []


def test_what_hubspot_still_makes_is_not_adopted(made: Desk) -> None:
    """A workflow takes a moment to be made; until then it is refused."""
    id = str(made.call("POST", FLOWS, vips()).body["id"])
    said = made.deploy("pull", "--adopt", id, "--as", "mine")
    assert (said.code, said.stderr) == (
        1,
        f"deploy: flow {id}: expected a workflow that is made, found one that HubSpot is still making."
        " Try again in a minute.\n",
    )


def test_nothing_changed_is_nothing_to_do(made: Desk) -> None:
    """Ends with 0 and says so, and with --write changes no file, not the ledger's either."""
    ledger = sorted((path, path.read_bytes()) for path in Path(made.folder).rglob("ledger/**/*") if path.is_file())
    said = made.deploy("pull", "--write")
    assert (said.code, said.stdout) == (
        0,
        "tickets_made_by_hand\n  Nothing of it was changed in HubSpot.\n"
        "release_lock\n  Nothing of it was changed in HubSpot.\n\n"
        "Pull: 0 taken over, 0 not taken.\nWritten: nothing.\n",
    )
    after = sorted((path, path.read_bytes()) for path in Path(made.folder).rglob("ledger/**/*") if path.is_file())
    assert ledger == after
