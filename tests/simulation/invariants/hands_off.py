"""Do our actions keep off what is people's own?"""

import itertools
import re
from collections.abc import Iterator

from tests.simulation.invariants.promise import Break, Evidence
from tests.simulation.playing import History
from tests.simulation.tickets import API

CLOSED = {"4"}  # HubSpot's Support Pipeline (documented)
STAGE = "hs_pipeline_stage"
MOVES_ON = ("2", "3")  # from waiting on the contact to waiting on us
OURS = frozenset({"chat_threads", "chat_open_key"})
"""What rules let us change after a rep: a ticket's list grows, its lock is given up."""


class HandsOff:
    """By the history of its stage and owner, and by the portal's log."""

    name = "hands off"
    sentence = "No ticket was closed, merged, archived or re-owned by us."

    def check(self, evidence: Evidence) -> Iterator[Break]:
        for ticket in evidence.tickets:
            for value in ticket.stages:
                if value.source != "CRM_UI" and value.value in CLOSED:
                    yield Break(self.name, ticket.about, value.at, f"ticket {ticket.id} was closed by {value.source}")
            for value in ticket.past.get("hubspot_owner_id", []):
                if value.source != "CRM_UI" and value.at > ticket.made_at:
                    yield Break(self.name, ticket.about, value.at, f"ticket {ticket.id} was re-owned by {value.source}")
        yield from self._called(evidence.history)

    def _called(self, history: History) -> Iterator[Break]:
        for ran in history.runs:
            for method, path, status in ran.calls:
                if method == "DELETE" or re.search(r"/(merge|archive)$", path):
                    yield Break(
                        self.name, ran.run.subject, ran.at, f"{ran.run.action} called {method} {path}: {status}"
                    )


class ResolvedChangesNothing:
    """Chats of which every sitting was settled, or none of ours, and that no rep made a ticket from."""

    name = "resolved changes nothing"
    sentence = "A chat labelled resolved changed nothing."

    def check(self, evidence: Evidence) -> Iterator[Break]:
        told = {ticket for _, _, ticket in evidence.emails}
        for chat in evidence.chats.values():
            waiting = any(sitting.label == "unresolved" for sitting in chat.sittings)
            if waiting or evidence.by_rep(chat.name):
                continue
            for ran in evidence.runs_of(chat.name):
                for method, path, _ in ran.calls:
                    if method != "GET" and not path.endswith("/batch/read"):
                        yield Break(self.name, chat.name, ran.at, f"{ran.run.action} called {method} {path}")
            for ticket in evidence.tickets:
                if ticket.own == chat.name or any(line.chat == chat.name for line in ticket.lines):
                    yield Break(self.name, chat.name, chat.sittings[-1].ends, f"ticket {ticket.id} names it")
                elif ticket.origin == chat.name and ticket.id in told and not ticket.lines:
                    yield Break(self.name, chat.name, chat.sittings[-1].ends, "its visitor was written to")


class NothingTypedOverwritten:
    """Whatever property a rep had set last keeps it, or gets another from people alone.

    But for its stage: rules let us reopen what a rep closed, and move on what waits on a contact who is back.
    """

    name = "nothing typed overwritten"
    sentence = "Nothing a rep typed is overwritten."

    def check(self, evidence: Evidence) -> Iterator[Break]:
        for ticket in evidence.tickets:
            for name, values in ticket.past.items():
                if name in OURS:
                    continue
                for before, after in itertools.pairwise(values):
                    if name == STAGE and (before.value in CLOSED or (before.value, after.value) == MOVES_ON):
                        continue
                    typed = before.source == "CRM_UI" and before.value and after.value != before.value
                    if typed and after.source in (API, "AUTOMATION_PLATFORM"):
                        what = f"{name} of ticket {ticket.id}, typed by a rep, was overwritten"
                        yield Break(self.name, ticket.about, after.at, what)
