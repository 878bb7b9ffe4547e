"""What does a terminal show? The number, when, where and why, then the chats; without a terminal, 80 plain columns."""

import io
import sys
from collections.abc import Callable, Iterable
from typing import TextIO

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from deploy.showing import printable
from report.analysis.findings import Clock, Findings, Row, Slice
from report.show.figures import NONE, WEEKDAYS, clock, days, share, span
from report.show.labels import Labels, Names
from report.show.text_charts import hour_map, trend
from report.show.words import (
    STATUSES,
    below,
    confirmations_say,
    headline_parts,
    incomplete,
    next_step,
    qualifications,
    rate_says,
    sla_says,
    two_open_says,
)

COLUMNS = 80
"""How wide it is where there is no terminal."""
SLICES, ROWS, PERSONS = 8, 20, 10


def terminal(findings: Findings, names: Names | None = None, *, stream: TextIO | None = None) -> None:
    """Print it; colours and width are those of the terminal, where the stream is one."""
    out = stream or sys.stdout
    letters = _writes(out)
    if out.isatty() and letters:
        _print(findings, names, Console(file=out, highlight=False, emoji=False, markup=False), letters=True)
        return
    plain = io.StringIO()
    console = Console(file=plain, width=COLUMNS, color_system=None, highlight=False, emoji=False, markup=False)
    _print(findings, names, console, letters=letters)
    text = "".join(f"{line.rstrip()}\n" for line in plain.getvalue().split("\n")[:-1])
    encoding = getattr(out, "encoding", None) or "utf-8"
    out.write(text if letters else text.replace(NONE, "-").encode(encoding, "backslashreplace").decode(encoding))


def _print(findings: Findings, names: Names | None, console: Console, *, letters: bool) -> None:
    for part in _parts(findings, Labels(findings, names), letters, console.width):
        console.print(part)


def _writes(out: TextIO) -> bool:
    """Can the stream write more letters than ASCII's?"""
    try:
        "▁█–·".encode(getattr(out, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _parts(findings: Findings, labels: Labels, letters: bool, width: int) -> Iterable[RenderableType]:
    yield from _first(findings)
    yield _title("By day")
    yield from map(Text, trend(findings.days, width, letters=letters))
    yield Text()
    if any(each.dropped or each.late for each in findings.days):
        yield from _slices("By reason", findings.reasons, labels.reason)
        yield from _slices("By inbox", findings.inboxes, labels.inbox)
        yield from _slices("By agent", findings.agents, labels.agent)
        yield _title("By weekday and hour: late and dropped")
        yield from map(Text, hour_map(findings.hours, [name[:3] for name in WEEKDAYS], letters=letters))
        yield Text()
    yield from _waits(findings, labels)
    yield from _sla(findings)
    yield from _besides(findings, labels)
    yield from _chats(findings, labels)
    yield Text.assemble(("Next: ", "bold"), next_step(findings).replace("`", ""))


def _first(findings: Findings) -> Iterable[Text]:
    if incomplete(findings):
        yield Text(incomplete(findings), style="bold yellow")
        yield Text()
    number, rest = headline_parts(findings)
    colour = "bold red" if findings.totals.dropped else "bold green"
    yield Text.assemble((number, colour), (f" {rest}", "bold"))
    yield Text(below(findings))
    where = f"{rate_says(findings)}. {printable(findings.name)}, {days(findings.first_day, findings.last_day)}"
    yield Text(f"{where} ({findings.zone}).", style="dim")
    for each in qualifications(findings):
        yield Text(each)
    yield Text()


def _title(text: str) -> Text:
    return Text(text, style="bold")


def _table(*columns: str, words: int = 1) -> Table:
    """The first columns are words, the others numbers."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    for at, column in enumerate(columns):
        table.add_column(
            column, justify="left" if at < words else "right", overflow="fold" if at < words else "ellipsis"
        )
    return table


def _slices(title: str, slices: tuple[Slice, ...], called: Callable[[str], str]) -> Iterable[RenderableType]:
    bad = [each for each in slices if each.dropped or each.late]
    if not bad:
        return
    table = _table(title, "needed", "late", "dropped", "drop rate")
    table.columns[0].header_style = "bold"
    for each in bad[:SLICES]:
        numbers = (f"{each.needed:,}", f"{each.late:,}", f"{each.dropped:,}", share(each.rate))
        table.add_row(Text(called(each.key)), *numbers)
    if len(bad) > SLICES:
        table.add_row(f"and {len(bad) - SLICES:,} more")
    yield table
    yield Text()


def _waits(findings: Findings, labels: Labels) -> Iterable[RenderableType]:
    if not findings.waits.count:
        return
    table = _table("From close to ticket", "chats", "p50", "p90", "p99")
    table.columns[0].header_style = "bold"
    for name, each in (("all that got one", findings.waits), ("late ones, beyond the time", findings.late_by)):
        table.add_row(name, f"{each.count:,}", span(each.p50), span(each.p90), span(each.p99))
    for key, number in sorted(findings.served_by.items(), key=lambda pair: (-pair[1], pair[0])):
        if number:
            table.add_row(f"  {labels.served_by(key)}", f"{number:,}")
    if any(findings.places.values()):
        table.add_row("found by")
    for key, number in sorted(findings.places.items(), key=lambda pair: (-pair[1], pair[0])):
        if number:
            table.add_row(f"  {labels.place(key)}", f"{number:,}")
    yield table
    yield Text()


def _sla(findings: Findings) -> Iterable[RenderableType]:
    sla = findings.sla
    if not sla.tickets:
        return

    def line(name: str, told: Clock) -> tuple[str, ...]:
        return (
            name,
            f"{told.met:,}",
            f"{told.breached:,}",
            f"{told.open_over:,}",
            span(told.waits.p50),
            span(told.waits.p90),
        )

    table = _table("Promised reply", "in time", "too late", "past due", "p50", "p90")
    table.columns[0].header_style = "bold"
    table.add_row(*line("from the close of the chat", sla.from_close))
    table.add_row(*line("from its ticket: misleading", sla.from_creation))
    yield table
    yield Text(sla_says(findings))
    yield Text()


def _besides(findings: Findings, labels: Labels) -> Iterable[Text]:
    yield Text(confirmations_say(findings))
    tickets = findings.confirmations.tickets
    for each in tickets[:PERSONS]:
        yield Text(f"  {labels.ticket(each) or each}")
    yield Text(two_open_says(findings))
    for person in findings.two_open[:PERSONS]:
        yield Text(f"  contact {person.contact_id}: tickets {', '.join(person.tickets)}")
    for left in (len(tickets), len(findings.two_open)):
        if left > PERSONS:
            yield Text(f"  and {left - PERSONS:,} more: --json lists them")
    yield Text()


def _chats(findings: Findings, labels: Labels) -> Iterable[RenderableType]:
    for row in findings.closes[:ROWS]:
        yield _chat(row, labels)
        yield Text(f"  {labels.chat(row) or printable(row.link) or row.thread_id}", style="dim", overflow="fold")
    left = len(findings.closes) + findings.closes_left_out - len(findings.closes[:ROWS])
    if left:
        yield Text(f"and {left:,} more: --csv or --html lists them")
    if findings.closes:
        yield Text()


def _chat(row: Row, labels: Labels) -> Text:
    late = f" by {span(row.late_by)}" if row.late_by is not None else ""
    unsure = ", ambiguous" if row.ambiguous else ""
    settled = ", settled since" if row.overtaken else ""
    colour = "red" if row.status == "dropped" else "yellow"
    return Text.assemble(
        (STATUSES[row.status], colour),
        f"{late}  {clock(row.closed_at, labels.findings.zone)}  {labels.reason(row.reason)}{unsure}{settled}",
        f"  {labels.inbox(row.inbox_id)} / {labels.agent(row.agent_id)}",
    )
