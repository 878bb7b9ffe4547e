"""`harness enrol`: a flow's file tried on a seeded portal, as a person types it."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.harness.workflow.conftest import BUSY, code, known, property_, single, static

SEED = """
now: 2026-03-02T08:00:00Z
contacts:
  - {email: visitor-12@example.org}
tickets:
  - {subject: Leaking kettle, contact: visitor-12@example.org}
  - {subject: Old kettle}
"""
SIZE = """
def main(event):
    words = len(event["inputFields"]["subject"].split())
    return {"outputFields": {"size": "long" if words > 3 else "short"}}
"""
HOUR = {"delta": "1", "time_unit": "HOURS"}


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with a seed and two actions."""
    for name, text in {"portal.yaml": SEED, "size.py": SIZE, "busy.py": BUSY}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def flow(here: Path, *actions: dict[str, Any], **more: object) -> None:
    definition = {
        "name": "Size up tickets",
        "objectTypeId": "0-5",
        "startActionId": actions[0]["actionId"],
        "actions": list(actions),
        "enrollmentCriteria": {"type": "MANUAL", "shouldReEnroll": True},
        **more,
    }
    (here / "flow.json").write_text(json.dumps(definition), encoding="utf-8")


def typed(here: Path, *arguments: str) -> tuple[int, str, str]:
    """The exit code, what was printed, and what was said beside it."""
    line = [sys.executable, "-m", "harness", "enrol", "flow.json", "--seed", "portal.yaml", *arguments]
    root = Path(__file__).resolve().parents[3]
    ran = subprocess.run(
        line,
        cwd=here,
        env={**os.environ, "PYTHONPATH": str(root), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.returncode, ran.stdout, ran.stderr


def test_history(here: Path) -> None:
    """The history says who came and went, the log which action did what and what code returned."""
    flow(
        here,
        code("1", "size.py", {"subject": property_("subject")}, ["size"], then="2"),
        single("2", "0-1", HOUR, then="3"),
        single("3", "0-5", {"property_name": "content", "value": static("x")}),
    )

    found = typed(here, "--record", "90000001", "--secret", "TOKEN=local-1")

    assert found == (
        0,
        """\
Size up tickets: enrolment history, times in UTC
  2026-03-02 08:00:00  record 90000001  enrolled by hand
  2026-03-02 09:00:00  record 90000001  finished

record 90000001, enrolment 1: finished
  2026-03-02 08:00:00  action 1  CUSTOM_CODE  size.py: succeeded
      size = "short"
  2026-03-02 08:00:00  action 2  SINGLE_CONNECTION  delay: 60 min
  2026-03-02 09:00:00  action 3  SINGLE_CONNECTION  set content: done
""",
        "",
    )


def test_retries(here: Path) -> None:
    """Each attempt is a line of its own; --until ends it while HubSpot would still try again."""
    flow(here, code("1", "busy.py", {}, []))

    code_, out, _ = typed(here, "--record", "90000001", "--secret", "TOKEN=local-1", "--until", "2 min")

    assert (code_, [line for line in out.splitlines() if "action 1" in line], out.splitlines()[3]) == (
        0,
        [
            "  2026-03-02 08:00:00  action 1  CUSTOM_CODE  busy.py: will retry in 0:01:00",
            "  2026-03-02 08:01:00  action 1  CUSTOM_CODE  busy.py, attempt 2: will retry in 0:02:00",
        ],
        "record 90000001, enrolment 1: still inside",
    )


def test_data(here: Path) -> None:
    """With --json the same is data, with what was written down and never sent."""
    notice = {"subject": "{{ enrolled_object.subject }}", "body": "x", "user_ids": ["7"]}
    flow(here, single("1", "0-8", notice))

    code_, out, err = typed(here, "--record", "90000001", "--record", "90000002", "--json")

    moment = "2026-03-02T08:00:00Z"
    assert (code_, err) == (0, "")
    assert json.loads(out) == {
        "flow": "Size up tickets",
        "history": [
            {"at": moment, "record": record, "what": what, "enrolment": number}
            for what in ("enrolled by hand", "finished")
            for number, record in ((1, "90000001"), (2, "90000002"))
        ],
        "enrolments": [
            {
                "record": record,
                "number": number,
                "started_at": moment,
                "status": "finished",
                "log": [
                    {
                        "at": moment,
                        "action": "1",
                        "type": "SINGLE_CONNECTION",
                        "what": "internal e-mail",
                        "outcome": "written down",
                    }
                ],
                "recorded": [
                    {
                        "at": moment,
                        "action": "1",
                        "kind": "internal e-mail",
                        "user_ids": ["7"],
                        "team_ids": [],
                        "owner_ids": [],
                        "subject": subject,
                        "body": "x",
                    }
                ],
            }
            for number, record, subject in ((1, "90000001", "Leaking kettle"), (2, "90000002", "Old kettle"))
        ],
    }


def test_failed(here: Path) -> None:
    """An enrolment that did not go well ends with 1."""
    flow(here, single("1", "0-5", {"property_name": "unheard_of", "value": static("x")}))

    code_, out, _ = typed(here, "--record", "90000001")

    assert (code_, out.splitlines()[2]) == (
        1,
        "  2026-03-02 08:00:00  record 90000001  finished, with an action that failed",
    )


def test_check(here: Path) -> None:
    """Without a record the flow is only checked."""
    flow(here, single("1", "0-1", HOUR))

    assert typed(here) == (0, "Size up tickets: all of its 1 action(s) are walked here. --record ID enrols one.\n", "")


def test_not_walked(here: Path) -> None:
    """What is not walked is told in one list, before anything runs."""
    flow(here, single("1", "0-11", {}, then="2"), single("2", "0-1", {}), goalFilterBranch=known("unheard_of"))

    code_, out, err = typed(here, "--record", "90000001")

    assert (code_, out, err.splitlines()) == (
        1,
        "",
        [
            "flow.json: expected a flow that can be walked here, found 3 thing(s) that cannot.",
            "  action 1: expected CUSTOM_CODE, WEBHOOK, STATIC_BRANCH, LIST_BRANCH or SINGLE_CONNECTION 0-1, 0-3, 0-4, "
            '0-5, 0-8, 0-9, 0-14, 0-29, 0-35, 0-63189541, found "SINGLE_CONNECTION 0-11"',
            "  action 2: expected a whole number from 0 to 5256000 as delta, found nothing",
            '  goalFilterBranch: expected a filter\'s property to be one that the portal has, found "unheard_of"',
            "Correct them or take them out of the flow; what only HubSpot does, try in a HubSpot test account.",
        ],
    )


def test_what_was_typed(here: Path) -> None:
    """Records that are not there and secrets that were not given are named together."""
    flow(here, code("1", "size.py", {}, []))

    assert typed(here, "--record", "7", "--record", "90000002") == (
        1,
        "",
        "--record: expected the id of a record of type 0-5 (90000001, 90000002), found 7.\n"
        "--secret: expected TOKEN, which an action of the flow names, found none. Write TOKEN=local-1.\n",
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--until", "soon"], "--until: expected a span"),
        (["--now", "soon"], "--now: expected a moment"),
        (["--now", "8999-12-31T00:00:00Z", "--until", "9 days", "--record", "90000001"], "1970-01-01 to 9000-01-01"),
        (["--python", "no/such/python", "--record", "90000001"], "no/such/python"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_usage(here: Path, arguments: list[str], said: str) -> None:
    """What cannot be understood ends with 2 and says what was expected."""
    flow(here, single("1", "0-1", HOUR))

    code_, out, err = typed(here, *arguments)

    assert (code_, out, said in err) == (2, "", True)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("flow.json", "{", "flow.json: line 1: expected JSON, found a mistake in it"),
        ("portal.yaml", "tickets: 3", "portal.yaml: tickets: expected array, found int."),
    ],
)
def test_bad_files(here: Path, name: str, text: str, said: str) -> None:
    """A flow or a seed that cannot be read ends with 1 and says where."""
    flow(here, single("1", "0-1", HOUR))
    (here / name).write_text(text, encoding="utf-8")

    code_, out, err = typed(here, "--record", "90000001")

    assert (code_, out, err.startswith(said)) == (1, "", True)


def test_round_in_circles(here: Path) -> None:
    """A flow that enrols without an end what it makes ends with 1, though each of its enrolments went well."""
    subject = {"targetProperty": "subject", "value": static("One more")}
    all_tickets = {"type": "LIST_BASED", "shouldReEnroll": False, "listFilterBranch": known("subject")}
    make = single("1", "0-14", {"object_type_id": "0-5", "properties": [subject]})
    flow(here, make, enrollmentCriteria=all_tickets)

    code_, out, err = typed(here, "--record", "90000001")

    told = [line.partition("not enrolled: ")[2] for line in out.splitlines() if "not enrolled" in line]
    assert (code_, told, err) == (
        1,
        ["one enrolment led to 1000 others at this moment: the flows go round in circles"],
        "",
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is no signal there")
def test_interrupt(here: Path) -> None:
    """A Ctrl-C while an action runs ends with 130 and says so, and the action is gone."""
    there = here / "there"
    source = f"import os\ndef main(event):\n    open({str(there)!r}, 'w').write(str(os.getpid()))\n    while True: pass"
    (here / "endless.py").write_text(source, encoding="utf-8")
    flow(here, code("1", "endless.py", {}, []) | {"secretNames": []})
    line = [sys.executable, "-m", "harness", "enrol", "flow.json", "--seed", "portal.yaml", "--record", "90000001"]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[3])}
    with subprocess.Popen(line, cwd=here, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        while not there.exists() or not there.read_text(encoding="utf-8"):
            threading.Event().wait(0.01)
        run.send_signal(signal.SIGINT)
        out, err = run.communicate()

    assert (run.returncode, out, err) == (130, "", "harness: interrupted; what was running has been ended.\n")
    with pytest.raises(ProcessLookupError):
        os.kill(int(there.read_text(encoding="utf-8")), 0)
