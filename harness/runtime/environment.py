"""Which Python runs an action, and which variables does the action find?"""

import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from harness.runtime.notices import say_once

PYTHON_VARIABLE = "CHAT_HANDOFF_PYTHON"
_BUILT = Path(".runtime/python3.9")

LAMBDA_VARIABLES = {
    # Documented by AWS ("Defined runtime environment variables"), TZ too; HubSpot documents only secrets.
    "AWS_EXECUTION_ENV": "AWS_Lambda_python3.9",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128",
    "LAMBDA_TASK_ROOT": "/var/task",
    "LANG": "en_US.UTF-8",
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "TZ": ":UTC",
}
_NEVER_A_SECRET = ("AWS_", "LAMBDA_", "LC_", "PYTHON", "_")
_KNOWN_NAMES = frozenset({"HOME", "LD_LIBRARY_PATH", "PWD", "TMPDIR", "TEMP", "TMP", "USER", *LAMBDA_VARIABLES})


class NoPython(Exception):
    """The interpreter that was asked for is not there, or does not start."""


def find_python(asked: str | None = None) -> str:
    """The one asked for, else the variable's, else what `nox -s runtime` built, else ours, said once."""
    for named, where in ((asked, "--python"), (os.environ.get(PYTHON_VARIABLE), PYTHON_VARIABLE)):
        if named:
            found = shutil.which(named)
            if found is None:
                raise NoPython(f"{where}: expected the path of a Python 3.9 or later, found {named!r}: no program.")
            return found
    built = _BUILT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if built.exists():
        return str(built.absolute())
    version = ".".join(str(part) for part in sys.version_info[:3])
    say_once(
        f"actions run on Python {version} with the libraries installed here. "
        "`nox -s runtime` builds HubSpot's own: Python 3.9 with its library versions."
    )
    return sys.executable


def variables(secrets: Mapping[str, str], folder: str | None = None) -> dict[str, str]:
    """The action's whole environment: Lambda's variables and the secrets, nothing of this machine."""
    extra = {"TMPDIR": folder} if folder else {}
    if os.name == "nt":  # without it Windows cannot open a socket
        extra["SYSTEMROOT"] = os.environ.get("SYSTEMROOT", r"C:\Windows")
        extra.update({"TEMP": folder or "", "TMP": folder or ""})
    return {**LAMBDA_VARIABLES, **extra, **secrets}


def undeclared(looked_up: Iterable[str], declared: Iterable[str]) -> list[str]:
    """The names an action looked up in vain that can only have been meant as secrets."""
    known = {*declared, *_KNOWN_NAMES}
    return [
        name
        for name in dict.fromkeys(looked_up)
        if name.isupper() and name not in known and not name.startswith(_NEVER_A_SECRET) and not name.endswith("_PROXY")
    ]
