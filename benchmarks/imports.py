"""What Python takes to import a web framework, in an environment of its own: what a start is compared with."""

import subprocess
import sys
import time
from pathlib import Path

PACKAGES = ("uvicorn==0.54.0", "starlette==1.10.0")


class NoStarlette(Exception):
    """Why there is nothing to compare with."""


def python_with_starlette(cache: Path) -> Path:
    """An interpreter such as this one, with both packages; made when first asked for."""
    python = cache / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if _has_both(python):
        return python
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(cache)],
        [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES],
    ):
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        if ran.returncode:
            raise NoStarlette(f"{' '.join(command)} failed: {ran.stderr[-500:]}")
    importing(python)  # writes what Python compiles once
    return python


def importing(python: Path) -> float:
    """Seconds from the command to its end."""
    begun = time.perf_counter()
    subprocess.run([str(python), "-c", "import uvicorn, starlette"], check=True)
    return time.perf_counter() - begun


def _has_both(python: Path) -> bool:
    if not python.is_file():
        return False
    asked = [str(python), "-c", "import sys, uvicorn, starlette; print(sys.version, uvicorn.__version__, starlette)"]
    ran = subprocess.run(asked, capture_output=True, text=True, check=False)
    return ran.returncode == 0 and ran.stdout.startswith(f"{sys.version} {PACKAGES[0].partition('==')[2]} ")
