"""Does the local portal hold what is claimed of HubSpot, and would each scenario notice if it did not?"""

import re

import pytest

import tests.claims.areas  # noqa: F401 - knows all claims
from tests.claims.claim import ANSWER, CLAIMS, DOCUMENTED, EFFECT, REFUSAL, SPEC, Case, cases
from tests.claims.hub import Hub
from tests.claims.local import Frozen, Idle, Local, Polite

CASES = list(cases())
PRETENDERS: dict[str, type[Local]] = {EFFECT: Idle, ANSWER: Frozen, REFUSAL: Polite}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_local_portal_holds_it(case: Case) -> None:
    """What is claimed of an operation is so here, and the scenario calls that operation."""
    account = Local()
    case.claim.scenario(Hub(account, case))
    assert account.calls > 0


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_portal_that_only_looks_like_it_is_caught(case: Case) -> None:
    """Where a write does nothing, an answer never changes, or nothing is refused, the scenario does not hold."""
    with pytest.raises(Exception):  # noqa: B017 - a pretender fails it in any way
        case.claim.scenario(Hub(PRETENDERS[case.claim.kind](), case))


@pytest.mark.parametrize("id", list(CLAIMS))
def test_a_claim_is_a_sentence(id: str) -> None:
    """Each claim says what it claims."""
    assert CLAIMS[id].says.endswith(".")


def test_no_status_is_documented_by_files_that_name_none() -> None:
    """HubSpot's OpenAPI files name no 4xx: a claim that does is not documented by them."""
    wrong = [
        claim.id
        for claim in CLAIMS.values()
        if claim.mark == DOCUMENTED and claim.source.startswith(SPEC) and re.search(r"\b4\d\d\b", claim.says)
    ]
    assert wrong == []
