"""Who may call what: local tokens and their scopes. A token that could be a real one is never taken."""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.portal import refusals

PREFIX = "local-"
FIRST_APP = 7_000_001
NOT_FOUND = (
    "Authentication credentials not found. This API supports OAuth 2.0 authentication "
    f"and you can find more details at {refusals.AUTH_PAGE}"
)


@dataclass(slots=True)
class Token:
    """One token of one private app. No scopes: all of them."""

    value: str
    app_id: int
    scopes: tuple[str, ...]
    expires: int | None = None  # epoch milliseconds; None: never

    def works(self, now: int) -> bool:
        """Whether it is still taken."""
        return self.expires is None or now < self.expires

    def may(self, alternatives: Sequence[str]) -> bool:
        """Whether one of these scopes is granted."""
        return not self.scopes or not alternatives or any(scope in self.scopes for scope in alternatives)


class Tokens:
    """All tokens of the account."""

    def __init__(self) -> None:
        self._tokens: dict[str, Token] = {}

    def add(self, scopes: tuple[str, ...], value: str = "", expires: int | None = None) -> str:
        """A new token; a value of one's own must be plainly local."""
        value = value or f"{PREFIX}token-{len(self._tokens) + 1}"
        if not value.startswith(PREFIX):
            raise ValueError(f"Portal.token: expected a value that begins with {PREFIX}, found another.")
        known = self._tokens.get(value)
        app_id = known.app_id if known else FIRST_APP + len(self._tokens)
        self._tokens[value] = Token(value, app_id, scopes, expires)
        return value

    def keep(self, token: Token) -> None:
        """A token as it is."""
        self._tokens[token.value] = token

    def all(self) -> list[Token]:
        """Every token, oldest first."""
        return list(self._tokens.values())

    def revoke(self, value: str) -> None:
        """A token that worked until now."""
        self._tokens[value].expires = 0

    def check(self, header: str, now: int) -> Token:
        """The token in an Authorization header, or HubSpot's 401."""
        scheme, _, value = header.partition(" ")
        value = value.strip()
        if scheme.lower() != "bearer" or not value:
            raise refusals.unauthenticated(NOT_FOUND)
        token = self._tokens.get(value)
        if token is None and not value.startswith(PREFIX):
            raise refusals.unauthenticated(self._real(now))
        if token is None:
            raise refusals.unauthenticated(f"The access token is not known to this account. {self._hint(now)}")
        if not token.works(now):
            raise refusals.expired()
        return token

    def _hint(self, now: int) -> str:
        known = next((t.value for t in self._tokens.values() if t.works(now)), None)
        return f"Use {known} here" if known else "Make one with Portal.token()"

    def _real(self, now: int) -> str:
        return (
            f"This is a local stand-in for HubSpot: it takes only tokens that begin with {PREFIX}, "
            f"and never a real one, which should not travel here. {self._hint(now)}."
        )
