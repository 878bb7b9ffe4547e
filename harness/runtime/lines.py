"""What does the log of a run look like? Lambda's START, END and REPORT lines around what was printed."""

import math
from dataclasses import dataclass

from harness.runtime.facts import Facts
from harness.runtime.masking import Mask


@dataclass(frozen=True)
class Verge:
    """What the lines around a log say of the run, beside its facts."""

    request_id: str
    duration_ms: float
    memory_mb: int
    last_line: str = ""
    """What Lambda itself adds: the traceback of what main let out, or how the process ended."""


def log_of(facts: Facts, verge: Verge, mask: Mask) -> str:
    """The whole log, secrets hidden."""
    lines = [f"START RequestId: {verge.request_id} Version: $LATEST"]
    printed = _printed(facts, mask)
    if printed:
        lines.append(printed.rstrip("\n"))
    if verge.last_line:
        lines.append(mask.text(verge.last_line).rstrip("\n"))
    lines += [f"END RequestId: {verge.request_id}", _report(facts, verge)]
    return "\n".join(lines) + "\n"


def _printed(facts: Facts, mask: Mask) -> str:
    if not facts.log_dropped:
        return mask.text(facts.log)
    kept = mask.shorten(facts.log, len(facts.log) - mask.longest)  # a secret may have been cut in two at the cap
    return f"{kept}\n(... {facts.log_dropped} bytes more were printed and dropped)"


def _report(facts: Facts, verge: Verge) -> str:
    used = "unknown" if facts.peak_mb is None else f"{math.ceil(facts.peak_mb)} MB"
    return "\t".join(
        (
            f"REPORT RequestId: {verge.request_id}",
            f"Duration: {verge.duration_ms:.2f} ms",
            f"Billed Duration: {math.ceil(verge.duration_ms)} ms",
            f"Memory Size: {verge.memory_mb} MB",
            f"Max Memory Used: {used} ({facts.memory})",
        )
    )
