"""What a log of the real HubSpot becomes: marks with a date, or a plain word about what is otherwise."""

import json
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
PROBED: list[dict[str, Any]] = [
    {"action": "probe", "python": "3.9.16", "system": "Linux", "libraries": {"requests": "2.28.2", "redis": "5.0.0"}},
    {
        "action": "probe",
        "environment": ["PATH", "TZ", "LANG"],
        "temporary_folder": True,
        "zones": "no zoneinfo (ImportError)",
    },
    {
        "action": "probe",
        "event": {
            "inputFields": {"a_number": "text of 2 digits", "a_date": "text of 13 digits", "a_boolean": "bool"},
            "object": {"objectType": "str", "objectId": "int"},
            "callbackId": "str",
        },
    },
    {"action": "probe", "object_id_opens_thread": "yes"},
]
LOG = "2026-11-20T09:00:00.000Z\tINFO\tstarting\n" + "".join(f"INFO {json.dumps(line)}\n" for line in PROBED)
CLAIM = {"claim": "records.create", "host": "https://api.hubapi.com", "version": "v3", "type": "tickets"}


def imported(tmp_path: Path, log: str, *options: str) -> tuple[int, str]:
    """The command's exit code and what it says; the ledger is in tmp_path."""
    (tmp_path / "run.log").write_text(log, encoding="utf-8")
    files = [str(tmp_path / "run.log"), "--into", str(tmp_path / "ledger.toml")]
    ran = subprocess.run(
        [sys.executable, "-m", "harness", "facts", "import", *files, *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.returncode, (ran.stdout + ran.stderr).replace(str(tmp_path), "")


def ledger(tmp_path: Path) -> dict[str, Any]:
    """What was kept."""
    return tomllib.loads((tmp_path / "ledger.toml").read_text("utf-8"))


def line(held: bool | None, **more: str) -> str:
    """One line of a live run."""
    return json.dumps(CLAIM | {"held": held, "on": "2026-11-21"} | more) + "\n"


def test_a_probe_s_log_becomes_marks(tmp_path: Path) -> None:
    """Each assumption the log tells about is verified or contradicted on that day; it ends with 2 for the latter."""
    assert imported(tmp_path, LOG, "--on", "2026-11-20") == (
        2,
        "otherwise  runtime.package.redis: redis 5.0.0\n"
        "otherwise  runtime.environment: no AWS_EXECUTION_ENV, AWS_LAMBDA_FUNCTION_MEMORY_SIZE, LAMBDA_TASK_ROOT\n"
        "otherwise  runtime.zones: no zoneinfo (ImportError)\n"
        "otherwise  event.boolean: inputFields.a_boolean is bool\n"
        "otherwise  event.conversation-id: it does\n"
        "verified   runtime.python  2026-11-20\n"
        "verified   runtime.package.requests  2026-11-20\n"
        "verified   runtime.temporary-folder  2026-11-20\n"
        "verified   event.object-type  2026-11-20\n"
        "verified   event.object-id  2026-11-20\n"
        "verified   event.callback-id  2026-11-20\n"
        "verified   event.number  2026-11-20\n"
        "verified   event.date  2026-11-20\n"
        "verified   event.empty  2026-11-20\n"
        "9 verified, 5 otherwise, 0 not put; written to /ledger.toml.\n",
    )
    assert ledger(tmp_path)["runtime.zones"] == {
        "held": False,
        "on": date(2026, 11, 20),
        "by": "actions/probe.py",
        "found": "no zoneinfo (ImportError)",
    }


def test_a_live_run_s_lines_become_marks(tmp_path: Path) -> None:
    """A claim holds where it held in every version it was put to; one that could not be put is only counted."""
    log = line(True) + line(True, version="2026-09") + line(None, claim="threads.close", needs="somebody")
    assert imported(tmp_path, log) == (
        0,
        "verified   records.create  2026-11-21\n1 verified, 0 otherwise, 1 not put; written to /ledger.toml.\n",
    )
    assert imported(tmp_path, line(True) + line(False, version="2026-09", found="KeyError: 'id'")) == (
        2,
        "otherwise  records.create: 2026-09 tickets: KeyError: 'id'\n"
        "0 verified, 1 otherwise, 0 not put; written to /ledger.toml.\n",
    )
    assert ledger(tmp_path)["records.create"]["held"] is False


def test_the_newer_sighting_counts(tmp_path: Path) -> None:
    """An older log changes nothing of what a newer one has shown, and a dry run writes nothing at all."""
    imported(tmp_path, line(True))
    imported(tmp_path, line(False, on="2026-11-01", found="an old day"))
    assert ledger(tmp_path)["records.create"]["held"] is True
    assert imported(tmp_path, line(False, on="2026-11-30"), "--dry-run")[0] == 2
    assert ledger(tmp_path)["records.create"]["held"] is True


@pytest.mark.parametrize(
    ("log", "said"),
    [
        (
            "nothing of ours\n{broken\n",
            "/run.log: expected lines of actions/probe.py or of `nox -s live` (JSON, one object a line), found none.\n",
        ),
        (
            "START RequestId: 00000000-0000-4000-8000-000000000001 Version: $LATEST\n" + LOG,
            "/run.log: expected a log of the real HubSpot, found one of the local runtime (its RequestId says so). "
            "Paste actions/probe.py into a workflow, press Test, copy that log.\n",
        ),
        (
            line(True, host="http://127.0.0.1:8080"),
            "/run.log: expected claims put to https://api.hubapi.com, found one put to http://127.0.0.1:8080. "
            "Only the real HubSpot verifies: run `nox -s live` without --host.\n",
        ),
    ],
    ids=["nothing", "the local runtime", "the local portal"],
)
def test_what_is_no_log_of_hubspot_verifies_nothing(tmp_path: Path, log: str, said: str) -> None:
    """A log without our lines, or one of the local stand-ins, is refused and no ledger is written."""
    assert imported(tmp_path, log) == (1, said)
    assert not (tmp_path / "ledger.toml").exists()


def test_a_broken_ledger_is_left_alone(tmp_path: Path) -> None:
    """A ledger that cannot be read is named and not written over."""
    (tmp_path / "ledger.toml").write_text("held = 1\n", encoding="utf-8")
    code, said = imported(tmp_path, line(True))
    assert (code, said.startswith("/ledger.toml: expected a ledger as `facts import` writes it, found")) == (1, True)
    assert (tmp_path / "ledger.toml").read_text("utf-8") == "held = 1\n"
