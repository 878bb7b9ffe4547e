"""Which verdicts are there, how many closes has each, and what was answered about them? Counted in the store.

A stratum is one verdict with one reason: what errs, errs by rule. Closes that a ticket served in time were not judged,
and chats outside the inboxes and channels were not either; both are no part of this.
"""

from dataclasses import dataclass

from report.store.store import Store

JUDGED = "resolution IN ('resolved', 'unresolved') AND reason <> 'input'"

STRATA = f"""
WITH closed AS (SELECT resolution, reason, count(*) AS population FROM closes WHERE portal_id = $1 AND {JUDGED}
    GROUP BY resolution, reason),
answered AS (
    SELECT said.resolution, said.reason, count(*) AS answered, count(*) FILTER (said.agrees) AS agreed,
        count(*) FILTER (closes.thread_id IS NULL) AS aged
    FROM answers AS said LEFT JOIN closes ON closes.portal_id = said.portal_id
        AND closes.thread_id = said.thread_id AND closes.closed_at = said.closed_at
    WHERE said.portal_id = $1 AND said.agrees IS NOT NULL AND (closes.thread_id IS NULL
        OR (closes.resolution = said.resolution AND closes.reason = said.reason))
    GROUP BY said.resolution, said.reason
)
SELECT resolution, reason, population, coalesce(answered, 0), coalesce(agreed, 0), coalesce(aged, 0)
FROM closed LEFT JOIN answered USING (resolution, reason) ORDER BY resolution DESC, reason
"""  # noqa: S608 (nothing of it was typed)


@dataclass(frozen=True)
class Stratum:
    """Closes with one verdict for one reason, and what a person said of some of them."""

    resolution: str
    reason: str
    population: int
    answered: int = 0
    agreed: int = 0
    aged: int = 0  # of the answered: closes that are kept no longer, and so are none of the population

    @property
    def errors(self) -> int:
        """Answers that disagree."""
        return self.answered - self.agreed


def strata(store: Store, portal_id: int) -> list[Stratum]:
    """All, unresolved ones first. An answer about a close that was judged anew since, and otherwise, does not count."""
    return [Stratum(*row) for row in store.ask(STRATA, portal_id)]


def unjudged(store: Store, portal_id: int) -> int:
    """Closes that a ticket served in time."""
    sql = "SELECT count(*) FROM closes WHERE portal_id = $1 AND resolution = 'unjudged'"
    return int(store.ask(sql, portal_id)[0][0])
