"""Which closes is a person asked about? Some of each verdict and reason, drawn by a seed.

Half of them are called unresolved and half are not: the first tell how often that is right (precision), the others how
many are missed (recall). Within a half a reason gets by the root of its closes, and at least two, so that a rare one is
heard of as well. The draw is by a hash of seed and close: the same seed draws the same ones whatever was gathered
since, and what is not answered yet is what comes next.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from report.calibrate.strata import JUDGED
from report.store.store import Store

LEAST = 2  # of a stratum

Key = tuple[str, str]

AVAILABLE = f"""
SELECT resolution, reason, thread_id, closed_at, inbox_id,
    md5(concat_ws(':', $2::BIGINT, thread_id, closed_at)) AS lot
FROM closes WHERE portal_id = $1 AND {JUDGED} AND ($3 OR NOT EXISTS (
    SELECT 1 FROM answers AS said WHERE said.portal_id = closes.portal_id
        AND said.thread_id = closes.thread_id AND said.closed_at = closes.closed_at))
"""  # noqa: S608 (nothing of it was typed)
COUNTED = f"SELECT resolution, reason, count(*) FROM ({AVAILABLE}) GROUP BY resolution, reason"  # noqa: S608
DRAWN = f"""
SELECT ranked.thread_id, ranked.closed_at, ranked.inbox_id, ranked.resolution, ranked.reason FROM (
    SELECT *, row_number() OVER (PARTITION BY resolution, reason ORDER BY lot) AS place FROM ({AVAILABLE})
) AS ranked JOIN (SELECT unnest($4::VARCHAR[]) AS resolution, unnest($5::VARCHAR[]) AS reason,
    unnest($6::INTEGER[]) AS many) AS wanted USING (resolution, reason)
WHERE ranked.place <= wanted.many ORDER BY ranked.place / wanted.many, ranked.lot
"""  # noqa: S608


@dataclass(frozen=True)
class Drawn:
    """One close to ask about."""

    thread_id: str
    closed_at: int
    inbox_id: str
    resolution: str
    reason: str


def draw(store: Store, portal_id: int, size: int, *, seed: int, again: bool) -> list[Drawn]:
    """At most so many, mixed, so that who stops half-way has seen every verdict. `again`: answered ones too."""
    available = {(verdict, reason): many for verdict, reason, many in store.ask(COUNTED, portal_id, seed, again)}
    wanted = allocated(available, size)
    verdicts, reasons = [verdict for verdict, _ in wanted], [reason for _, reason in wanted]
    rows = store.ask(DRAWN, portal_id, seed, again, verdicts, reasons, list(wanted.values()))
    return [Drawn(*row) for row in rows]


def allocated(available: Mapping[Key, int], size: int) -> dict[Key, int]:
    """How many of each; never more than there are, and together the size where there are as many."""
    halves = [
        {key: many for key, many in available.items() if (key[0] == "unresolved") is half} for half in (True, False)
    ]
    sizes = [min(size - size // 2, sum(halves[0].values())), min(size // 2, sum(halves[1].values()))]
    for half in (0, 1):  # what one half has not, the other gets
        sizes[half] = min(sum(halves[half].values()), size - sizes[1 - half])
    return {
        key: many for half, most in zip(halves, sizes, strict=True) for key, many in _half(half, most).items() if many
    }


def _half(available: Mapping[Key, int], size: int) -> dict[Key, int]:
    given = dict.fromkeys(sorted(available, key=lambda key: (-available[key], key)), 0)
    for _ in range(size):
        open_ones = [key for key in given if given[key] < available[key]]
        few = [key for key in open_ones if given[key] < LEAST]
        chosen = max(few or open_ones, key=lambda key: sqrt(available[key]) / (given[key] + 1))
        given[chosen] += 1
    return given
