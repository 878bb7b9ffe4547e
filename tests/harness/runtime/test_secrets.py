"""What does an action see of the machine and of the secrets, and what do others see of them?"""

import base64
import json
import sys
from pathlib import Path

import pytest

from harness.portal import Portal
from harness.runtime.outcome import ActionError
from harness.runtime.runs import Runtime
from harness.runtime.runs import run_action as run_once
from tests.harness.runtime.conftest import Action

SECRET = 'local-"canary/üñ+7'
PROCESS = "expected processes of its own alone, found /proc/{}/environ, which was refused."


@pytest.mark.parametrize("inputs", [{}, {"raise": "yes"}], ids=["returns", "raises"])
def test_a_secret_appears_in_nothing_a_run_leaves(
    runtime: Runtime, cases: Path, portal: Portal, inputs: dict[str, str]
) -> None:
    """Printed, returned, raised, put into a path, in JSON, in base64: it is always ***."""
    portal.token(value=SECRET)
    outcome = runtime.run(cases / "shows_its_secret.py", {"inputFields": inputs}, secrets={"TOKEN": SECRET})
    told = outcome.as_json()
    assert told["calls"] == [{"method": "GET", "path": "/***", "status": 401}]
    if inputs:
        assert told["error"]["sentence"] == "main raised it at shows_its_secret.py:20: not accepted: ***"
    else:
        assert told["outputFields"] == {"token": "***", "***": "key", "count": 1}
        assert outcome.logs.splitlines()[1:-2] == ["token ***", "token ***", '{"***": ["***"]}']
    assert "canary" not in json.dumps(told, ensure_ascii=False) + repr(outcome)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_an_action_finds_nothing_of_the_machine(runtime: Runtime, cases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its environment is Lambda's variables and its secrets; that of the harness cannot be read."""
    monkeypatch.setenv("CANARY_OF_THE_HOST", "canary")
    outcome = runtime.run(cases / "host_environment.py", {"inputFields": {}}, secrets={"TOKEN": "local-7"})
    names = "AWS_EXECUTION_ENV,AWS_LAMBDA_FUNCTION_MEMORY_SIZE,LAMBDA_TASK_ROOT,LANG,PATH,TMPDIR,TOKEN,TZ"
    assert outcome.output_fields == {"names": names, "parent": "PermissionError"}
    assert len(outcome.problems) == 1


def test_secrets_over_the_limit_are_refused_before_the_run(cases: Path) -> None:
    """1,001 characters of secrets together are one too many, and nothing is started."""
    outcome = run_once(cases / "empty.py", {"inputFields": {}}, secrets={"ONE": "x" * 600, "TWO": "y" * 401})
    sentence = "secrets: expected at most 1,000 characters together, found 1,001. Hand over fewer or shorter ones."
    assert (outcome.status, outcome.error and outcome.error.name) == ("failed", "SecretsTooLong")
    assert (outcome.problems, outcome.logs) == ((sentence,), "")


def test_more_than_fifty_inputs_are_refused_before_the_run(cases: Path) -> None:
    """HubSpot's editor takes 50 inputs; 51 are refused and nothing is started."""
    outcome = run_once(cases / "empty.py", {"inputFields": {f"input_{n}": "" for n in range(51)}})
    sentence = "inputFields: expected at most 50 inputs, found 51. Carry several in one JSON text."
    assert (outcome.status, outcome.error and outcome.error.name) == ("failed", "TooManyInputs")
    assert (outcome.problems, outcome.logs) == ((sentence,), "")


def test_only_declared_secrets_and_required_inputs_are_asked_for(runtime: Runtime, cases: Path) -> None:
    """A required input and a declared secret that are not there are named; the run is made all the same."""
    missing = "input name: expected a value, for it is required, found none. Put it into the event's inputFields."
    absent = "secret TOKEN: expected a value, for it is declared, found none. Hand it over (--secret TOKEN=...)."
    outcome = runtime.run(cases / "succeeds.py", {"inputFields": {}})
    assert (outcome.status, outcome.problems) == ("failed", (missing,))
    outcome = runtime.run(cases / "undeclared_secret.py", {"inputFields": {}})
    assert outcome.problems[0] == absent


TOKEN, PEM, NUMBER, SLASHED = (
    "local-Canary-0123456789",
    "BEGIN Canary\nCanaryLineOne\n-----END",
    "987654321",
    "ab/cd-Canary+gh=1",
)
LEAKS = {
    "raised, cut at 300 characters": "raise ValueError('y' * 285 + token)",
    "raised, cut at 10,000 characters": "raise ValueError('y' * 9_990 + token)",
    "raised, of several lines": "raise ValueError(pem)",
    "the name of an exception": "raise type(token, (Exception,), {})('x')",
    "returned as a number": "return {'outputFields': {'n': int(number)}}",
    "a key beside outputFields": "return {pem: 1, token[:15]: 2}",
    "printed, at the end of a flood": "for _ in range(60_000): print(token)",
    "printed line by line": "for line in pem.splitlines(): print(line, '.')",
    "in the path of a call": (
        "import urllib.request as r; from urllib.parse import quote; "
        "r.urlopen('https://api.hubapi.com/' + quote(slashed))"
    ),
    "in the name of a host": "import socket; socket.gethostbyname(token.lower() + '.example')",
    "in a basic authorization": "import base64; print(base64.b64encode(b'user:' + token.encode()).decode())",
}


@pytest.mark.parametrize("way", LEAKS)
def test_a_secret_is_hidden_before_anything_is_cut(runtime: Runtime, action: Action, way: str) -> None:
    """However an action shows it, no part of it is in the outcome."""
    names = "token, pem, number, slashed = (os.environ[name] for name in ('TOKEN', 'PEM', 'NUMBER', 'SLASHED'))"
    file = action(f"import os\n{names}\ndef main(event):\n {LEAKS[way]}")
    given = {"TOKEN": TOKEN, "PEM": PEM, "NUMBER": NUMBER, "SLASHED": SLASHED}
    told = json.dumps(runtime.run(file, {"inputFields": {}}, secrets=given).as_json(), ensure_ascii=False)
    shown = base64.b64encode(TOKEN.encode()[1:]).decode()[:-4]
    assert [each for each in ("local-Can", "anary", "987654321", "cd-C", "local_", shown) if each in told] == []


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("A", "a\0b", "expected text for an environment variable, found a NUL character in it. Leave it out."),
        ("A", "\ud800", "expected Unicode text, found half of a surrogate pair in it. Leave it out."),
        ("A", 5, "expected text, found a value of type int. Hand over text."),
        ("PATH", "x", "expected a name that is free, found one that Lambda sets itself. Rename the secret."),
        *(
            (
                name,
                "x",
                "expected a name of letters, digits and underscores, found another. "
                "An environment variable is made of it.",
            )
            for name in ("", "A=B")
        ),
    ],
)
def test_a_secret_that_cannot_be_handed_over_is_refused(cases: Path, name: str, value: str, found: str) -> None:
    """By its name, before anything is started."""
    outcome = run_once(cases / "empty.py", {"inputFields": {}}, secrets={name: value})
    sentence = f"secret {name!r}: {found}"
    assert (outcome.status, outcome.error, outcome.logs) == ("failed", ActionError("UnusableSecret", sentence), "")
