"""What a person sees of the day: progress while it passes, then a table and one line."""

from datetime import datetime, timedelta
from types import TracebackType
from typing import TYPE_CHECKING, Self

from harness.day.faults import Fault
from harness.day.tally import ChatEnd, Tally

if TYPE_CHECKING:
    from rich.console import Console


class Progress:
    """A bar from the first chat to the last retry, with the time of the day beside it."""

    def __init__(self, console: "Console", closes: int) -> None:
        from rich import progress

        self._bar = progress.Progress(
            progress.TextColumn("{task.fields[time]}"),
            progress.BarColumn(),
            progress.TextColumn("{task.completed}/{task.total} closes, {task.description}"),
            console=console,
            transient=True,
        )
        self._task = self._bar.add_task("", total=closes, time="")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def show(self, now: datetime, closed: int, runs: int, waiting: int) -> None:
        """The state at this moment of the day."""
        said = f"{runs} runs" + (f", {waiting} waiting for HubSpot's next retry" if waiting else "")
        self._bar.update(self._task, completed=closed, description=said, time=f"{now:%a %H:%M}")


def show(console: "Console", tally: Tally, fault: Fault | None) -> None:
    """The table chat → end → expected, then the line."""
    rows = [("chat", "end", "expected", "after the close")]
    rows += [(end.name, end.end, end.expected, _after(end) + _wrong(end)) for end in tally.ends]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    styles = ["bold", *("" if end.as_expected else "bold red" for end in tally.ends)]
    for row, style in zip(rows, styles, strict=True):
        cells = [cell.ljust(width) for cell, width in zip(row, [*widths, 0], strict=True)]
        console.print("  ".join(cells).rstrip(), style=style, markup=False, highlight=False, soft_wrap=True)
    console.print()
    if fault is not None:
        said = f"Broken on purpose ({fault.name}): {fault.what}.\nSo {fault.shows}."
        console.print(said, highlight=False, soft_wrap=True)
    off = sum(not end.as_expected for end in tally.ends)
    if off:
        console.print(f"{off} of {tally.chats} chats did not end as expected.", highlight=False)
    if tally.confirmations != tally.expected_confirmations:
        console.print(f"{tally.confirmations} confirmations, {tally.expected_confirmations} expected.", highlight=False)
    console.print(tally.line(), style="bold" if tally.good else "bold red", highlight=False, soft_wrap=True)


def as_json(tally: Tally, fault: Fault | None) -> dict[str, object]:
    """The same as data."""
    return {
        "broken": fault.name if fault else None,
        "good": tally.good,
        "chats": tally.chats,
        "unresolved": tally.unresolved,
        "tickets": tally.tickets,
        "confirmations": tally.confirmations,
        "duplicates": tally.duplicates,
        "dropped": tally.dropped,
        "ends": [
            {"chat": end.name, "end": end.end, "expected": end.expected, "dropped": end.dropped} for end in tally.ends
        ],
    }


def _after(end: ChatEnd) -> str:
    return ", ".join("never" if waited is None else _span(waited) for waited in end.waited)


def _span(waited: timedelta) -> str:
    minutes = round(waited.total_seconds() / 60)
    return f"{minutes // 60} h {minutes % 60:02} min" if minutes >= 60 else f"{minutes} min"


def _wrong(end: ChatEnd) -> str:
    if end.as_expected:
        return ""
    return "  dropped" if end.dropped else "  not as expected"
