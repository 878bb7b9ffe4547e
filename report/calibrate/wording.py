"""What is said of a calibration? Precision and recall between bounds, which rules err most, and what changes them."""

from collections.abc import Sequence

from actions.parts.resolution import REASONS
from report.calibrate.estimating import Calibration, Estimate
from report.calibrate.strata import Stratum

MOST_RULES = 5
INPUTS = {
    "ai_unclear": "the workflow's input ai_unclear decides such chats (unless_solved, unresolved or resolved)",
    "waiting_on_visitor": "the workflow's input agent_asked_last decides such chats (resolved or unresolved)",
    "unclear": "the workflow's input unclear decides such chats (unresolved or resolved)",
    "no_answer": "a higher min_visitor_words leaves out chats in which the visitor wrote next to nothing",
    "marker": "the input teams says which markers count; else agents marked it so",
}
NO_INPUT = "no input decides it; an agent's marker in an internal comment does (docs/rules.md, section 3)"


def said(strata: Sequence[Stratum], calibration: Calibration, unjudged: int) -> list[str]:
    """Line by line."""
    answered, closes = sum(each.answered for each in strata), sum(each.population for each in strata)
    lines = [f"{answered} answers about {closes} judged closes."]
    if unjudged:
        lines.append(f"{unjudged} closes more had a ticket in time, were not judged, and are no part of this.")
    if not answered:
        return lines
    lines += [
        "",
        f"precision of unresolved: {_share(calibration.precision)}; of the chats called unresolved, so many are",
        f"recall of unresolved:    {_share(calibration.recall)}; of the chats that are unresolved, so many are found",
        "(95 % intervals: Wilson's for each verdict and reason, weighed by its closes and combined)",
        "",
        *_table(strata),
        *_confusion(calibration),
        *_rules(strata),
    ]
    if calibration.few:
        named = ", ".join(f"{each.reason} ({each.answered} of {each.population})" for each in calibration.few)
        lines += ["", f"Too few answers to speak of them alone: {named}."]
    return lines


def _share(estimate: Estimate) -> str:
    if estimate.value is None:
        return "not known yet"
    return f"{estimate.value:.0%} ({estimate.low:.0%} to {estimate.high:.0%})"


def _table(strata: Sequence[Stratum]) -> list[str]:
    rows = [("verdict", "reason", "closes", "answered", "wrong")]
    rows += [(one.resolution, one.reason, str(one.population), str(one.answered), str(one.errors)) for one in strata]
    wide = [max(len(row[at]) for row in rows) for at in range(5)]
    return [
        "  ".join(cell.ljust(wide[at]) if at < 2 else cell.rjust(wide[at]) for at, cell in enumerate(row))
        for row in rows
    ]


def _confusion(calibration: Calibration) -> list[str]:
    counts = calibration.confusion
    if counts is None:
        return []
    return [
        "",
        "estimated closes      is unresolved  is resolved",
        f"called unresolved  {counts.right_unresolved:16.0f}  {counts.wrong_unresolved:11.0f}",
        f"called resolved    {counts.wrong_resolved:16.0f}  {counts.right_resolved:11.0f}",
    ]


def _rules(strata: Sequence[Stratum]) -> list[str]:
    """By how many closes they are estimated to get wrong, not by how many answers they lost."""
    wrong = [(one.population * one.errors / one.answered, one) for one in strata if one.errors]
    if not wrong:
        return ["", "No rule was found to err."]
    lines = ["", "The rules that err most:"]
    for many, one in sorted(wrong, key=lambda pair: (-pair[0], pair[1].reason))[:MOST_RULES]:
        lines.append(
            f"  {one.resolution}, {one.reason}: about {many:.0f} closes ({one.errors} of {one.answered} answers)"
        )
        lines.append(f"    {REASONS.get(one.reason, 'No reason is known.')}")
        lines.append(f"    To change it: {INPUTS.get(one.reason, NO_INPUT)}.")
    return lines
