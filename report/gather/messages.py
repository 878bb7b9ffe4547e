"""What was said in these chats, as far back as the window reaches. It is handed on, judged, dropped; none is kept."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from actions.parts.conversation import closed_at_end, lines_of, sender, sittings
from report.asking.asking import Ask
from report.asking.pages import next_after, rows
from report.gather.run import BATCH, SIZES, Query, Run
from report.store.schema import ACTORS

BEFORE = 3  # sittings that ended before the window, which its first one may only continue
BY_PREFIX = ("V-", "E-", "S-")  # documented: visitors, addresses and HubSpot itself; no endpoint has to be asked


@dataclass
class Heard:
    """One thread's messages, newest first, as far as they were read."""

    thread_id: str
    messages: list[dict[str, Any]] = field(default_factory=list)
    after: str = ""
    whole: bool = False

    def took(self, answer: dict[str, Any], where: str, run: Run) -> None:
        """One page more."""
        page = rows(where, answer)
        known = {one.get("id") for one in self.messages}
        fresh = [one for one in page if one.get("id") not in known]
        self.messages += fresh
        self.after = next_after(answer)
        self.whole = not self.after or not fresh or self._far_enough(run)

    def _far_enough(self, run: Run) -> bool:
        """The oldest sitting that was read may be cut short; those that count stand whole behind others that ended."""
        ends = [closed_at_end(spell) for spell in sittings(lines_of(self.messages, {}), run.settings.silence_ms)[1:]]
        return len([end for end in ends if end and end < run.since]) >= BEFORE


def heard(run: Run, ids: list[str], into: dict[str, Heard], read: Callable[[int], None]) -> None:
    """Read threads, several at once, into `into`; what is whole there is whole also where this ends early.

    `read` is told after each page how many are whole.
    """
    waiting = [into.setdefault(id, Heard(id)) for id in ids]
    if waiting and "messages" not in run.sizes:
        _first(run, waiting[0])
        read(sum(each.whole for each in into.values()))
    while waiting := [one for one in waiting if not one.whole]:
        for ask, answer in run.asking.each([_ask(run, one) for one in waiting]):
            one: Heard = ask.tag
            run.counts.message_pages += 1
            if answer:
                one.took(answer, ask.path, run)
            else:
                one.whole = True  # it was archived meanwhile
            read(sum(each.whole for each in into.values()))


def _first(run: Run, one: Heard) -> None:
    """The first page of all shows how large one may be."""
    path = _path(run, one)
    one.took(run.sized("messages", path, {}), path, run)
    run.counts.message_pages += 1


def _ask(run: Run, one: Heard) -> Ask:
    query: Query = {"limit": str(run.sizes.get("messages", SIZES[-1]))}
    return Ask("GET", _path(run, one), query | ({"after": one.after} if one.after else {}), tag=one, missing_ok=True)


def _path(run: Run, one: Heard) -> str:
    return run.path("conversations", f"threads/{one.thread_id}/messages")


def types_of(run: Run, known: dict[str, str], several: Iterable[Heard]) -> None:
    """What kind of actor wrote, into `known`; "" for those whom HubSpot does not know."""
    senders = {sender(message) for one in several for message in one.messages} - {""}
    wanted = sorted(id for id in senders - known.keys() if not id.startswith(BY_PREFIX))
    path = run.path("conversations", "actors/batch/read")
    chunks = [wanted[first : first + BATCH] for first in range(0, len(wanted), BATCH)]
    for ask, answer in run.asking.each([Ask("POST", path, body={"inputs": chunk}) for chunk in chunks]):
        types = {str(one.get("id")): str(one.get("type") or "") for one in rows(path, answer)}
        found = {id: types.get(id, "") for id in ask.body["inputs"]}
        known |= found
        run.store.put(ACTORS, [(run.portal, id, type) for id, type in found.items()])
        run.counts.actors += len(found)
