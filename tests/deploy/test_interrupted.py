"""A kill at any request of `apply`: whatever it leaves, `plan` understands it, and `apply` or `rollback` goes on."""

from pathlib import Path

import pytest

from deploy.comparable import digest_of
from tests.deploy.desk import Desk
from tests.deploy.test_apply import FLOWS, ONE, flow, ids, kinds, modes, shipped, with_mode
from tests.harness.serve.conftest import ROOT

KILLER = Path(__file__).parent / "killed"
UPDATE_CALLS = 6  # account, list, batch read; read, write, read
CREATE_CALLS = 4  # account, list; make, read


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
    desk.has(ONE.format(mode="dry"))
    desk.tests_passed()
    assert killed(desk, at, when) == -9
    desk.hub.control("POST", "clock", {"advance": 60})  # HubSpot takes its time with a new workflow
    assert kinds(desk)["unresolved_chats"] in {"create", "in step"}
    assert desk.deploy("apply").code == 0
    assert kinds(desk) == {"unresolved_chats": "in step"}
    listed = [found["id"] for found in desk.call("GET", FLOWS).body["results"]]
    assert listed == [ids(desk)["unresolved_chats"]]
    assert f'id = "{listed[0]}"' in desk.portal_file.read_text("utf-8")


def test_of_two_who_apply_at_once_one_is_refused(desk: Desk) -> None:
    """Two plans of the same revision: the first is carried out, the second is stale and writes nothing."""
    id = shipped(desk, ONE.format(mode="dry"))["unresolved_chats"]
    with_mode(desk, "live")
    running = [desk.running("apply") for _ in range(2)]
    ended = sorted((process.communicate(timeout=60)[1], process.returncode) for process in running)
    assert (modes(flow(desk, id)), flow(desk, id)["revisionId"]) == ({"live"}, "2")
    assert all(code == 0 or "Nothing" in said or "plan again" in said for said, code in ended)
    assert kinds(desk) == {"unresolved_chats": "in step"}
