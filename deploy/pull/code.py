"""Where does a change of code go? Into the action's file, and what lies in a part into the part's file too."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from contract.action import canonical, digest
from deploy.differences import code_lines, numbered
from deploy.ledger import Ledger
from deploy.masking import token_line
from deploy.pull.pieces import Piece
from deploy.pull.sections import carried, placed
from deploy.pull.texts import Texts, shown


@dataclass(frozen=True, slots=True)
class Edit:
    """The code of one action was changed in HubSpot."""

    workflow: str
    id: str
    file: Path
    shipped: str  # as it was shipped from here; our file, when nothing ever was
    before: str  # as HubSpot had it after that
    now: str

    @property
    def where(self) -> str:
        """How a person names it."""
        return f"action {self.id} {self.file.name}"


def taken(edits: Iterable[Edit], texts: Texts, ours: Mapping[str, Path], ledger: Ledger) -> list[Piece]:
    """A piece for each edit. `ours` are our files by their code's hash; what is overwritten stays in the ledger."""
    every = list(edits)
    return [_one(edit, every, texts, ours, ledger) for edit in every]


def _one(edit: Edit, every: list[Edit], texts: Texts, ours: Mapping[str, Path], ledger: Ledger) -> Piece:
    here = canonical(texts.read(edit.file) or "")
    lines = _diff(edit.before, edit.now)
    both = _diff(edit.shipped, here) if digest(here) not in (digest(edit.shipped), digest(edit.now)) else ()
    placing = placed(canonical(edit.before), canonical(edit.now), lambda name: texts.read(_part(edit.file, name)))
    refused = _refused(edit, every, ours, changed_here=bool(both)) or placing.refused or texts.writable(edit.file)
    notes = []
    if not refused:
        texts.put(edit.file, canonical(edit.now))
        notes = [_kept(edit, here, ledger)] if digest(here) != digest(edit.now) else []
        for name, text in placing.parts.items():
            texts.put(_part(edit.file, name), text)
            notes.append(_spread(edit.file, name, texts))
    return Piece(
        workflow=edit.workflow,
        where=edit.where,
        what="code",
        before=f"{len(code_lines(canonical(edit.before)))} lines",
        after=f"{len(code_lines(canonical(edit.now)))} lines",
        into=", ".join(shown(path) for path in [edit.file, *(_part(edit.file, name) for name in placing.parts)]),
        lines=lines,
        here=both,
        refused=refused,
        note=" ".join(note for note in notes if note),
    )


def _refused(edit: Edit, every: list[Edit], ours: Mapping[str, Path], *, changed_here: bool) -> str:
    if changed_here:
        return f"{shown(edit.file)} was changed here too since the last shipment: put the two together by hand"
    twin = ours.get(digest(edit.now))
    if twin is not None and twin.resolve() != edit.file.resolve():
        return f"HubSpot has the text of {shown(twin)} there, which was pasted into the wrong action"
    others = [one for one in every if one.file == edit.file and digest(one.now) != digest(edit.now)]
    if others:
        return f"{others[0].workflow}, {others[0].where} was changed otherwise, and the file can be only one of the two"
    line = token_line(edit.now)
    return f"line {line} has something that looks like a token: make a secret of it in HubSpot, and a new key" * (
        line > 0
    )


def _kept(edit: Edit, here: str, ledger: Ledger) -> str:
    """What is overwritten is in the ledger when it was shipped from here; else it is put there."""
    if ledger.has_kept(digest(here)):
        return ""
    return f"What {shown(edit.file)} says now is kept in the ledger as sources/{digest(here)}.txt."


def _spread(file: Path, part: str, texts: Texts) -> str:
    """Who else carries this part, and what has to be done about it."""
    others = [
        path.name
        for path in sorted(file.parent.glob("*.py"))
        if path != file and part in carried(texts.read(path) or "")
    ]
    then = f"; {', '.join(others)} will change too" if others else ""
    return f"Lies in part {part}: run `python -m actions.parts`, which copies it to all that carry it{then}."


def _part(file: Path, name: str) -> Path:
    return file.parent / "parts" / f"{name}.py"


def _diff(before: str, after: str) -> tuple[str, ...]:
    return tuple(numbered(code_lines(canonical(before)), code_lines(canonical(after))))
