"""Requests that schemathesis makes up from each spec, right and wrong ones: the portal keeps to the spec."""

import pytest

from tests.specs import made_up, plugin
from tests.specs.files import Spec


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test per spec."""
    specs = metafunc.config.stash[plugin.SPECS]
    metafunc.parametrize("spec", specs, ids=[spec.name.replace(" ", "-") for spec in specs])


def test_made_up_requests(spec: Spec, pytestconfig: pytest.Config) -> None:
    """Whatever is asked, the answer is one that the spec allows, and what the spec forbids is refused."""
    assert "\n".join(made_up.complaints(spec, pytestconfig.getoption("examples"))) == ""
