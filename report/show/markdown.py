"""What is pasted into a pull request, an issue or a chat? A page of Markdown in which no name is a tag or a mention."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from report.analysis.findings import Clock, Findings, Row, Slice
from report.show.figures import WEEKDAYS, clock, count, days, share, short_day, span
from report.show.labels import Labels, Names
from report.show.words import (
    SERVED_BY,
    STATUSES,
    below,
    confirmations_say,
    headline,
    incomplete,
    next_step,
    qualifications,
    rate_says,
    sla_says,
    two_open_says,
)

SLICES, ROWS, TICKETS = 5, 20, 10
"""How many lines of each a page has room for."""


def markdown(findings: Findings, names: Names | None = None) -> str:
    """The page, one line end at its end."""
    labels = Labels(findings, names)
    first = [f"> **{incomplete(findings)}**", ""] if incomplete(findings) else []
    lines = [
        *first,
        f"## {headline(findings)}",
        "",
        f"{below(findings)} {rate_says(findings)}. Portal {code(findings.name)}, "
        f"{days(findings.first_day, findings.last_day)} ({code(findings.zone)}).",
        "",
        *(f"- {each}" for each in qualifications(findings)),
        *([""] if qualifications(findings) else []),
        f"**Next:** {next_step(findings)}",
        "",
        *_where(findings, labels),
        *_table("### Close to ticket", ("", "Chats", "p50", "p90", "p99"), _waits(findings)),
        *_table("### Promised reply", ("Clock starts", "In time", "Too late", "Open, past due"), _sla(findings)),
        sla_says(findings),
        "",
        "### Besides",
        "",
        f"- {confirmations_say(findings)}{_tickets(findings, labels)}",
        f"- {two_open_says(findings)}{_persons(findings, labels)}",
        f"- {count(findings.totals.waiting_on_visitor, 'resolved chat')} wait for the visitor's answer.",
        "",
        *_chats(findings, labels),
    ]
    return "\n".join(lines).rstrip("\n") + "\n"


def code(text: str) -> str:
    """As code, in which every character but letters and digits is an entity: no tag, table, link or mention."""
    plain = "".join(each if each.isalnum() or each in " -." else f"&#{ord(each)};" for each in text)
    return f"<code>{plain}</code>"


def _where(findings: Findings, labels: Labels) -> list[str]:
    if not any(each.dropped or each.late for each in findings.days):
        return []
    header = ("", "Needed a ticket", "Late", "Dropped", "Drop rate")
    worst = sorted(findings.days, key=lambda each: (-each.dropped, -each.late))
    named = {each.key: short_day(day_of(each)) for each in findings.days}
    hours = sorted(findings.hours, key=lambda each: (-each.dropped, -each.late))
    at = [f"{WEEKDAYS[each.weekday - 1]} {each.hour}:00 ({each.dropped:,})" for each in hours if each.dropped]
    return [
        *_table("### By reason", header, _slices(findings.reasons, labels.reason)),
        *_table("### By inbox", header, _slices(findings.inboxes, lambda key: code(labels.inbox(key)))),
        *_table("### By agent", header, _slices(findings.agents, lambda key: code(labels.agent(key)))),
        *_table("### Worst days", header, _slices(worst, lambda key: named[key])),
        *([f"Hours of the week with most drops: {', '.join(at[:3])}.", ""] if at else []),
    ]


def _slices(slices: Iterable[Slice], called: Callable[[str], str]) -> list[tuple[str, ...]]:
    bad = [each for each in slices if each.dropped or each.late][:SLICES]
    return [
        (called(each.key), f"{each.needed:,}", f"{each.late:,}", f"{each.dropped:,}", share(each.rate)) for each in bad
    ]


def _waits(findings: Findings) -> list[tuple[str, ...]]:
    spreads = (("all with a ticket", findings.waits), ("late, beyond the time", findings.late_by))
    told: list[tuple[str, ...]] = [
        (name, f"{each.count:,}", span(each.p50), span(each.p90), span(each.p99)) for name, each in spreads
    ]
    served = sorted(findings.served_by.items(), key=lambda pair: (-pair[1], pair[0]))
    ways = [(SERVED_BY.get(key) or code(key), f"{number:,}", "", "", "") for key, number in served if number]
    return [*told, *ways] if findings.waits.count else []


def _sla(findings: Findings) -> list[tuple[str, ...]]:
    def line(name: str, clock: Clock) -> tuple[str, ...]:
        return name, f"{clock.met:,}", f"{clock.breached:,}", f"{clock.open_over:,}"

    sla = findings.sla
    if not sla.tickets:
        return []
    return [
        line("when the chat closed", sla.from_close),
        line("when the ticket was made (misleading)", sla.from_creation),
    ]


def _tickets(findings: Findings, labels: Labels) -> str:
    tickets = findings.confirmations.tickets
    more = f" and {len(tickets) - TICKETS:,} more" if len(tickets) > TICKETS else ""
    told = ", ".join(_link(each, labels.ticket(each)) for each in tickets[:TICKETS])
    return f" Tickets: {told}{more}." if told else ""


def _persons(findings: Findings, labels: Labels) -> str:
    persons = findings.two_open
    more = f"; and {len(persons) - TICKETS:,} more" if len(persons) > TICKETS else ""
    told = "; ".join(
        f"contact {_link(each.contact_id, labels.contact(each.contact_id))}: "
        + ", ".join(_link(ticket, labels.ticket(ticket)) for ticket in each.tickets)
        for each in persons[:TICKETS]
    )
    return f" {told[0].upper()}{told[1:]}{more}." if told else ""


def _chats(findings: Findings, labels: Labels) -> list[str]:
    rows = [_row(row, labels) for row in findings.closes[:ROWS]]
    left = len(findings.closes) + findings.closes_left_out - len(rows)
    table = _table("### The chats", ("Closed", "", "Reason", "Inbox", "Agent", "Ticket"), rows)
    return [*table, *([f"And {left:,} more: `--csv` or `--json` lists them."] if left else [])]


def _row(row: Row, labels: Labels) -> tuple[str, ...]:
    status = STATUSES[row.status] + (f" by {span(row.late_by)}" if row.late_by is not None else "")
    return (
        _link(clock(row.closed_at, labels.findings.zone), labels.chat(row)),
        status + ("?" if row.ambiguous else ""),
        labels.reason(row.reason),
        code(labels.inbox(row.inbox_id)),
        code(labels.agent(row.agent_id)),
        _link(row.ticket_id, labels.ticket(row.ticket_id)) if row.ticket_id else "none",
    )


def _link(text: str, address: str) -> str:
    shown = text if text.replace(":", "").replace(" ", "").replace("-", "").isalnum() else code(text)
    return f"[{shown}](<{address}>)" if address else shown


def _table(title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    if not rows:
        return []
    numbers = ["---"] + ["---:" if _counts(cells) else "---" for cells in list(zip(*rows, strict=True))[1:]]
    lines = [header, numbers, *rows]
    return [title, "", *("| " + " | ".join(cells) + " |" for cells in lines), ""]


def _counts(cells: Iterable[str]) -> bool:
    """Is this a column of numbers?"""
    return all(not cell or cell[0].isdigit() or (cell[0] in "–<>" and not cell.startswith("<code")) for cell in cells)


def day_of(each: Slice) -> date:
    """The day that a slice by day is about."""
    return date.fromisoformat(each.key)
