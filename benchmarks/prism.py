"""Prism, to compare with: installed once into a folder outside of this one, and serving HubSpot's ticket spec."""

import json
import shutil
import socket
import subprocess
from pathlib import Path
from typing import Any

from benchmarks.processes import Process

VERSION = "5.16.0"
PACKAGE = f"@stoplight/prism-cli@{VERSION}"
SPEC = "tickets.v3.json"
PUBLIC = (
    "clone https://github.com/HubSpot/HubSpot-public-api-spec-collection, copy the ticket spec's v3 rollout "
    f"to DIR/{SPEC}, and give --specs DIR"
)


class NoPrism(Exception):
    """Why there is nothing to compare with."""


def prism(cache: Path, specs: Path, *, silent: bool = False) -> Process:
    """Prism as `prism mock` starts it, in its static mode; silent: without the log of which nobody reads a line."""
    node = shutil.which("node")
    if node is None:
        raise NoPrism("there is no node on PATH")
    if not (specs / SPEC).is_file():
        raise NoPrism(f"there is no {SPEC} in {specs}: {PUBLIC}")
    port = _free_port()
    command = [node, str(_installed(cache)), "mock", "--host", "127.0.0.1", "--port", str(port)]
    says = ["--verboseLevel", "silent"] if silent else []
    return Process([*command, *says, str(_answerable(cache, specs / SPEC))], port=port)


def _installed(cache: Path) -> Path:
    entry = cache / "node_modules/@stoplight/prism-cli/dist/index.js"
    about = entry.parents[1] / "package.json"
    if entry.is_file() and json.loads(about.read_text("utf-8"))["version"] == VERSION:
        return entry
    npm = shutil.which("npm")
    if npm is None:
        raise NoPrism("there is no npm on PATH")
    cache.mkdir(parents=True, exist_ok=True)
    command = [npm, "install", "--prefix", str(cache), "--no-save", "--no-fund", "--no-audit", "--ignore-scripts"]
    ran = subprocess.run([*command, PACKAGE], capture_output=True, text=True, check=False)
    if ran.returncode or not entry.is_file():
        raise NoPrism(f"npm did not install {PACKAGE}: {ran.stderr[-500:]}")
    return entry


def _answerable(cache: Path, spec: Path) -> Path:
    """HubSpot's spec without its many `"example": null`, of which Prism would make the answer null."""
    copy = cache / SPEC
    copy.write_text(json.dumps(_without_null(json.loads(spec.read_text("utf-8")))), encoding="utf-8")
    return copy


def _without_null(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _without_null(value) for name, value in part.items() if (name, value) != ("example", None)}
    return [_without_null(entry) for entry in part] if isinstance(part, list) else part


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
