"""Figures beside what is wanted of them, as one table with the machine they were measured on."""

import json
import os
import platform
import shutil
import subprocess
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. Without a limit it is only told; None was not measured, and `more` says why."""

    what: str
    found: float | None
    unit: str
    at_most: float | None = None
    at_least: float | None = None
    more: str = ""

    @property
    def missed(self) -> bool:
        """Whether it was measured and is not what it should be."""
        if self.found is None:
            return False
        over = self.at_most is not None and self.found > self.at_most
        return over or (self.at_least is not None and self.found < self.at_least)

    @property
    def wanted(self) -> str:
        """In words."""
        if self.at_most is not None:
            return f"at most {self.at_most:g}"
        return f"at least {self.at_least:g}" if self.at_least is not None else ""

    @property
    def verdict(self) -> str:
        """In a word."""
        if self.found is None:
            return "not measured"
        return "" if not self.wanted else "missed" if self.missed else "met"


def told(figures: list[Figure], *, as_json: bool) -> int:
    """Print them; 1 when one was missed."""
    failed = int(any(figure.missed for figure in figures))
    if as_json:
        rows = [asdict(figure) | {"verdict": figure.verdict} for figure in figures]
        print(json.dumps({"machine": machine(), "figures": rows, "reached": not failed}, indent=2))
        return failed
    print("\n".join(f"{name:11}{value}" for name, value in machine().items()) + "\n")
    for figure in figures:
        found = "-" if figure.found is None else f"{figure.found:,.{2 if figure.found < 100 else 0}f}"
        line = f"{figure.what:34}{found:>9} {figure.unit:11}{figure.wanted:14}{figure.verdict:13}{figure.more}"
        print(line.rstrip())
    print("\nmissed" if failed else "\nreached")
    return failed


def machine() -> dict[str, str]:
    """What it ran on."""
    node = shutil.which("node")
    versions = ("httptools", "msgspec")
    return {
        "processor": f"{_processor()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}",
        "system": platform.platform(),
        "Python": f"{platform.python_version()}, " + ", ".join(f"{name} {version(name)}" for name in versions),
        "Node": subprocess.check_output([node, "--version"], text=True).strip() if node else "none on PATH",
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
