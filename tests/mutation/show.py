"""How is a run told? A line for each survivor, a table of the files, and what it comes to."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from tests.mutation.bench import Verdict
from tests.mutation.survivors import Reason
from tests.mutation.targets import Mutant

JUDGES = ("stories", "prover", "simulation", "time")
GOAL = 0.80


def share(mutants: Sequence[Mutant], verdicts: Mapping[str, Verdict]) -> float:
    """Of the mutants that were judged, those that somebody noticed."""
    judged = [verdicts[mutant.key] for mutant in mutants if mutant.key in verdicts]
    return sum(verdict.killed for verdict in judged) / len(judged) if judged else 1.0


def survivors(mutants: Sequence[Mutant], verdicts: Mapping[str, Verdict]) -> list[Mutant]:
    """Those that nobody noticed."""
    return [mutant for mutant in mutants if mutant.key in verdicts and not verdicts[mutant.key].killed]


def survivor(mutant: Mutant, verdict: Verdict, reason: Reason | None) -> str:
    """What was changed where, and why nobody notices."""
    change = mutant.change
    why = f"{reason.kind}: {reason.why}" if reason else "no reason in survivors.toml"
    met = "no story comes by" if verdict.judge == "not reached" else f"met {verdict.met} stories"
    instead = f"{one_line(change.before)} → {one_line(change.after) or 'nothing'}"
    return f"{mutant.where}: {instead} ({change.kind}; {met})\n    {mutant.code}\n    {why}"


def one_line(text: str) -> str:
    """A piece of code as it is told."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 80 else flat[:77] + "…"


def table(mutants: Sequence[Mutant], verdicts: Mapping[str, Verdict]) -> str:
    """A line for each file, and one for all."""
    head = f"{'':24}{'mutants':>8}" + "".join(f"{judge:>12}" for judge in JUDGES) + f"{'survived':>12}{'share':>8}"
    files = list(dict.fromkeys(mutant.file for mutant in mutants))
    rows = [(file, [mutant for mutant in mutants if mutant.file == file]) for file in files]
    return "\n".join([head, *(_row(name, some, verdicts) for name, some in [*rows, ("all", list(mutants))])])


def _row(name: str, mutants: Sequence[Mutant], verdicts: Mapping[str, Verdict]) -> str:
    judged = Counter[str](verdicts[mutant.key].judge for mutant in mutants if mutant.key in verdicts)
    figures = "".join(f"{judged[judge]:>12}" for judge in JUDGES)
    left = judged["nobody"] + judged["not reached"]
    return f"{name:24}{judged.total():>8}{figures}{left:>12}{share(mutants, verdicts):>8.1%}"


def as_json(mutants: Sequence[Mutant], verdicts: Mapping[str, Verdict], listed: Mapping[str, Reason]) -> str:
    """The same as data."""
    found: dict[str, Any] = {"share": round(share(mutants, verdicts), 4), "mutants": []}
    for mutant in mutants:
        verdict, reason = verdicts.get(mutant.key), listed.get(mutant.key)
        if verdict is not None:
            found["mutants"].append(
                {
                    "where": mutant.where,
                    "function": mutant.change.function,
                    "kind": mutant.change.kind,
                    "before": mutant.change.before,
                    "after": mutant.change.after,
                    "judge": verdict.judge,
                    "by": verdict.by,
                    "why": verdict.why,
                    "reason": f"{reason.kind}: {reason.why}" if reason and not verdict.killed else None,
                }
            )
    return json.dumps(found, indent=2, ensure_ascii=False)
