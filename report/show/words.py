"""What do the findings say, in sentences? The headline, what qualifies it, and what to do next."""

from report.analysis.findings import Findings
from report.show.figures import count, long_span, share

REASONS = {
    "no_answer": "Nobody answered",
    "handed_over": "Handed over, no person came",
    "visitor_last": "Visitor had the last word",
    "promised": "Agent promised to come back",
    "other_team": "Passed to another team",
    "ai_unclear": "Only a bot answered, unclear",
    "marker": "Marked by the agent",
    "unclear": "No word list fits",
    "waiting_on_visitor": "Waiting on the visitor",
    "input": "Set by the workflow's input",
    "answered_in_session": "Answered in the chat",
    "": "Not judged: in time anyway",
}
STATUSES = {"dropped": "Dropped", "late": "Late"}
SERVED_BY = {
    "created": "A ticket was made for the chat",
    "made_before": "A ticket was there before",
    "attached": "The chat was added to an open ticket",
    "reopened": "A closed ticket was opened again",
}
PLACES = {
    "chat_thread_id": "the ticket's chat_thread_id",
    "chat_threads": "a line of the ticket's chat_threads",
    "thread": "the thread's own ticket",
    "ticket": "the ticket's conversation",
}


def decided(findings: Findings) -> int:
    """The chats that needed a ticket and whose time is up."""
    totals = findings.totals
    return totals.served + totals.late + totals.dropped


def headline(findings: Findings) -> str:
    """The one sentence."""
    number, rest = headline_parts(findings)
    return f"{number} {rest}".strip()


def headline_parts(findings: Findings) -> tuple[str, str]:
    """The number that is shown big, and what is said of it. A ticket that came late is no drop: `below` has it."""
    dropped, of = findings.totals.dropped, decided(findings)
    if not of:
        return "0", "chats needed a ticket."
    if not dropped:
        return "0", f"of {count(of, 'chat')} that needed a ticket went without one."
    return f"{dropped:,}", f"of {count(of, 'chat')} that needed a ticket got none."


def below(findings: Findings) -> str:
    """The sentences right under the headline."""
    totals, soon = findings.totals, long_span(findings.within)
    if not decided(findings) and not totals.pending:
        return "No chat closed unresolved in these days."
    later = f", {totals.late:,} got one later" if totals.late else ""
    told = [f"{totals.served:,} had a ticket within {soon} of the close{later}."]
    if totals.pending:
        told.append(f"For {count(totals.pending, 'more chat')} the {soon} are not over.")
    return " ".join(told)


def incomplete(findings: Findings) -> str:
    """What is said first where not everything was gathered; empty where it was."""
    if findings.complete:
        return ""
    return "Not everything was gathered yet: these numbers are too low or too high. Run the same command again."


def qualifications(findings: Findings) -> tuple[str, ...]:
    """What to know about the drops before acting on them."""
    totals = findings.totals
    told = []
    if totals.ambiguous:
        are = "is" if totals.ambiguous == 1 else "are"
        told.append(
            f"{totals.ambiguous:,} of the dropped {are} ambiguous: the person had an open ticket at that moment, "
            "which may carry the chat without naming it."
        )
    if totals.overtaken:
        have = "has" if totals.overtaken == 1 else "have"
        told.append(
            f"{totals.overtaken:,} of the dropped {have} been settled since, in a later sitting of the same chat."
        )
    if totals.ai_unclear:
        are = "is" if totals.ai_unclear == 1 else "are"
        told.append(
            f"{totals.ai_unclear:,} of those that needed a ticket {are} unclear: only a bot or AI answered, "
            "and the visitor did not say that it helped."
        )
    return tuple(told)


def next_step(findings: Findings) -> str:
    """What to do now, by what is worst."""
    totals, portal = findings.totals, findings.name
    if not findings.complete:
        return "Run the same command again: it goes on where it stopped."
    if totals.dropped:
        return (
            "Read the newest of the dropped chats. "
            f"`python -m report repair --portal {portal}` then shows which tickets it would make, and changes nothing."
        )
    if totals.late:
        return "Look in the workflow's history at what the late ones waited for."
    if findings.confirmations.missing:
        return "Tell the visitors whose confirmation never went out, and look why it did not."
    if findings.two_open:
        return "Merge the two tickets of each person who has two."
    return f"Nothing to put right. `python -m report alert --portal {portal}`, every hour, tells of the first one."


def sla_says(findings: Findings) -> str:
    """What the wrong clock hides."""
    sla = findings.sla
    if not sla.tickets:
        return "No ticket of these days has a due time."
    right, wrong = (over(clock.breached, clock.open_over) for clock in (sla.from_close, sla.from_creation))
    told = f"Counted from the close of the chat, {right:,} of {count(sla.tickets, 'ticket')} missed the promised reply."
    if right == wrong:
        return f"{told} Counted from when the ticket was made, it looks the same."
    return f"{told} Counted from when the ticket was made, it looks like {wrong:,}."


def over(breached: int, open_over: int) -> int:
    """Answered too late, or not answered and past due."""
    return breached + open_over


def rate_says(findings: Findings) -> str:
    """The rate, in words."""
    return f"Drop rate {share(findings.totals.rate)}"


def confirmations_say(findings: Findings) -> str:
    """What became of the confirmations."""
    told = findings.confirmations
    if not told.wanted:
        return "No confirmation was asked for."
    if not told.missing:
        return f"Of {count(told.wanted, 'confirmation')} none is missing."
    return f"{told.missing:,} of {count(told.wanted, 'confirmation')} never went out."


def two_open_says(findings: Findings) -> str:
    """How many persons have more than one open ticket."""
    if not findings.two_open:
        return "Nobody has two open tickets."
    number = len(findings.two_open)
    return f"{count(number, 'person has', 'persons have')} two or more open tickets."
