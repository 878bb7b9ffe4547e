"""Puts the claims to a real test account: `python -m tests.claims.live`, or `nox -s live`.

The token of a private app of a *test* account is taken from the environment (HUBSPOT_TEST_TOKEN, or another variable
named with --token-variable). Everything made begins with visitor- and is archived at the end. Each line printed is
one claim as it was put once; `python -m harness facts import LOG` turns them into marks.
"""

import argparse
import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import requests

import tests.claims.areas  # noqa: F401 - knows all claims
from harness.facts.logs import HUBSPOT
from harness.portal import Portal
from tests.claims.claim import Case, cases
from tests.claims.hub import Answer, Hub, NotHere, Sent

PATIENCE, STEP = 60.0, 2.0  # seconds; search is "a few moments" behind (documented)
CALM = 8.0  # calls per second, below 100 in 10 seconds, the smallest account's limit
TEST_ACCOUNTS = ("DEVELOPER_TEST", "SANDBOX", "APP_DEVELOPER")


class Real:
    """An account somewhere else, reached over the wire."""

    def __init__(self, token: str, host: str, per_second: float = CALM) -> None:
        self.token = token
        self._pause = 1 / per_second
        self.host = host
        self._session = requests.Session()
        self._next = 0.0
        self._made: list[str] = []
        self.last = ""

    @property
    def by_hand(self) -> Portal:
        """Nobody is there."""
        raise NotHere("somebody in HubSpot's own screens")

    def app(self, *scopes: str) -> NoReturn:
        """There is one app."""
        raise NotHere(f"another app, with {', '.join(scopes)}")

    def waits(self, seconds: float) -> None:
        """In real time."""
        if seconds > PATIENCE:
            raise NotHere(f"{seconds:.0f} seconds of patience")
        time.sleep(seconds)

    def eventually(self, holds: Callable[[], bool]) -> bool:
        """Ask again until it holds or patience ends."""
        end = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > end:
                return False
            time.sleep(STEP)
        return True

    def send(self, sent: Sent) -> Answer:
        """One request at a time, at a calm pace."""
        time.sleep(max(0.0, self._next - time.monotonic()))
        self._next = time.monotonic() + self._pause
        answer = self._session.request(
            sent.method, self.host + sent.target, data=sent.body, headers=sent.headers, timeout=60
        )
        try:
            body = answer.json() if answer.content else None
        except ValueError:
            body = {"not_json": answer.text[:200]}
        path = sent.target.partition("?")[0]
        made = (200, 201, 207) if path.endswith("/batch/create") else (201,)  # 200: 2026-09
        if sent.method == "POST" and answer.status_code in made and isinstance(body, dict):
            self._made += _made(path, body)
        category = body.get("category", "") if isinstance(body, dict) else ""
        self.last = f"{answer.status_code} {category}".strip()
        return Answer(answer.status_code, body, answer.headers)

    def tidies_up(self) -> None:
        """Archive what was made, newest first."""
        for path in reversed(self._made):
            self.send(Sent("DELETE", path, {"Authorization": f"Bearer {self.token}"}, b"", "", claimed=False))
        self._made.clear()


def main() -> int:
    """Put every claim that can be put; 0 all held, 1 refused, 2 at least one did not."""
    told = _arguments()
    token = os.environ.get(told.token_variable, "")
    if not token:
        print(f"live: expected a test account's token in {told.token_variable}, found none. Nothing was asked.")
        return 1
    account = Real(token, told.host, told.per_second)
    kind = _kind_of_account(account)
    if kind not in TEST_ACCOUNTS:
        print(f"live: expected a test account ({', '.join(TEST_ACCOUNTS)}), found {kind}. Nothing was written.")
        return 1
    lines = [_put(case, account) for case in cases() if case.claim.id.startswith(told.only)]
    held = sum(line["held"] is True for line in lines)
    other = sum(line["held"] is False for line in lines)
    print(f"{held} held, {other} did not, {len(lines) - held - other} could not be put.", file=sys.stderr)
    return 2 if other else 0


def _put(case: Case, account: Real) -> dict[str, object]:
    line: dict[str, object] = {
        "claim": case.claim.id,
        "host": account.host,
        "operation": case.operation,
        "version": case.version,
        "type": case.type,
        "on": datetime.now(UTC).date().isoformat(),
    }
    try:
        case.claim.scenario(Hub(account, case))
        line["held"] = True
    except NotHere as missing:
        line |= {"held": None, "needs": str(missing)}
    except Exception as problem:  # noqa: BLE001 - whatever goes wrong, the next claim is put
        line |= {"held": False, "found": f"{_told(problem)}; the last answer was {account.last}"}
    finally:
        account.tidies_up()
    print(json.dumps(line), flush=True)
    return line


def _made(path: str, body: Mapping[str, Any]) -> list[str]:
    """Where the things are that a POST made: a record or flow by its id, a property or group by its name."""
    folder, batch = path.removesuffix("/batch/create"), path.endswith("/batch/create")
    if "/associations/" in path or "/threads/" in path:
        return []
    each = body.get("results", []) if batch else [body]
    return [f"{folder}/{one.get('id') or one['name']}" for one in each if "id" in one or "name" in one]


def _told(problem: Exception) -> str:
    last = traceback.extract_tb(problem.__traceback__)[-1]
    return f"{type(problem).__name__} at {Path(last.filename).name}:{last.lineno}: {last.line}"[:400]


def _kind_of_account(account: Real) -> str:
    """The account's kind; what stands in its way otherwise."""
    headers = {"Authorization": f"Bearer {account.token}"}
    try:
        answer = account.send(Sent("GET", "/account-info/v3/details", headers, b"", "", claimed=False))
    except requests.RequestException as problem:
        return f"{type(problem).__name__}"
    return str(answer.body.get("accountType", answer.status)) if isinstance(answer.body, dict) else str(answer.status)


def _arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="nox -s live --", description="Put the claims to a real test account.")
    asked.add_argument("--token-variable", default="HUBSPOT_TEST_TOKEN", metavar="NAME", help="where the token is")
    asked.add_argument("--host", default=HUBSPOT, help="another address, such as a local portal's")
    asked.add_argument("--per-second", type=float, default=CALM, metavar="N", help="calls per second at most")
    asked.add_argument("--only", default="", metavar="START", help="only claims whose id begins so: records.")
    return asked.parse_args()


if __name__ == "__main__":
    sys.exit(main())
