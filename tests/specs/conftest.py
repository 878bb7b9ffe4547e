"""What is here compares the portal with HubSpot's specs: nothing to run without them (`nox -s contract`)."""

from pathlib import Path

import pytest

from tests.deploy.conftest import desk, hub

__all__ = ["desk", "hub"]


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    return None if config.pluginmanager.has_plugin("tests.specs.plugin") else True
