"""A portal, and an app that may do everything in it."""

import pytest

from harness.portal import Portal
from tests.harness.portal.app import UNIQUE, App


@pytest.fixture
def portal() -> Portal:
    """An account with the unique property that chats are known by."""
    portal = Portal()
    portal.provision([UNIQUE])
    return portal


@pytest.fixture
def app(portal: Portal) -> App:
    """An app that may do everything."""
    return App(portal, portal.token())
