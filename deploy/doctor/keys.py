"""Which scopes do the two service keys need, and have they got them?

HubSpot tells nobody which scopes a key has, as far as known; so with each scope something harmless is read. What only
writing would show is not tried.
"""

import os
from collections.abc import Iterator
from typing import Any

from deploy import menus
from deploy.doctor.exam import Exam
from deploy.doctor.line import Line, by_hand, failed, look, ready
from deploy.readings import HARMLESS, Readings
from deploy.refusals import Refused, RemoteRefused, WrongPortal
from deploy.remote import Remote

DEPLOY_KEY = {
    "automation": "read and write workflows",
    "tickets": "make properties, read pipelines and rules",
    "conversations.read": "doctor: inboxes and chats",
    "crm.objects.owners.read": "doctor: owners of routes",
}
SENDING, NOTES = "transactional-email", "crm.objects.contacts.write"
HOW = f"{menus.SERVICE_KEYS}: choose the key, then its scopes."


def deploy_key(exam: Exam) -> Iterator[Line]:
    """The key whose token is in the portal's token variable."""
    variable = exam.portal.token_variable
    lines, granted = [], []
    for scope, purpose in DEPLOY_KEY.items():
        line = _tried(exam.readings, scope, f"the deploy key ({variable})", purpose)
        if line:
            lines.append(line)
        else:
            granted.append(scope)
    if granted:
        table = [{"variable": variable, "scope": scope, "for": purpose} for scope, purpose in DEPLOY_KEY.items()]
        yield ready(f"The deploy key ({variable}) has {', '.join(granted)}.", scopes=granted, table=table)
    yield from lines


def needed(exam: Exam) -> Iterator[Line]:
    """For a person who has no key yet."""
    shown = [f"{scope:26} {purpose}" for scope, purpose in DEPLOY_KEY.items()]
    yield look(f"The deploy key ({exam.portal.token_variable}) needs {', '.join(DEPLOY_KEY)}.", HOW, *shown)


def runtime_key(exam: Exam) -> Iterator[Line]:
    """The key whose token is the secret of the actions; its scopes can be tried where its token is exported, too."""
    rows = scope_table(exam)
    secrets = list(dict.fromkeys(secret for _, secret, _ in rows))
    table: list[dict[str, Any]] = [
        {"action": action, "secret": secret, "scopes": scopes} for action, secret, scopes in rows
    ]
    shown = [f"{action:22} {secret:20} {', '.join(scopes)}" for action, secret, scopes in rows]
    for secret in secrets:
        scopes = list(dict.fromkeys(scope for _, owner, each in rows if owner == secret for scope in each))
        token = os.environ.get(secret, "").strip()
        if not token:
            what = f"The runtime key, whose token is the secret {secret}, needs {', '.join(scopes)}."
            remedy = f"{HOW} Export its token as {secret} to have its scopes tried here."
            yield look(what, remedy, *shown, table=table)
        elif token == os.environ.get(exam.portal.token_variable, "").strip():
            what = f"The secret {secret} and {exam.portal.token_variable} are one key; a leaked one would open both."
            yield by_hand(what, f"Make a second one: {menus.SERVICE_KEYS}.", *shown, table=table)
        else:
            yield from _runtime_scopes(exam, secret, token, scopes, shown, table)


def scope_table(exam: Exam) -> list[tuple[str, str, list[str]]]:
    """Action, secret and scopes, as the contracts of the actions say; only what the settings make necessary."""
    sends = bool(email_ids(exam))
    rows = []
    for name, action in exam.actions.items():
        contract = action.contract
        for secret in contract.secrets if contract else ():
            scopes = [scope for scope in contract.scopes if scope != SENDING or sends] if contract else []
            if exam.setting(name, "add_note") == "true":
                scopes.append(NOTES)
            rows.append((name, secret, scopes))
    return rows


def email_ids(exam: Exam) -> list[str]:
    """The ids of transactional e-mails in the settings."""
    ids = [exam.setting("send_confirmation", "email_id"), *(route.get("email_id", "") for route in exam.routes())]
    return [id for id in dict.fromkeys(ids) if id]


def _runtime_scopes(
    exam: Exam, secret: str, token: str, scopes: list[str], shown: list[str], table: list[dict[str, Any]]
) -> Iterator[Line]:
    remote = Remote(exam.portal, token=token, tries=2)
    try:
        remote.account()
    except WrongPortal as wrong:
        what = f"The token exported as {secret} opens {wrong.found}, not {exam.portal.portal_id}."
        yield by_hand(what, "Export this portal's own.", *shown, table=table)
        return
    except RemoteRefused as refused:
        what = f"The token exported as {secret} was not taken: {refused.found}."
        yield by_hand(what, f"Make or rotate the key: {menus.SERVICE_KEYS}.", *shown, table=table)
        return
    key = f"the runtime key ({secret})"
    lines = {scope: _tried(Readings(remote), scope, key, "the actions") for scope in scopes if scope in HARMLESS}
    granted = [scope for scope, line in lines.items() if line is None]
    untried = [scope for scope in scopes if scope not in HARMLESS]
    more = f" Not tried, for only writing would tell: {', '.join(untried)}." if untried else ""
    if granted:
        yield ready(f"The runtime key ({secret}) has {', '.join(granted)}.{more}", *shown, table=table)
    yield from (line for line in lines.values() if line)


def _tried(readings: Readings, scope: str, key: str, purpose: str) -> Line | None:
    """None: it is granted."""
    try:
        readings.may(scope)
    except RemoteRefused as refused:
        if refused.status == 403:
            return by_hand(f"{key[0].upper()}{key[1:]} lacks {scope} ({purpose}).", HOW, scope=scope)
        return failed(f"Whether {key} has {scope}: {refused.found}.", refused.remedy, scope=scope)
    except Refused as refused:
        return failed(f"Whether {key} has {scope}: {refused.found}.", refused.remedy, scope=scope)
    return None
