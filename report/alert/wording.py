"""What does a message say? Numbers, reasons, inbox ids and links; never a name, and nothing that a visitor wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from actions.parts.resolution import REASONS
from deploy.showing import shown
from report.alert.counts import Account
from report.alert.deciding import Decision, Reading
from report.alert.dropped import Dropped
from report.alert.incidents import BEGUN, Incident, Notice
from report.window import zone_of

HEADLINES = {
    "blind": "the report cannot see",
    "threshold": "chats are dropped",
    "spike": "many more chats than usual are dropped",
}


@dataclass(frozen=True)
class Message:
    """What is delivered: a line for a mail's subject, and all of it as plain text."""

    subject: str
    text: str


def message(name: str, account: Account, due: Sequence[Notice], decision: Decision, dropped: Dropped) -> Message:
    """One message, of however many things there are to tell."""
    begun = [each.incident for each in due if each.event == BEGUN]
    ended = [each.incident for each in due if each.event != BEGUN and each.incident not in begun]
    subject = f"Chat handoff {name}: {_headline([one.kind for one in begun], over=not begun)}"
    lines = [f"{subject} (account {account.portal_id})."]
    why = {reading.kind: reading for reading in decision.readings}
    lines += [_begun(one, why.get(one.kind), account) for one in begun]
    lines += [f"{_over(one.kind)} It began {_at(one.began_at, account)}." for one in ended]
    if any(one.kind != "blind" and one.ended_at is None for one in begun):
        lines += _chats(account, dropped, name)
    return Message(shown(subject), "\n".join(shown(line) for line in lines))


def _begun(one: Incident, reading: Reading | None, account: Account) -> str:
    """Why it is on; of what could not be told while it was, what there is to know later."""
    if reading is not None and reading.on:
        return reading.why
    worst = "" if one.kind == "blind" else f", at its worst with {one.dropped} dropped"
    since = f"It began {_at(one.began_at, account)}{worst}, and could not be told before."
    return f"{_over(one.kind)} {since}" if one.ended_at is not None else since


def _headline(kinds: Sequence[str], *, over: bool) -> str:
    if over:
        return "it is over"
    return " and ".join(words for kind, words in HEADLINES.items() if kind in kinds)


def _over(kind: str) -> str:
    return {
        "blind": "The report sees again.",
        "threshold": "Over: few chats are dropped now.",
        "spike": "Over: the last hours are as usual.",
    }[kind]


def _chats(account: Account, dropped: Dropped, name: str) -> list[str]:
    if not dropped.count:
        return []
    inboxes = ", ".join(f"{inbox or 'none'} {many}" for inbox, many in dropped.inboxes)
    lines = [f"By inbox: {inboxes}.", "By reason:"]
    lines += [f"  {many} {reason}: {REASONS.get(reason, 'no reason is known.')}" for reason, many in dropped.reasons]
    lines.append("Dropped, the latest first:")
    lines += [f"  {_at(chat.closed_at, account)} {chat.reason} {chat.link}" for chat in dropped.chats]
    if dropped.count > len(dropped.chats):
        lines.append(f"  and {dropped.count - len(dropped.chats)} more")
    return [*lines, f"All of them: python -m report drops --portal {name}"]


def _at(moment: int, account: Account) -> str:
    """By the account's own clocks; the zone's abbreviation is an offset where it has none."""
    return f"{datetime.fromtimestamp(moment / 1000, UTC).astimezone(zone_of(account.zone)):%Y-%m-%d %H:%M %Z}"
