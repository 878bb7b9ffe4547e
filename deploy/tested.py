"""Were these very files tested? The tests of the actions leave a report with their hashes; a shipment asks for it."""

import json
from collections.abc import Mapping
from pathlib import Path

from deploy.portal_file import project
from deploy.refusals import Refused

REPORT = ".tested.json"
"""In the project's folder. Written by `pytest tests/actions` when all of it passed; not kept in git."""


class NotTested(Refused):
    """What would be shipped is not what was tested."""


def check(sources: Mapping[str, str]) -> None:
    """Every file's hash is in the report; a NotTested names the first that is not."""
    tested = _read(project() / REPORT)
    for file, digest in sources.items():
        if tested.get(file) != digest:
            found = "no report of a test run" if not tested else f"a report of another text of {file}"
            raise NotTested(
                f"actions/{file}",
                expected="a report of passed tests that names its hash",
                found=found if file in tested or not tested else f"a report without {file}",
                remedy="Run `python -m pytest tests/actions`, or give the reason why not: --untested REASON.",
            )


def _read(report: Path) -> dict[str, str]:
    try:
        kept = json.loads(report.read_text("utf-8"))
        return {str(file): str(digest) for file, digest in kept["sources"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
