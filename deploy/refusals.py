"""How deploy says no: where we were, what was expected, what was found, what to do now.

What others wrote, HubSpot's messages among it, is said without tokens and without characters that forge a line.
"""

from deploy.showing import shown


class Refused(Exception):
    """Something is not as it has to be. Nothing was changed, or the message says what was."""

    def __init__(self, where: str, *, expected: str, found: str, remedy: str) -> None:
        where, expected, found, remedy = (shown(text) for text in (where, expected, found, remedy))
        super().__init__(f"{where}: expected {expected}, found {found}. {remedy}")
        self.where, self.expected, self.found, self.remedy = where, expected, found, remedy


class BadPortalFile(Refused):
    """A portal's TOML, or the properties' TOML, that cannot be used."""


class WrongPortal(Refused):
    """The token opens another account than the one the file is about."""


class RemoteRefused(Refused):
    """HubSpot said no."""

    def __init__(self, where: str, status: int, category: str, *, expected: str, found: str, remedy: str) -> None:
        super().__init__(where, expected=expected, found=found, remedy=remedy)
        self.status, self.category = status, category


class Unreachable(Refused):
    """No answer came; whether the request was carried out is not known."""


class Stale(Refused):
    """What a plan was made from is no longer so."""


class BadLedger(Refused):
    """A ledger's file that cannot be read."""
