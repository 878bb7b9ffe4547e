"""A served account and a project's folder beside it."""

from pathlib import Path

import pytest

from tests.harness.serve.conftest import Served
from tests.report.repair.account import Account


@pytest.fixture
def account(hub: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Account:
    """An account beside a project's folder, which is the current one."""
    (tmp_path / "deploy" / "portals").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    hub.control("DELETE", "weather")
    return Account(hub, tmp_path)
