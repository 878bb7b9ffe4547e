"""What was shipped to a portal, what stood there before, and what happened when? Plain files, fit for git.

`deploy/ledger/<portal>/shipped/<workflow>.json` is the last shipment: what our files said, what HubSpot then had.
`snapshots/` holds workflows as they were before each write, `sources/` their code, each text once, by its SHA-256.
`history.jsonl` has one line for each act. A workflow that is being made has a file in `making/` until its id is known.
"""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from contract.action import canonical, digest
from deploy.portal_file import project
from deploy.refusals import BadLedger

CODE, REFERENCE = "sourceCode", "sourceSha256"

Definition = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shipped:
    """The last shipment of one workflow."""

    flow_id: str
    ours: Definition  # as our files said it
    live: Definition  # as HubSpot had it afterwards


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A workflow as it stood before a write."""

    name: str
    workflow: str
    flow_id: str
    live: Definition
    shipped: Shipped | None  # what was the last shipment then


class Ledger:
    """One portal's ledger."""

    def __init__(self, portal: str) -> None:
        self.folder = project() / "deploy" / "ledger" / portal

    def shipped(self, workflow: str) -> Shipped | None:
        """The last shipment; None when there was none from here."""
        file = self.folder / "shipped" / f"{workflow}.json"
        return _shipment(self._read(file)) if file.is_file() else None

    def note_shipped(self, workflow: str, shipped: Shipped | None) -> None:
        """From now on this is the last shipment; None: there was none."""
        file = self.folder / "shipped" / f"{workflow}.json"
        if shipped is None:
            file.unlink(missing_ok=True)
        else:
            self._write(file, _as_json(shipped))

    def snapshot(self, workflow: str, live: Definition) -> Snapshot:
        """Keep a workflow as it stands; it is on the disk when this returns."""
        moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
        name = f"{moment}-{workflow}-r{live.get('revisionId', '')}"
        taken = Snapshot(name, workflow, str(live["id"]), live, self.shipped(workflow))
        self._write(
            self.folder / "snapshots" / f"{name}.json",
            {
                "workflow": workflow,
                "flow_id": taken.flow_id,
                "live": live,
                "shipped": _as_json(taken.shipped) if taken.shipped else None,
            },
        )
        return taken

    def snapshots(self) -> list[str]:
        """The names of all snapshots, newest first."""
        return sorted((file.stem for file in (self.folder / "snapshots").glob("*.json")), reverse=True)

    def read_snapshot(self, name: str) -> Snapshot:
        """A snapshot by its name, or the beginning of it that no other has."""
        names = [each for each in self.snapshots() if each.startswith(name)]
        if len(names) != 1 and name not in names:
            found = f"{len(names)} that begin with {name!r}" if names else f"none named {name!r}"
            raise BadLedger(
                str(self.folder / "snapshots"),
                expected="one snapshot",
                found=found,
                remedy="`python -m deploy history` lists them.",
            )
        chosen = name if name in names else names[0]
        kept = self._read(self.folder / "snapshots" / f"{chosen}.json")
        shipped = _shipment(kept["shipped"]) if kept["shipped"] else None
        return Snapshot(chosen, kept["workflow"], kept["flow_id"], kept["live"], shipped)

    def is_making(self, workflow: str, name: str) -> None:
        """A workflow of this name is about to be made: should its id never come, it will be known by its name."""
        self._write(self.folder / "making" / f"{workflow}.json", {"name": name})

    def was_making(self, workflow: str) -> str:
        """The name under which a workflow was about to be made, "" when none was."""
        file = self.folder / "making" / f"{workflow}.json"
        return str(self._read(file)["name"]) if file.is_file() else ""

    def has_made(self, workflow: str) -> None:
        """Its id is known."""
        (self.folder / "making" / f"{workflow}.json").unlink(missing_ok=True)

    def keep(self, source: str) -> str:
        """Keep a text of code; its SHA-256, which is its name in `sources/`."""
        sha256 = digest(source)
        file = self.folder / "sources" / f"{sha256}.txt"
        if not file.exists():
            _put(file, canonical(source))
        return sha256

    def has_kept(self, sha256: str) -> bool:
        """Whether a text was ever shipped to this portal or stood in it before a write."""
        return (self.folder / "sources" / f"{sha256}.txt").is_file()

    def note(self, act: str, workflow: str, **more: Any) -> None:
        """One line of history."""
        self.folder.mkdir(parents=True, exist_ok=True)
        line = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "act": act, "workflow": workflow, **more}
        with (self.folder / "history.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def history(self) -> Iterator[dict[str, Any]]:
        """Every act, newest first; a half line, as a kill leaves it, is passed over."""
        file = self.folder / "history.jsonl"
        lines = file.read_text("utf-8").splitlines() if file.is_file() else []
        for line in reversed(lines):
            try:
                yield json.loads(line)
            except ValueError:
                continue

    def _write(self, file: Path, value: Mapping[str, Any]) -> None:
        """Whole or not at all, and on the disk before anything is asked of HubSpot."""
        text = json.dumps(self._parted(value), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
        _put(file, text)

    def _read(self, file: Path) -> Any:
        try:
            return self._joined(json.loads(file.read_text("utf-8")))
        except (OSError, ValueError, KeyError, TypeError) as problem:
            raise BadLedger(
                str(file),
                expected="a file as deploy wrote it",
                found=f"{type(problem).__name__}: {problem}",
                remedy="Take it back from git.",
            ) from None

    def _parted(self, value: Any) -> Any:
        """The same with each code in a file of its own."""
        if isinstance(value, dict):
            parted = {name: self._parted(inner) for name, inner in value.items() if name != CODE}
            if isinstance(value.get(CODE), str):
                parted[REFERENCE] = self.keep(value[CODE])
            return parted
        return [self._parted(inner) for inner in value] if isinstance(value, list) else value

    def _joined(self, value: Any) -> Any:
        if isinstance(value, dict):
            joined = {name: self._joined(inner) for name, inner in value.items() if name != REFERENCE}
            if REFERENCE in value:
                joined[CODE] = self._source(value[REFERENCE])
            return joined
        return [self._joined(inner) for inner in value] if isinstance(value, list) else value

    def _source(self, sha256: str) -> str:
        text = (self.folder / "sources" / f"{sha256}.txt").read_text("utf-8")
        if digest(text) != sha256:
            raise ValueError(f"sources/{sha256}.txt was changed")
        return text


def _as_json(shipped: Shipped) -> Definition:
    return {"flow_id": shipped.flow_id, "ours": shipped.ours, "live": shipped.live}


def _shipment(kept: Mapping[str, Any]) -> Shipped:
    return Shipped(str(kept["flow_id"]), kept["ours"], kept["live"])


def _put(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    with beside.open("w", encoding="utf-8", newline="\n") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    beside.replace(file)
