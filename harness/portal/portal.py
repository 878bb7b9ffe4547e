"""A HubSpot account small enough for a laptop: its API answered in memory, and a person's verbs."""

from collections.abc import Callable, Iterable
from typing import Any

from harness.clock import Clock, Moment, millis, moment
from harness.portal import snapshot
from harness.portal.door import Door
from harness.portal.limits import SEARCHES, Limits, plan_of
from harness.portal.tokens import PREFIX, Token, Tokens
from harness.portal.verbs.chats import Chats
from harness.portal.verbs.flows import Flows
from harness.portal.verbs.records import Records
from harness.portal.weather import Weather
from harness.portal.wire import Email, LogEntry, Request, Response
from harness.portal.world import DAILY, Account, World


class Portal(Records, Chats, Flows):
    """One account. Safe to use from several threads."""

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        portal_id: int = 4711001,
        ui_domain: str = "app.hubspot.com",
        time_zone: str = "Europe/Berlin",
        log_limit: int | None = None,
    ) -> None:
        self.clock = clock or Clock()
        self.portal_id = portal_id
        self.world = World(self.clock, Account(portal_id, ui_domain, time_zone))
        self.weather = Weather(self.clock, self.world.lags)
        self._tokens = Tokens()
        self._door = Door(self.world, self._tokens, self.weather, log_limit)

    def answer(self, request: Request) -> Response:
        """What HubSpot would answer; a late answer is late by the clock."""
        response = self._door.answer(request)
        if response.delay:
            self.clock.advance(response.delay)
        return response

    def answer_at_once(self, request: Request) -> Response:
        """The same, for a door that makes its client wait for a late answer itself."""
        return self._door.answer(request)

    def token(self, *scopes: str, value: str = "", expires: Moment | None = None) -> str:
        """A token with these scopes; without any, with all."""
        return self._tokens.add(scopes, value, None if expires is None else millis(moment(expires)))

    def takes(self, secrets: Iterable[str], *scopes: str) -> None:
        """A token with these scopes for each secret that can be a local one and is none yet."""
        there = {token.value for token in self.tokens()}
        for value in secrets:
            if value.startswith(PREFIX) and value not in there:
                self.token(*scopes, value=value)

    def revoke(self, token: str) -> None:
        """The token is refused from now on."""
        self._tokens.revoke(token)

    def keep_token(self, token: Token) -> None:
        """A token of another portal is taken here too."""
        self._tokens.keep(token)

    def tokens(self) -> list[Token]:
        """Every token, also those that work no more."""
        return self._tokens.all()

    def limits(
        self,
        plan: str = "professional",
        *,
        pack: bool = False,
        burst: int | None = None,
        daily: int | None = None,
        searches: int = SEARCHES,
    ) -> None:
        """Count requests from here on, and refuse those over the plan's limits. Without a moving clock, for ever."""
        chosen = plan_of(plan, pack, burst, daily)
        self._door.limits = Limits(self.world, chosen, searches)
        self.world.daily_limit = chosen.daily or DAILY

    def unlimited(self) -> None:
        """Count no requests, and send none of the limits' headers."""
        self._door.limits = None
        self.world.daily_limit = DAILY

    @property
    def log(self) -> list[LogEntry]:
        """Every request so far."""
        return self._door.log

    @property
    def writes(self) -> list[LogEntry]:
        """The writing requests that were carried out and answered."""
        return [entry for entry in self._door.log if entry.is_write and 200 <= entry.status < 300]

    @property
    def emails(self) -> list[Email]:
        """Every e-mail that would have left, whoever sent it."""
        return self.world.outbox.emails

    def watch(self, call: Callable[[str, str, set[str]], object]) -> None:
        """Be told of every change: object type id, record id, names of what changed."""
        self.world.watchers.append(call)

    def state(self) -> dict[str, Any]:
        """Everything a person would see in the account, as plain data in a stable order."""
        with self.world.act():
            return snapshot.state(self.world)
