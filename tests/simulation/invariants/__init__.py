"""What must be true of the weeks, whatever went wrong in them? Each promise has a name and a sentence."""

from tests.simulation.invariants.back_again import BackAgain
from tests.simulation.invariants.bounds import WithinBounds
from tests.simulation.invariants.closes import RightCloses
from tests.simulation.invariants.comes_through import ComesThrough
from tests.simulation.invariants.confirmed import ConfirmedOnce
from tests.simulation.invariants.due import DueInBusinessTime
from tests.simulation.invariants.hands_off import HandsOff, NothingTypedOverwritten, ResolvedChangesNothing
from tests.simulation.invariants.keys import OneLockPerVisitor, OneTicketPerThread
from tests.simulation.invariants.knows import OpensTheChat, TellsWhatWasSaid
from tests.simulation.invariants.moves_on import MovesOn
from tests.simulation.invariants.promise import Break, Evidence, Invariant
from tests.simulation.invariants.same_issue import SameIssue
from tests.simulation.invariants.scopes import DocumentedScopes
from tests.simulation.invariants.served import Served
from tests.simulation.invariants.told import EmailsAgree, RightMomentTold

INVARIANTS: tuple[Invariant, ...] = (
    Served(),
    OneTicketPerThread(),
    OneLockPerVisitor(),
    HandsOff(),
    ResolvedChangesNothing(),
    RightCloses(),
    DueInBusinessTime(),
    RightMomentTold(),
    ConfirmedOnce(),
    EmailsAgree(),
    TellsWhatWasSaid(),
    OpensTheChat(),
    NothingTypedOverwritten(),
    DocumentedScopes(),
    WithinBounds(),
    ComesThrough(),
    BackAgain(),
    SameIssue(),
    MovesOn(),
)


def broken(evidence: Evidence) -> list[Break]:
    """Every break of every promise, in the order of the promises and of time."""
    return [one for invariant in INVARIANTS for one in sorted(invariant.check(evidence), key=lambda found: found.at)]


__all__ = ["INVARIANTS", "Break", "Evidence", "Invariant", "broken"]
