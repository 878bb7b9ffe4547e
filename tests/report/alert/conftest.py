"""A store of an account, and a webhook and a mail server on this machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from report.store.store import Store
from tests.report.alert.history import History
from tests.report.alert.receivers import MailServer, WebhookServer


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    """The store, in which a test writes what was gathered."""
    with Store.at(tmp_path / ".report" / "example.duckdb") as store:
        yield History(store)


@pytest.fixture
def webhook() -> Iterator[WebhookServer]:
    """It keeps what is posted, and answers as it is told."""
    with WebhookServer() as server:
        yield server


@pytest.fixture
def mail() -> Iterator[MailServer]:
    """It keeps what is sent, and lets in who knows the password, over STARTTLS."""
    with MailServer() as server:
        yield server
