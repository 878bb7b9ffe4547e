"""The served account and the project folder that gathering is tested with."""

from tests.report.gather.conftest import desk, hub

__all__ = ["desk", "hub"]
