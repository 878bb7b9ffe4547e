"""What was shipped to a portal, what stood there before, and what happened when? Plain files, fit for git.

`deploy/ledger/<portal>/shipped/<workflow>.json` is the last shipment: what our files said, what HubSpot then had.
`snapshots/` holds workflows as they were before each write, `sources/` their code, each text once, by its SHA-256.
`history.jsonl` has one line for each act. A workflow that is being made has a file in `making/` until its id is known.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from contract.action import canonical, digest
from deploy.masking import holds_token
from deploy.portal_file import project
from deploy.refusals import BadLedger, Refused
from deploy.whole_files import write_whole

CODE, REFERENCE = "sourceCode", "sourceSha256"

_PLAIN = re.compile(r"[A-Za-z0-9_-]+")

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
        return _shipment(file, self._read(file)) if file.is_file() else None

    def note_shipped(self, workflow: str, shipped: Shipped | None) -> None:
        """From now on this is the last shipment; None: there was none."""
        file = self.folder / "shipped" / f"{workflow}.json"
        if shipped is None:
            file.unlink(missing_ok=True)
        else:
            self._write(file, _as_json(shipped))

    def snapshot(self, workflow: str, live: Definition) -> Snapshot:
        """Keep a workflow as it stands; it is on the disk when this returns."""
        without_token(f"{workflow} (flow {live.get('id')}) in HubSpot", live)
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
        file = self.folder / "snapshots" / f"{chosen}.json"
        kept = self._read(file)
        live = _object(file, kept, "live")
        workflow, flow_id = str(kept.get("workflow", "")), str(kept.get("flow_id", ""))
        if not _PLAIN.fullmatch(workflow) or not (flow_id.isascii() and flow_id.isdigit()):
            raise _bad(file, "the name of a workflow and the id of a flow", "something else")
        shipped = _shipment(file, kept["shipped"]) if kept.get("shipped") is not None else None
        return Snapshot(chosen, workflow, flow_id, live, shipped)

    def is_making(self, workflow: str, ours: Definition) -> None:
        """This is about to be made: should its id never come, it will be known by its name."""
        without_token(workflow, ours)
        self._write(self.folder / "making" / f"{workflow}.json", {"ours": ours})

    def was_making(self, workflow: str) -> Definition | None:
        """What was about to be made, None when nothing was."""
        file = self.folder / "making" / f"{workflow}.json"
        if not file.is_file():
            return None
        ours: Definition = _object(file, self._read(file), "ours")
        return ours

    def has_made(self, workflow: str) -> None:
        """It is made, and noted as shipped; or it was refused."""
        (self.folder / "making" / f"{workflow}.json").unlink(missing_ok=True)

    def keep(self, source: str) -> str:
        """Keep a text of code; its SHA-256, which is its name in `sources/`."""
        sha256 = digest(source)
        file = self.folder / "sources" / f"{sha256}.txt"
        if not file.exists():
            write_whole(file, canonical(source))
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
        lines = file.read_text("utf-8", errors="replace").split("\n") if file.is_file() else []
        for line in reversed(lines):
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(row, dict) and all(isinstance(row.get(name), str) for name in ("at", "act", "workflow")):
                yield row

    def _write(self, file: Path, value: Mapping[str, Any]) -> None:
        """Whole or not at all, and on the disk before anything is asked of HubSpot."""
        parted = self._parted(value)
        text = json.dumps(parted, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
        if not _writable(text):
            text = json.dumps(parted, indent=2, sort_keys=True) + "\n"
        write_whole(file, text)

    def _read(self, file: Path) -> Any:
        try:
            return self._joined(json.loads(file.read_text("utf-8")))
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as problem:
            raise _bad(file, "a file as deploy wrote it", f"{type(problem).__name__}: {problem}") from None

    def _parted(self, value: Any) -> Any:
        """The same with each code in a file of its own."""
        if isinstance(value, dict):
            parted = {name: self._parted(inner) for name, inner in value.items() if name != CODE}
            if isinstance(value.get(CODE), str) and not _writable(value[CODE]):
                parted[CODE] = value[CODE]
            elif isinstance(value.get(CODE), str):
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


def _writable(text: str) -> bool:
    """Half a character, as JSON can spell it, is in no file of text."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def without_token(where: str, definition: Definition) -> None:
    """The ledger is meant for git: a Refused says where in a workflow a token stands."""
    found = holds_token(definition)
    if found:
        raise Refused(
            f"{where}, {found}",
            expected="no token in code or settings",
            found="something that looks like one",
            remedy="Nothing was written. Make it a secret of the action, take it out there, and rotate the key.",
        )


def _as_json(shipped: Shipped) -> Definition:
    return {"flow_id": shipped.flow_id, "ours": shipped.ours, "live": shipped.live}


def _shipment(file: Path, kept: Any) -> Shipped:
    ours, live = _object(file, kept, "ours"), _object(file, kept, "live")
    return Shipped(str(kept.get("flow_id", "")), ours, live)


def _object(file: Path, kept: Any, name: str) -> Definition:
    """A definition in a file: an object with a list of objects as its actions."""
    value = kept.get(name) if isinstance(kept, dict) else None
    actions = value.get("actions") if isinstance(value, dict) else None
    if not isinstance(actions, list) or not all(isinstance(raw, dict) for raw in actions):
        raise _bad(file, f"a workflow under {name}", "something else")
    return dict(value or {})


def _bad(file: Path, expected: str, found: str) -> BadLedger:
    return BadLedger(str(file), expected=expected, found=found, remedy="Take it back from git.")
