"""How is shown what was changed in HubSpot, where it goes, and what is not taken over?"""

from collections.abc import Iterator, Mapping, Sequence

from deploy.pull.pieces import Piece
from deploy.pull.taking import Taking
from deploy.pull.texts import shown
from deploy.render import MOST_LINES, told
from deploy.showing import printable


def lines(taking: Taking, states: Mapping[str, str], written: Sequence[str], *, wrote: bool) -> Iterator[str]:
    """For a terminal."""
    for name in dict.fromkeys([*states, *(piece.workflow for piece in taking.pieces)]):
        pieces = [piece for piece in taking.pieces if piece.workflow == name]
        yield name
        for piece in pieces:
            yield from _piece(piece)
        if name in states and (wrote or not pieces):
            yield f"  {printable(states[name])}"
    refused = sum(bool(piece.refused) for piece in taking.pieces)
    yield ""
    yield (
        f"Pull: {len(taking.pieces) - refused} to take over, {refused} not taken."
        if not wrote
        else (f"Pull: {len(taking.pieces) - refused} taken over, {refused} not taken.")
    )
    if wrote:
        yield f"Written: {', '.join(written) or 'nothing'}."
    elif taking.texts.changed():
        yield f"Nothing was written. With --write: {', '.join(shown(path) for path in taking.texts.changed())}."


def _piece(piece: Piece) -> Iterator[str]:
    yield f"  {told(piece)}"
    if piece.refused:
        yield f"    not taken: {printable(piece.refused)}."
    elif piece.into:
        yield f"    into {printable(piece.into)}"
    if piece.note:
        yield f"    {printable(piece.note)}"
    yield from _diff(piece.lines, "in HubSpot:" if piece.here else "")
    yield from _diff(piece.here, "here:")


def _diff(diff: Sequence[str], heading: str) -> Iterator[str]:
    if diff and heading:
        yield f"    {heading}"
    yield from (f"      {printable(line)}" for line in diff[:MOST_LINES])
    if len(diff) > MOST_LINES:
        yield f"      ... {len(diff) - MOST_LINES} more lines; --json has all"
