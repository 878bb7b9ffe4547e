"""Is what stands in HubSpot's editor what the repository has? For portals whose API does not give the workflow.

The person selects all of an action's code in the editor and pastes it into a file. Line ends, a byte order mark and the
last line's end say nothing. Blanks at line ends are told; where Python reads both texts alike they are no difference.
"""

import ast
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from contract.action import Action, canonical, digest
from contract.flow import Flow
from deploy.desired import Desired
from deploy.differences import numbered
from deploy.ledger import Ledger
from deploy.past_versions import version_of
from deploy.portal_file import workflow_files
from deploy.refusals import Refused
from deploy.showing import shown

SAME, DIFFERS = "in step", "differs"
LEAST = 0.3  # of the paste's lines: what has fewer in common is another text
TELLING = 20  # characters: a shorter line stands in any code
MOST_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Ours:
    """One file that HubSpot should have somewhere."""

    name: str
    text: str  # in the canonical form
    places: tuple[str, ...] = ()  # where in the portal's workflows
    path: Path | None = None  # None: made by `export`


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a paste is."""

    state: str
    file: str
    sha256: str  # of the paste
    ours: str  # of our file
    places: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()  # from ours to the paste, with line numbers

    def as_json(self) -> dict[str, object]:
        """As plain data."""
        return asdict(self)


def read_paste(file: str) -> bytes:
    """The bytes of a file, or of what is piped in for "-"."""
    if file == "-":
        raw = sys.stdin.buffer.read(MOST_BYTES + 1)
    else:
        with Path(file).open("rb") as opened:  # may be a device that never ends
            raw = opened.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES or not raw.strip():
        found = "nothing" if not raw.strip() else f"more than {MOST_BYTES:,} bytes"
        raise Refused(file, expected="the code of one action", found=found, remedy="Copy all of the editor's text.")
    return raw


def files_of(wanted: Iterable[Desired]) -> list[Ours]:
    """Every file with code of the portal's workflows, with where it is."""
    places: dict[Path, list[str]] = {}
    for each in wanted:
        flow = Flow.read(workflow_files()[each.name])
        for raw in flow.definition["actions"]:
            if raw.get("sourceFile"):
                file = (flow.path.parent / raw["sourceFile"]).resolve()
                places.setdefault(file, []).append(f"{each.name}, action {raw['actionId']}")
    return [Ours(file.name, Action.read(file).source, tuple(where), file) for file, where in places.items()]


def compared(raw: bytes, ours: list[Ours], ledger: Ledger) -> Verdict:
    """What the paste is; a Refused when it is like nothing of ours."""
    text, told = _decoded(raw)
    paste, sha256 = canonical(text), digest(text)
    same = next((each for each in ours if digest(each.text) == sha256), None)
    if same:
        return Verdict(SAME, same.name, sha256, sha256, same.places, tuple(told))
    nearest = _nearest(paste, ours)
    found, state = _past(nearest, sha256, ledger), DIFFERS
    bare = _without_blanks(nearest.text)
    blanks = [
        number
        for number, (one, other) in enumerate(zip(paste.splitlines(), nearest.text.splitlines(), strict=False), 1)
        if one != other
    ]
    if not found and _without_blanks(paste) == bare:
        found = [f"only blanks at line ends differ, in {len(blanks)} lines, first in line {blanks[0]}"]
        if nearest.name.endswith(".py") and _reads_alike(paste, nearest.text):
            state, found = SAME, [f"{found[0]}; Python reads both alike"]
    found = found or _cut(paste, nearest.text)
    changed = () if state == SAME else numbered(nearest.text.splitlines(), paste.splitlines())
    lines = tuple(map(shown, changed))
    return Verdict(state, nearest.name, sha256, digest(nearest.text), nearest.places, (*told, *found), lines)


def _decoded(raw: bytes) -> tuple[str, list[str]]:
    """The text, and what of its form says nothing about the code."""
    told = []
    try:
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = raw.decode("utf-16")
            told.append("it is UTF-16, as some editors save it")
        else:
            text = raw.decode("utf-8")
    except UnicodeDecodeError as mistake:
        raise Refused(
            "the paste", expected="UTF-8 text", found=f"a mistake at byte {mistake.start}", remedy="Save it as UTF-8."
        ) from None
    if text.startswith("\ufeff"):
        told.append("it begins with a byte order mark")
    if "\r" in text:
        told.append("its lines end as on Windows")
    if not text.endswith("\n"):
        told.append("its last line has no end")
    return text, told


def _nearest(paste: str, ours: list[Ours]) -> Ours:
    """The file with the most lines in common; parts are in several files, so a file's own lines break a tie."""

    def alike(each: Ours) -> tuple[float, float]:
        there, here = _counted(each.text), _counted(paste)
        common = (there & here).total()
        return common / max(here.total(), 1), common / max(there.total(), 1)

    best = max(ours, key=alike, default=None)
    if best is None or alike(best)[0] < LEAST:
        names = ", ".join(each.name for each in ours) or "none"
        raise Refused(
            "the paste",
            expected=f"the code of one of {names}",
            found="a text that is like none of them",
            remedy="Click into the code in HubSpot's editor, select all of it, copy, and paste it into the file.",
        )
    return best


def _counted(text: str) -> Counter[str]:
    return Counter(line.strip() for line in text.splitlines() if len(line.strip()) >= TELLING)


def _past(ours: Ours, sha256: str, ledger: Ledger) -> list[str]:
    """Whether we know this very text: from git, or from the portal's ledger."""
    version = version_of(ours.path, sha256) if ours.path else None
    if version:
        return [f"it is {version.said}"]
    return ["it is a text that was shipped to this portal, or stood there before"] if ledger.has_kept(sha256) else []


def _cut(paste: str, ours: str) -> list[str]:
    """Whether the paste lacks the end or the beginning."""
    here, there = paste.rstrip("\n").split("\n"), ours.rstrip("\n").split("\n")
    if len(here) < len(there):
        last = there[len(here) - 1]
        if here[:-1] == there[: len(here) - 1] and last.startswith(here[-1]):
            part = "" if last == here[-1] else ", in the middle of it"
            return [f"it ends at line {len(here)} of {len(there)}{part}: copied or pasted only in part"]
        first = there[-len(here)]
        if here[1:] == there[len(there) - len(here) + 1 :] and first.endswith(here[0]):
            return [f"it begins at line {len(there) - len(here) + 1} of {len(there)}: copied or pasted only in part"]
    common = len(here) > 1 and here[-1] in there[: len(there) - 20] and here[-1] != there[-1]
    if common and len(here) < 0.8 * len(there):
        return [f"it has {len(here)} lines where ours has {len(there)}: perhaps it was copied only in part"]
    return []


def _without_blanks(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip().split("\n")]


def _reads_alike(one: str, other: str) -> bool:
    try:
        return ast.dump(ast.parse(one)) == ast.dump(ast.parse(other))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
