"""How are dropped closes put right? Each chat through the workflow, what failed for now again a little later.

One at a time, so that a visitor with two dropped chats gets one ticket. What no try settled is left for the next run.
Everything can be run twice, at once, and beside the workflow: the actions decide on what they have just read.
"""

import sys
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal

from deploy.portal_file import PortalFile
from deploy.refusals import Refused
from harness.runtime.runs import Runtime
from report.repair.closes import Chat, Close, Noted, Notes, State, chats_of
from report.repair.forwarder import Forwarder
from report.repair.walk import Runs, Walked, walk
from report.repair.wiring import CONFIRMS, DECIDES, Wired, wired

CONFIRM_WITHIN_MS = 24 * 3_600_000
"""A visitor who hears nothing for longer is answered by a person, not told by a machine that it took note of him."""
WAITS = (0.0, 5.0, 20.0, 60.0)
"""Seconds before each try. What is not settled then comes with the next run."""
IN_A_ROW = 3
"""After so many chats in a row that failed for now it is the account, or the way there: the others are not tried."""

End = Literal["done", "failed", "left"]


@dataclass(frozen=True)
class Repaired:
    """What became of one chat, or in a dry run would."""

    thread_id: str
    closes: tuple[int, ...]
    end: End
    """left: to be done by the next run."""
    outcome: str
    """create_ticket's word, or the verdict that needs no ticket; "" where it came to neither."""
    reason: str
    """The judgement's word for it."""
    ticket_id: str
    confirmation: str
    """send_confirmation's word; "" where the chat did not come so far."""
    confirmation_code: str
    why: str
    """What stopped it; "" where nothing did."""
    tries: int


@dataclass(frozen=True)
class Repair:
    """What a repair came to."""

    applied: bool
    chats: tuple[Repaired, ...]
    resting: int
    """Chats that were done a moment ago and are looked at again in a while."""
    key_refused: bool
    still_dropped: int | None
    """The fresh count; None where nothing was done, or where it could not be had."""
    uncounted: str = ""
    """Why it could not be had."""

    @property
    def settled(self) -> bool:
        """Is there nothing that has to be looked at or run again?"""
        return not (self.key_refused or self.uncounted) and all(chat.end == "done" for chat in self.chats)


@dataclass(frozen=True)
class Step:
    """How far a repair is, for whoever looks on."""

    done: int
    of: int
    chat: Repaired | None
    """The one that has just ended; None while waiting before another try."""
    waiting: float = 0.0


@dataclass(frozen=True)
class How:
    """What is asked of a repair."""

    apply: bool = False
    confirm_within_ms: int = CONFIRM_WITHIN_MS
    """Visitors of older closes are not written to; 0: nobody is."""
    waits: tuple[float, ...] = WAITS


def repair(
    portal: PortalFile,
    closes: Iterable[Close],
    forwarder: Forwarder,
    notes: Notes,
    how: How,
    *,
    recount: Callable[[], int] | None = None,
    progress: Callable[[Step], object] = lambda _: None,
    now: Callable[[], float] = time.time,
    sleep: Callable[[float], object] = time.sleep,
    runtime_of: Callable[[Forwarder], AbstractContextManager[Runs]] = lambda forwarder: Runtime(
        forwarder, python=sys.executable
    ),
) -> Repair:
    """Run what is to be run, note each step, count again. A Refused says beforehand what of the set-up is wrong."""
    ways = {confirming: wired(portal, live=how.apply, confirming=confirming) for confirming in (True, False)}
    noted = notes.read()
    due, resting = chats_of(closes, noted, int(now() * 1000))
    trying = _Trying(portal, ways, forwarder, notes, noted, how, progress, now)
    trying.plans(due)
    if due:
        with runtime_of(forwarder) as runtime:
            for wait in how.waits:
                if wait and trying.has_more(due):
                    progress(Step(len(trying.ended), len(due), None, wait))
                    sleep(wait)
                trying.round(due, runtime)
    chats = tuple(trying.result(chat) for chat in due)
    fresh, uncounted = None, ""
    try:
        fresh = recount() if chats and how.apply and recount else None
    except Refused as no:  # what was done is told all the same
        uncounted = str(no)
    return Repair(how.apply, chats, resting, forwarder.refused, fresh, uncounted)


class _Trying:
    """The tries of one repair."""

    def __init__(
        self,
        portal: PortalFile,
        ways: Mapping[bool, Wired],
        forwarder: Forwarder,
        notes: Notes,
        noted: Mapping[Close, Noted],
        how: How,
        progress: Callable[[Step], object],
        now: Callable[[], float],
    ) -> None:
        self.ended: dict[str, Repaired] = {}
        self._portal, self._ways, self._forwarder = portal, ways, forwarder
        self._notes, self._noted, self._how, self._progress, self._now = notes, noted, how, progress, now
        self._last: dict[str, Repaired] = {}

    def plans(self, due: list[Chat]) -> None:
        """Note what is to be done; what was begun before stays noted as that."""
        new = [close for chat in due for close in chat.ends if self._state(close) != "running"]
        self._note(new, "planned")

    def has_more(self, due: list[Chat]) -> bool:
        """Is there one that a further try could settle?"""
        return not self._forwarder.refused and len(self.ended) < len(due)

    def round(self, due: list[Chat], runtime: Runs) -> None:
        """Each once that is not settled: first those that were never tried, so that no bad one holds up the others."""
        left = [chat for chat in due if chat.thread_id not in self.ended]
        left.sort(key=self._tries)
        in_a_row = 0
        for chat in left:
            if self._forwarder.refused or in_a_row >= IN_A_ROW:
                return
            repaired = self._one(chat, runtime)
            if repaired.end == "left":
                self._last[chat.thread_id] = repaired
                in_a_row += 1
            else:
                self.ended[chat.thread_id] = repaired
                in_a_row = 0
                self._progress(Step(len(self.ended), len(due), repaired))

    def result(self, chat: Chat) -> Repaired:
        """What is known of a chat in the end."""
        untried = Repaired(chat.thread_id, chat.closes, "left", "", "", "", "", "", "not tried", 0)
        return self.ended.get(chat.thread_id) or self._last.get(chat.thread_id) or untried

    def _tries(self, chat: Chat) -> int:
        last = self._last.get(chat.thread_id)
        return last.tries if last else 0

    def _state(self, close: Close) -> str:
        was = self._noted.get(close)
        return was.state if was else ""

    def _one(self, chat: Chat, runtime: Runs) -> Repaired:
        """Run it, and note before and after that it was."""
        self._note(chat.ends, "running")
        if not (chat.thread_id.isascii() and chat.thread_id.isdigit()):
            walked = Walked(failed=["expected the id of a thread, found another text"])
        else:
            young = self._now() * 1000 - chat.closed_at < self._how.confirm_within_ms
            walked = walk(
                self._ways[young],
                runtime,
                chat.thread_id,
                portal_id=self._portal.portal_id,
                stand_in=self._forwarder.stand_in,
                now=self._now,
            )
        if self._forwarder.refused:
            walked.put_off = "HubSpot does not take the key"
        repaired = repaired_of(chat, walked, self._tries(chat) + 1)
        states: dict[End, State] = {"done": "done", "failed": "failed", "left": "running"}
        self._note(chat.ends, states[repaired.end], repaired.ticket_id)
        return repaired

    def _note(self, closes: list[Close], state: State, ticket_id: str = "") -> None:
        """A dry run leaves no trace. A ticket that is known stays known."""
        if closes and self._how.apply:
            known = {close: was.ticket_id for close, was in self._noted.items()}
            at = int(self._now() * 1000)
            self._notes.write({close: Noted(state, ticket_id or known.get(close, ""), at) for close in closes})


def repaired_of(chat: Chat, walked: Walked, tries: int) -> Repaired:
    """What a way through the workflow came to."""
    verdict = walked.told("triage_chat", "resolution")
    outcome = walked.told(DECIDES, "outcome") or (verdict if verdict in ("resolved", "skipped") else "")
    return Repaired(
        thread_id=chat.thread_id,
        closes=chat.closes,
        end="left" if walked.put_off else "failed" if walked.failed else "done",
        outcome=outcome,
        reason=walked.told("triage_chat", "reason"),
        ticket_id=walked.told(DECIDES, "ticket_id"),
        confirmation=walked.told(CONFIRMS, "outcome"),
        confirmation_code=walked.told(CONFIRMS, "code"),
        why="; ".join((*walked.failed, walked.put_off) if walked.put_off else walked.failed),
        tries=tries,
    )
