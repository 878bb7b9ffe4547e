"""Applying: what the plan says and nothing else, once, looked at afterwards, and put back when asked."""

import shutil

import pytest

from tests.deploy.desk import WORKFLOWS, Desk
from tests.deploy.shipments import FLOWS, LIVE, ONE, READ_ONLY, edited, flow, kinds, modes, shipped, with_mode


def test_new_workflows_start_off_and_dry(desk: Desk) -> None:
    """Whatever the portal's file says, a workflow is made off and dry; the next plan shows what is still to come."""
    found = shipped(desk, LIVE.replace("[workflows.unresolved_chats]", "[workflows.unresolved_chats]\nenabled = true"))
    first = flow(desk, found["unresolved_chats"])
    assert (first["isEnabled"], modes(first)) == (False, {"dry"})
    assert kinds(desk) == {"unresolved_chats": "update", "tickets_made_by_hand": "update", "release_lock": "in step"}
    assert desk.deploy("apply").code == 0
    second = flow(desk, found["unresolved_chats"])
    assert (second["isEnabled"], modes(second)) == (True, {"live"})
    assert set(kinds(desk).values()) == {"in step"}


def test_the_ids_are_written_into_the_portal_s_file(desk: Desk) -> None:
    """A new workflow's id stands in its table, and every comment stays."""
    desk.has("# ours\n" + WORKFLOWS + "# the end\n")
    desk.tests_passed()
    desk.deploy("apply")
    text = desk.portal_file.read_text("utf-8")
    assert [line for line in text.splitlines() if line.startswith(("#", "[workflows", "id"))] == [
        "# ours",
        "[workflows.unresolved_chats]",
        'id = "1800000001"',
        "[workflows.tickets_made_by_hand]",
        'id = "1800000002"',
        "[workflows.release_lock]",
        'id = "1800000003"',
        "# the end",
    ]


def test_line_ends_and_mark_of_the_portal_s_file_stay(desk: Desk) -> None:
    """A file as Windows writes it gets the id and keeps its line ends and its mark."""
    desk.has(ONE.format(mode="dry"))
    desk.tests_passed()
    text = "\ufeff" + desk.portal_file.read_text("utf-8").replace("\n", "\r\n")
    desk.portal_file.write_bytes(text.encode())
    assert desk.deploy("apply").code == 0
    written = desk.portal_file.read_bytes().decode()
    assert written == text.replace("_chats]\r\n", '_chats]\r\nid = "1800000001"\r\n')


def test_one_put_for_each_workflow_that_differs(desk: Desk) -> None:
    """An update reads, writes once and reads again; what is in step is not touched."""
    found = shipped(desk)
    with_mode(desk, "live")
    desk.requests()
    assert desk.deploy("apply").code == 0
    one, two = found["unresolved_chats"], found["tickets_made_by_hand"]
    assert desk.requests() == [
        "GET /account-info/2026-09/details",
        f"GET {FLOWS}",
        f"POST {FLOWS}/batch/read",
        f"GET {FLOWS}/{one}",
        f"PUT {FLOWS}/{one}",
        f"GET {FLOWS}/{one}",
        f"GET {FLOWS}/{two}",
        f"PUT {FLOWS}/{two}",
        f"GET {FLOWS}/{two}",
    ]


def test_what_only_the_account_says_stays(desk: Desk) -> None:
    """Fields that our file does not name go back as they were read when we take over a workflow, and ever after."""
    found = shipped(desk, ONE.format(mode="dry"))
    id = found["unresolved_chats"]
    extra = {"suppressionFilterBranch": {"filterBranches": [], "filters": [], "filterBranchType": "OR"}}
    edited(desk, id, **extra)
    shutil.rmtree(desk.folder / "deploy" / "ledger")
    with_mode(desk, "live")
    assert kinds(desk) == {"unresolved_chats": "unknown"}
    assert desk.deploy("apply", "--overrule", "unresolved_chats").code == 0
    with_mode(desk, "off")
    assert desk.deploy("apply").code == 0
    after = flow(desk, id)
    assert (after["suppressionFilterBranch"], modes(after)) == (extra["suppressionFilterBranch"], {"off"})


@pytest.mark.parametrize("way", ["the answer is lost", "HubSpot breaks after the write"])
def test_a_network_that_drops_after_the_put(desk: Desk, way: str) -> None:
    """When no answer comes, what stands there tells that it was carried out, and it counts as done."""
    found = shipped(desk, ONE.format(mode="dry"))
    with_mode(desk, "live")
    kind = {"kind": "drops"} if way == "the answer is lost" else {"kind": "breaks", "status": 502}
    desk.hub.control("POST", "weather", kind | {"route": "PUT /automation", "after_write": True})
    answer = desk.deploy("apply")
    assert (answer.code, answer.stderr) == (0, "")
    assert (modes(flow(desk, found["unresolved_chats"])), set(kinds(desk).values())) == ({"live"}, {"in step"})


def test_a_busy_hubspot_is_waited_for(desk: Desk) -> None:
    """After 429 a request is made again when HubSpot says, or a moment later; it is no failure."""
    desk.hub.control("POST", "weather", {"kind": "busy", "times": 2, "retry_after": 0, "route": "GET /automation"})
    assert kinds(desk) == dict.fromkeys(("unresolved_chats", "tickets_made_by_hand", "release_lock"), "create")


def test_the_plan_is_the_same_twice(desk: Desk) -> None:
    """Planning twice gives the same bytes, in JSON and in Markdown."""
    shipped(desk)
    with_mode(desk, "live")
    for form in ("--json", "--markdown"):
        assert desk.deploy("plan", form).stdout == desk.deploy("plan", form).stdout


def test_rollback_puts_back_what_was_there(desk: Desk) -> None:
    """Rolled back, a workflow is as before the write, on or off as it is; the plan then has the update again."""
    found = shipped(desk, ONE.format(mode="dry"))
    id = found["unresolved_chats"]
    before = flow(desk, id)
    with_mode(desk, "live")
    desk.deploy("apply")
    edited_live = flow(desk, id) | {"isEnabled": True}
    desk.call("PUT", f"{FLOWS}/{id}", {name: value for name, value in edited_live.items() if name not in READ_ONLY})
    assert desk.deploy("rollback").code == 0
    after = flow(desk, id)
    assert (after["actions"], after["isEnabled"]) == (before["actions"], True)
    assert kinds(desk) == {"unresolved_chats": "update"}
    newest = desk.deploy("history", "--json").json["history"][0]
    again = desk.deploy("rollback")
    assert (again.code, "found none that was not used" in again.stderr) == (1, True)
    assert (newest["act"], desk.deploy("rollback", newest["snapshot"]).code) == ("rolled back", 0)
    assert modes(flow(desk, id)) == {"live"}
