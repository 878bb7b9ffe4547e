"""How reading an account ends when it cannot go on: each says what to do now. Nothing gathered before it is lost."""

from collections.abc import Iterable

from deploy import refusals


class KeyRefused(refusals.Refused):
    """The key does not work (401), or cannot be one."""


class ScopeMissing(refusals.Refused):
    """The key may not do this (403)."""

    def __init__(self, where: str, scopes: Iterable[str], purpose: str) -> None:
        self.scopes = tuple(sorted(scopes))
        named = " or ".join(self.scopes) or "a scope that HubSpot does not name"
        super().__init__(
            where,
            expected=f"a key that may {purpose}",
            found=f"403: it lacks {named}",
            remedy=f"Give the service key {named} in HubSpot, then run this again.",
        )


class BudgetSpent(refusals.Refused):
    """As many calls as were allowed have been made."""

    def __init__(self, where: str, budget: int) -> None:
        super().__init__(
            where,
            expected=f"to be done within {budget} calls",
            found="all of them made, and more to read",
            remedy="What was read is kept: run it again to go on from there, or allow more calls.",
        )


class DayUsedUp(refusals.Refused):
    """The account's calls of this day are used up (429, policy DAILY)."""

    def __init__(self, where: str, daily: str, resets: str) -> None:
        limit = f"{daily} calls a day" if daily else "calls of a day"
        super().__init__(
            where,
            expected="calls to be left for today",
            found=f"429: the {limit} that the account allows are used up, by this key and all other apps together",
            remedy=f"HubSpot allows new ones from {resets}: run it again then; it goes on where it ended.",
        )


class Unreachable(refusals.Unreachable):
    """HubSpot gave no answer that can be used for as long as one waits for it."""


class OddAnswer(refusals.Refused):
    """HubSpot answered, and not as it documents."""

    def __init__(self, where: str, *, expected: str, found: str) -> None:
        super().__init__(
            where,
            expected=expected,
            found=found,
            remedy="HubSpot answered otherwise than it documents: run it again; "
            "if it stays, look whether a newer version of this project knows it.",
        )


class AskRefused(refusals.RemoteRefused):
    """HubSpot said no to one request: with its status and category."""
