"""Limits as a test or a server sets them: which plans there are, and an account that goes on after a pause."""

from pathlib import Path

import pytest

from harness.portal import Portal
from harness.serve.state_file import load, save
from tests.harness.portal.app import App

DETAILS = "/account-info/2026-09/details"
USAGE = "/account-info/2026-09/api-usage/daily/private-apps"


def policy(app: App, path: str = DETAILS) -> str:
    """The policy that refuses a GET; "" when none does."""
    answer = app.get(path)
    return str(answer.body["policyName"]) if answer.status == 429 else ""


def test_without_limits_nothing_is_counted(portal: Portal, app: App) -> None:
    """A portal of a test has no limits unless it is asked for, and can be freed of them."""
    assert {policy(app) for _ in range(300)} == {""}
    portal.limits(burst=1)
    portal.unlimited()
    assert [policy(app), policy(app)] == ["", ""]
    with pytest.raises(ValueError) as refused:
        portal.limits("gold")
    assert str(refused.value) == (
        "Portal.limits: expected a plan of free, starter, professional, enterprise, public-app, found 'gold'."
    )


def test_the_day_goes_on_in_a_loaded_account(portal: Portal, app: App, tmp_path: Path) -> None:
    """What was asked today still counts when the account is read from a file, under the limits of who reads it."""
    portal.limits(daily=3)
    app.get(DETAILS)
    save(portal, tmp_path / "account")
    later = Portal()
    later.limits("enterprise", daily=2)
    load(later, tmp_path / "account")
    again = App(later, app.token)
    usage = again.get(USAGE).body["results"][0]
    assert (usage["currentUsage"], usage["usageLimit"], policy(again)) == (2, 2, "DAILY")
