"""The command line of `harness prove`, as a person types it."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
CASES = Path(__file__).parent / "cases"
SEED = {
    "now": "2026-03-02T08:00:00Z",
    "tickets": [{"subject": "Where is my order?", "ago": "3 days"}],
    "properties": {
        "tickets": [
            {
                "name": "order_number",
                "label": "Order number",
                "type": "string",
                "fieldType": "text",
                "hasUniqueValue": True,
            }
        ]
    },
}


@dataclass(frozen=True)
class Said:
    """How the command ended and what it printed."""

    code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        """The object that --json prints."""
        return json.loads(self.stdout)


Prove = Callable[..., Said]


@pytest.fixture
def prove(tmp_path: Path) -> Prove:
    """`python -m harness prove CASE --event ... --seed ... --secret TOKEN=local-1`, and what else is typed."""
    (tmp_path / "event.json").write_text(json.dumps({"inputFields": {"order": "4711"}}))
    (tmp_path / "portal.json").write_text(json.dumps(SEED))

    def typed(case: str | Path, *more: str) -> Said:
        ran = subprocess.run(
            [
                *(sys.executable, "-m", "harness", "prove", str(CASES / case)),
                *("--event", str(tmp_path / "event.json"), "--seed", str(tmp_path / "portal.json")),
                *("--secret", "TOKEN=local-1", *more),
            ],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        return Said(ran.returncode, ran.stdout, ran.stderr)

    return typed
