"""The served account of the repair's own tests."""

from tests.report.repair.conftest import account

__all__ = ["account"]
