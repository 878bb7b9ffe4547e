"""What the tests of claims share with those of the server: a served portal."""

from tests.harness.serve.conftest import serve

__all__ = ["serve"]
