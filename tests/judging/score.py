"""How good is the judgement on labelled chats? `python -m tests.judging.score` prints it, and fails below the goals.

`FILE...` measures other files than those beside this one (`<language>-<set>.yaml`, or `<language>.yaml` for set 1),
`--misses` lists each chat judged otherwise than labelled.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from actions.parts.conversation import Line
from actions.parts.resolution import Judging, Verdict, judge
from actions.parts.transcript import plain

HERE = Path(__file__).resolve().parent
OVER_ALL = (0.97, 0.85)
EACH = (0.90, 0.75)
"""Least recall of unresolved chats and least precision, over all and in each language (chat-to-ticket, section 9)."""
WHO = {"visitor": "visitor", "agent": "agent", "bot": "automation", "llm": "automation", "integrator": "automation"}
LABELS = ("unresolved", "resolved", "skipped")

Chat = dict[str, Any]
JUDGE: Callable[..., Verdict] = judge
WORDS: Callable[[Chat], str] = plain
"""The parts are not annotated: they run on Python 3.9."""


@dataclass
class Table:
    """How many chats of each label were judged how."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, label: str, judged: str) -> None:
        self.counts[label, judged] += 1

    @property
    def recall(self) -> float:
        """Of the visitors who wait, the share that is found."""
        waiting = sum(self.counts["unresolved", judged] for judged in LABELS)
        return self.counts["unresolved", "unresolved"] / waiting if waiting else 1.0

    @property
    def precision(self) -> float:
        """Of the tickets that would be made, the share that is for a visitor who waits."""
        made = self.counts["unresolved", "unresolved"] + self.counts["resolved", "unresolved"]
        return self.counts["unresolved", "unresolved"] / made if made else 1.0

    @property
    def right(self) -> int:
        return sum(self.counts[label, label] for label in LABELS)

    @property
    def skipped_exactly(self) -> bool:
        return all(label == judged for label, judged in self.counts if "skipped" in {label, judged})

    def meets(self, least: tuple[float, float]) -> bool:
        return self.recall >= least[0] and self.precision >= least[1] and self.skipped_exactly

    def row(self, name: str) -> str:
        cells = [f"{self.counts[label, judged] or '.':>5}" for label in LABELS for judged in LABELS]
        return f"{name:12}{''.join(cells)}   {self.recall:.3f}  {self.precision:.3f}"


def judged(chat: Chat) -> Verdict:
    """Run one labelled chat through the judgement, with the default inputs where it names none."""
    given = chat.get("inputs") or {}
    differs = chat.get("thread") or {}
    thread = {
        "status": "OPEN" if differs.get("status") == "open" else "CLOSED",
        "spam": differs.get("spam", False),
        "archived": differs.get("archived", False),
        "originalChannelId": differs.get("channel", "1000"),
        "inboxId": differs.get("inbox", "1"),
    }
    judging = Judging(
        channels=["1000"],
        inboxes=["1"],
        min_words=2,
        teams=[str(team).lower() for team in given.get("routes", [])],
        ai_unclear=given.get("ai_unclear", "unless_solved"),
        agent_asked_last=given.get("agent_asked_last", "resolved"),
        unclear=given.get("unclear", "unresolved"),
    )
    lines = [line(number * 90000, message) for number, message in enumerate(chat["messages"])]
    return JUDGE(thread, lines, judging, given.get("resolution", ""))


def line(at: int, message: Chat) -> Line:
    """One labelled message as the judgement sees it."""
    if "assigned_to" in message:
        return Line(at, "assigned", "system", "S-1", "A-1" if message["assigned_to"] == "agent" else "B-1")
    who = WHO.get(str(message.get("by")), "system")
    kind = "comment" if message.get("comment") else "welcome" if message.get("welcome") else "said"
    text = str(message["text"])
    return Line(at, kind, who, who, WORDS({"richText": text} if "</" in text else {"text": text}))


def measured(files: Iterable[Path]) -> tuple[dict[str, dict[str, Table]], dict[str, Table], list[str]]:
    """Return the tables by set and language, those by rule, and the misses in words."""
    sets: dict[str, dict[str, Table]] = {}
    rules: dict[str, Table] = {}
    misses = []
    for file in files:
        language, _, number = file.stem.partition("-")
        table = sets.setdefault(f"set {number or 1}", {}).setdefault(language, Table())
        for chat in yaml.safe_load(file.read_text("utf-8")):
            verdict = judged(chat)
            rule = f"{chat['rule']} {chat['reason']}"
            table.add(chat["label"], verdict.resolution)
            rules.setdefault(rule, Table()).add(chat["label"], verdict.resolution)
            if verdict.resolution != chat["label"]:
                misses.append(f"{chat['id']}: {chat['label']} by rule {rule}, judged {verdict[:2]}")
    return sets, rules, misses


def together(tables: Iterable[Table]) -> Table:
    """Return one table of several."""
    whole = Table()
    for table in tables:
        whole.counts.update(table.counts)
    return whole


def printed(name: str, languages: dict[str, Table]) -> list[str]:
    """Print the table of one set, a row per language; return which rows are below the thresholds."""
    whole = together(languages.values())
    print(f"{name:12}unresolved     resolved       skipped\njudged          u    r    s", end="")
    print("    u    r    s" * 2 + "   recall  precision")
    for language, table in sorted(languages.items()):
        print(table.row(language))
    print(whole.row("all") + "\n")
    low = [language for language, table in sorted(languages.items()) if not table.meets(EACH)]
    return [f"{name}: {row}" for row in low + ([] if whole.meets(OVER_ALL) else ["all"])]


def main(arguments: list[str] | None = None) -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.judging.score", description=(__doc__ or "").split("\n")[0])
    asked.add_argument("files", metavar="FILE", nargs="*", type=Path, help="labelled chats, one YAML file each")
    asked.add_argument("--misses", action="store_true", help="list each chat judged otherwise than labelled")
    told = asked.parse_args(arguments)
    sets, rules, misses = measured(told.files or sorted(HERE.glob("*.yaml")))
    low = [row for name, languages in sorted(sets.items()) for row in printed(name, languages)]
    if len(sets) > 1:
        every = sorted({language for languages in sets.values() for language in languages})
        low += printed(
            "together",
            {name: together(of[name] for of in sets.values() if name in of) for name in every},
        )
    for rule, table in sorted(rules.items(), key=lambda named: (int(named[0].split()[0]), named[0])):
        print(f"rule {rule:22}{table.right:>4} of {table.counts.total()}")
    if told.misses:
        print("\n" + "\n".join(misses))
    if low:
        print(f"below the thresholds, or skipped wrongly: {', '.join(low)}", file=sys.stderr)
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
