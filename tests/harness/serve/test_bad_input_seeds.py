"""Bad seeds over the wire, and files that hold no account: a sentence comes back, and others are answered meanwhile."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.harness.serve.conftest import Serve, Served
from tests.harness.serve.test_serving import harness

TICKET = "/crm/objects/2026-09/tickets/1"


@pytest.fixture(autouse=True)
def still_there(served: Served) -> Iterator[None]:
    """After each, the server answers."""
    yield
    assert served.call("GET", TICKET).status == 404
    assert served.process.poll() is None


@pytest.mark.parametrize(
    ("seed", "said"),
    [
        (b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", "expected no aliases (*name), found one."),
        (b"[" * 900_000, "expected a seed, found something nested too deeply."),
        (b"{a: " * 200_000, "expected a seed, found something nested too deeply."),
        (b"- " * 400_000, "expected a seed, found something nested too deeply."),
        (b"now: 1" + b":1" * 400_000, "expected texts of at most 70000 characters, found 800001."),
        (b"secrets: [" + b"x" * 80_000 + b"]", "expected texts of at most 70000 characters, found 80000."),
        (b" " * 9_000_000, "expected at most 1000000 characters, found 9000000."),
        (
            b"contacts: [" + b"{email: 'a{n}@example.org', repeat: 100000}, " * 20 + b"]",
            "expected at most 1000000 records and lines of chats, found 2000000.",
        ),
        (b"\xff\xfe\x00", None),
        (b"now: 9" + b"9" * 5_000, None),
        (b"tickets: \x00", None),
        (b"!!python/object/apply:os.system [ls]", None),
    ],
    ids=[
        "bomb",
        "deep",
        "deep maps",
        "deep lines",
        "base 60",
        "long",
        "large",
        "many",
        "bytes",
        "digits",
        "NUL",
        "tag",
    ],
)
def test_a_bad_seed_is_a_400(served: Served, seed: bytes, said: str | None) -> None:
    """YAML that stands for more than it says, is too deep, too long or no YAML is refused with its reason."""
    answer = served.control("POST", "seed", seed, Content_Type="application/yaml")
    assert (answer.status, answer.body["category"]) == (400, "VALIDATION_ERROR")
    if said:
        assert answer.body["message"] == f"the seed: the file: {said}"


def test_others_are_answered_while_a_large_seed_is_planted(serve: Serve) -> None:
    """A megabyte of YAML, and a hundred thousand records, are planted beside a client that asks all the while."""
    served = serve("--no-limits")
    lines = "".join(f"- {{email: visitor-{number}@example.org}}\n" for number in range(25_000))
    seeds = [f"contacts:\n{lines}".encode(), b"companies: [{name: 'Example {n}', repeat: 100000}]"]
    with ThreadPoolExecutor(1) as pool:
        for seed in seeds:
            planting = pool.submit(served.control, "POST", "seed", seed, Content_Type="application/yaml")
            answered = 0
            while not planting.done():
                answered += served.call("GET", TICKET).status == 404
            assert (planting.result().status, answered > 10) == (204, True)
    search = {"filterGroups": [{"filters": [{"propertyName": "name", "operator": "HAS_PROPERTY"}]}]}
    assert served.call("POST", "/crm/objects/2026-09/companies/search", search).body["total"] == 100_000


def test_a_deep_json_seed_is_a_400(served: Served) -> None:
    """JSON within JSON without end is refused too."""
    assert served.control("POST", "seed", b"[" * 900_000, Content_Type="application/json").status == 400


@pytest.mark.parametrize("cut", [30, 1_000, -1])
def test_half_an_account_is_refused(serve: Serve, tmp_path: Path, cut: int) -> None:
    """A file that was cut short is neither read nor overwritten."""
    state = tmp_path / "account"
    server = serve("--state", str(state))
    server.call("POST", "/crm/objects/2026-09/contacts", {"properties": {"email": "a@example.org"}, "associations": []})
    server.ends()
    state.write_bytes(state.read_bytes()[:cut])
    before = state.read_bytes()
    ran = harness("--state", str(state), folder=tmp_path)
    assert (ran.returncode, ran.stdout, state.read_bytes()) == (1, "", before)
    assert ran.stderr.startswith(f"--state {state}: expected an account saved by this version, found ")
    assert ran.stderr.endswith(" Move it away.\n")


def test_a_folder_is_no_account(tmp_path: Path) -> None:
    """--state with a folder says so at once."""
    ran = harness("--state", str(tmp_path), folder=tmp_path)
    assert (ran.returncode, "Is a directory" in ran.stderr, "Traceback" in ran.stderr) == (1, True, False)


def test_a_folder_that_takes_no_file_is_refused_at_the_start(tmp_path: Path) -> None:
    """Where no account can be kept, none is begun: not even root makes files in /proc."""
    ran = harness("--state", "/proc/account", folder=tmp_path)
    expected = "--state /proc/account: expected a folder that can be written to, found "
    assert (ran.returncode, ran.stderr.startswith(expected)) == (1, True), ran.stderr


def test_json_with_odd_characters_is_kept_as_it_came(served: Served) -> None:
    """NUL, right-to-left marks and characters beyond the first plane are text like any other."""
    subject = "\u0000 \u202eabc \U0001f994 \u0627\u0644\u0639\u0631\u0628\u064a\u0629 \ufffe"
    body = {"properties": {"subject": subject, "hs_pipeline_stage": "1"}, "associations": []}
    made = served.call("POST", "/crm/objects/2026-09/tickets", json.dumps(body).encode()).body
    read = served.call("GET", f"/crm/objects/2026-09/tickets/{made['id']}").body
    assert read["properties"]["subject"] == subject
