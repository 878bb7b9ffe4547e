"""What has to be so before a repair? The key opens this account, a person means it, and nobody else repairs it here."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from filelock import FileLock, Timeout

from deploy.portal_file import PortalFile, token_in
from deploy.refusals import Refused, Unreachable, WrongPortal
from harness.portal.wire import Request
from report.repair.forwarder import Forwarder
from report.repair.wiring import wired


class Busy(Refused):
    """Another repair of this account is running on this machine: nothing has to be done."""


def repair_key(portal: PortalFile, variable: str) -> str:
    """The key that the actions work with, from the variable that the portal's file names."""
    return token_in(variable, f"{portal.where}, [report], repair_token_variable", *scopes_of(portal))


def scopes_of(portal: PortalFile) -> list[str]:
    """What the actions' contracts ask for, all together."""
    codes = wired(portal, live=False, confirming=True).codes.values()
    return sorted({scope for code in codes if code.contract for scope in code.contract.scopes})


def account_of(portal: PortalFile, forwarder: Forwarder, path: str) -> dict[str, Any]:
    """What the account behind the key says of itself; a Refused when it is another one, or says nothing.

    `path`: where the account's details are, as settings.paths["account"] has it.
    """
    answer = forwarder.ask(Request.make("GET", f"{path}/details"))
    where = f"GET {path}/details at {portal.api_host}"
    remedy = "Nothing was changed."
    if answer.fault or answer.status >= 500 or answer.status == 429:
        found = "none" if answer.fault else str(answer.status)
        raise Unreachable(where, expected="an answer", found=found, remedy=f"{remedy} Try again in a few minutes.")
    if answer.status in (401, 403):
        remedy = f"{remedy} Make or rotate the service key, and export it anew."
        raise Refused(where, expected="a key that this account takes", found=str(answer.status), remedy=remedy)
    if answer.status != 200:
        remedy = f"{remedy} Look at api_host in {portal.where}."
        raise Refused(where, expected="HubSpot's API", found=str(answer.status), remedy=remedy)
    try:
        details = msgspec.json.decode(answer.body)
    except msgspec.DecodeError:
        details = None
    if not isinstance(details, dict) or "portalId" not in details:
        raise Unreachable(where, expected="JSON that names the portal", found="another answer", remedy=remedy)
    if details["portalId"] != portal.portal_id:
        raise WrongPortal(
            f"{portal.where}, portal_id",
            expected=f"the repair's key to open portal {portal.portal_id}",
            found=f"portal {details['portalId']}",
            remedy=f"Export this portal's own key, or correct the id. {remedy}",
        )
    return details


def meant(portal: PortalFile, account: dict[str, Any], yes: str, ask: Callable[[str], str] | None = None) -> None:
    """A production account is changed only by somebody who types its name, or who says it beforehand."""
    if portal.kind != "production" and account.get("accountType") != "STANDARD":
        return
    typed = yes or (ask(f"This is production. Type {portal.name} to go on") if ask and sys.stdin.isatty() else "")
    if typed != portal.name:
        raise Refused(
            f"portal {portal.portal_id}",
            expected=f"its name {portal.name} typed, or --yes {portal.name}",
            found="nothing" if not typed else "another name",
            remedy="Nothing was changed.",
        )


@contextmanager
def alone(folder: Path, portal: PortalFile) -> Iterator[None]:
    """Be the only repair of this account here; a Busy when there is one. The system lets go when a process ends."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FileLock(folder / f"{portal.name}.repair.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise Busy(
            f"portal {portal.portal_id}",
            expected="to be the only repair of it here",
            found="another that is running",
            remedy="Nothing was changed, and nothing has to be done: that one goes on.",
        ) from None
    try:
        yield
    finally:
        lock.release()
