"""A kill at any request of `apply`: whatever it leaves, `plan` understands it, and `apply` or `rollback` goes on."""

import shutil
from pathlib import Path

import pytest

from deploy.comparable import digest_of
from tests.deploy.desk import Desk
from tests.deploy.shipments import FLOWS, ONE, edited, flow, ids, kinds, modes, shipped, with_mode
from tests.harness.serve.conftest import ROOT

KILLER = Path(__file__).parent / "killed"
UPDATE_CALLS = 6  # account, list, batch read; read, write, read
CREATE_CALLS = 5  # account, list; list, make, read


def killed(desk: Desk, at: int, when: str) -> int:
    """`apply`, ended by SIGKILL at one of its requests, before or after it was carried out."""
    path = f"{KILLER}:{ROOT}"
    return desk.deploy("apply", PYTHONPATH=path, KILLED_AT=str(at), KILLED=when).code


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("at", range(1, UPDATE_CALLS + 1))
def test_an_update_that_is_killed_goes_on(desk: Desk, at: int, when: str) -> None:
    """Applying again ends in what an undisturbed run ends in, and rolling back in what was there before."""
    id = shipped(desk, ONE.format(mode="dry"))["unresolved_chats"]
    before = digest_of(flow(desk, id))
    with_mode(desk, "live")
    assert killed(desk, at, when) == -9
    assert kinds(desk)["unresolved_chats"] in {"update", "in step"}
    assert desk.deploy("apply").code == 0
    assert (kinds(desk), modes(flow(desk, id))) == ({"unresolved_chats": "in step"}, {"live"})
    assert desk.deploy("rollback").code == 0
    assert digest_of(flow(desk, id)) == before


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("at", range(1, CREATE_CALLS + 1))
def test_a_workflow_is_made_once_however_often_we_are_killed(desk: Desk, at: int, when: str) -> None:
    """A run that ends before it knows the new workflow's id finds it by its name; there is never a second one."""
    desk.has(ONE.format(mode="live"))
    desk.tests_passed()
    assert killed(desk, at, when) == -9
    desk.hub.control("POST", "clock", {"advance": 60})  # HubSpot takes its time with a new workflow
    assert kinds(desk)["unresolved_chats"] in {"create", "update"}
    assert desk.deploy("apply").code == 0
    assert desk.deploy("apply").code == 0  # what was made dry goes live
    assert kinds(desk) == {"unresolved_chats": "in step"}
    listed = [found["id"] for found in desk.call("GET", FLOWS).body["results"]]
    assert listed == [ids(desk)["unresolved_chats"]]
    assert f'id = "{listed[0]}"' in desk.portal_file.read_text("utf-8")


def test_of_two_who_apply_from_one_folder_one_is_refused(desk: Desk) -> None:
    """Two runs at once in one project: one makes the workflow, the other is refused before it asks for anything."""
    desk.has(ONE.format(mode="dry"))
    desk.tests_passed()
    running = [desk.running("apply") for _ in range(2)]
    said = [process.communicate(timeout=60)[1] for process in running]
    assert sorted(process.returncode for process in running) == [0, 1]
    assert [text for text in said if text] == [
        "deploy: deploy/ledger/local: expected to be the only one here who writes to this portal, "
        "found another command that does. Nothing was changed. Wait until it has ended, then plan again and look.\n"
    ]
    assert len(desk.call("GET", FLOWS).body["results"]) == 1


def test_of_two_who_apply_elsewhere_one_is_refused(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Two plans of the same revision in two checkouts: the first is carried out, the second writes nothing."""
    id = shipped(desk, ONE.format(mode="dry"))["unresolved_chats"]
    with_mode(desk, "live")
    other = Desk(tmp_path_factory.mktemp("other"), desk.hub)
    shutil.copytree(desk.folder, other.folder, dirs_exist_ok=True)
    running = [each.running("apply") for each in (desk, other)]
    ended = sorted((process.communicate(timeout=60)[1], process.returncode) for process in running)
    assert (modes(flow(desk, id)), flow(desk, id)["revisionId"]) == ({"live"}, "2")
    assert all(code == 0 or "Nothing was written to it" in said or "left as it stands" in said for said, code in ended)
    assert [kinds(each) for each in (desk, other)] == [{"unresolved_chats": "in step"}] * 2


def test_an_edit_right_after_our_write_is_left_alone(desk: Desk) -> None:
    """Somebody who writes between our write and our second look is not written over, and what was before is kept."""
    id = shipped(desk, ONE.format(mode="dry"))["unresolved_chats"]
    with_mode(desk, "live")
    desk.hub.control("POST", "weather", {"kind": "slow", "seconds": 3, "route": "PUT /automation"})
    running = desk.running("apply")
    while flow(desk, id)["revisionId"] == "1":
        pass  # until our write is carried out; its answer is late
    edited(desk, id, description="a rival's")
    said, code = running.communicate(timeout=60)[1], running.returncode
    assert (code, "which is not what was sent (ours was 2)" in said, "kept as" in said) == (1, True, True)
    assert flow(desk, id)["description"] == "a rival's"
    assert desk.deploy("history", "--json").json["history"][0]["act"] == "written, and changed since"
