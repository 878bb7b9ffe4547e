"""`python -m harness serve`: found by its start line, by any client; ended cleanly, with its account kept."""

import hashlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.harness.serve.conftest import ROOT, Serve, Served

TICKETS = "/crm/objects/2026-09/tickets"
TICKET = {"properties": {"subject": "Help", "hs_pipeline_stage": "1"}, "associations": []}


def test_the_start_line_s_curl_works(served: Served) -> None:
    """The curl command is one that can be pasted."""
    (line,) = [line for line in served.told if line.startswith("curl ")]
    command = line.removeprefix("curl ").strip() + "/1"
    ran = subprocess.run(["bash", "-c", f"{command} --silent --noproxy '*'"], capture_output=True, check=True)
    assert json.loads(ran.stdout)["category"] == "OBJECT_NOT_FOUND"


def test_the_start_line_s_python_works(served: Served) -> None:
    """So are the lines for HubSpot's Python client, which then talks to this server."""
    lines = [line.removeprefix("Python").strip() for line in served.told[:3]]
    script = "\n".join([*lines, "print(api.get_page().results)"])
    ran = subprocess.run([sys.executable, "-W", "ignore", "-c", script], capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.returncode) == ("[]\n", 0), ran.stderr


def test_it_listens_on_this_machine_alone(served: Served) -> None:
    """Without --host it is bound to the loopback address."""
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", served.address)


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_cleanly(serve: Serve, tmp_path: Path, by: signal.Signals) -> None:
    """Ctrl-C, SIGTERM and a terminal that closes end it with 0, without another word, and its account is kept."""
    with starting_with(by, signal.SIG_DFL):
        server = serve("--state", str(tmp_path / "account"))
    server.call("POST", TICKETS, TICKET)
    assert (server.ends(by), (tmp_path / "account").exists()) == ((0, ""), True)


def test_under_nohup_it_lives_on(serve: Serve) -> None:
    """A server that was started to outlive its terminal does."""
    with starting_with(signal.SIGHUP, signal.SIG_IGN):
        server = serve()
    server.process.send_signal(signal.SIGHUP)
    assert server.call("GET", f"{TICKETS}/1").status == 404
    assert server.ends(signal.SIGTERM) == (0, "")


def test_the_account_is_kept(serve: Serve, tmp_path: Path) -> None:
    """With --state the next server goes on with records, flows and tokens, and new ids follow the old ones."""
    state = ("--state", str(tmp_path / "account"))
    server = serve(*state)
    ids = [server.call("POST", TICKETS, TICKET).body["id"] for _ in range(2)]
    server.control("POST", "tokens", {"value": "local-mine", "scopes": ["tickets"]})
    before = server.control("GET", "state").body
    assert server.ends() == (0, "")
    server = serve(*state)
    assert server.control("GET", "state").body == before
    server.token = "local-mine"
    assert server.call("GET", f"{TICKETS}/{ids[0]}").body["id"] == ids[0]
    assert server.call("POST", TICKETS, TICKET).body["id"] == str(int(ids[1]) + 1)


def test_a_kept_account_goes_on_at_its_moment(serve: Serve, tmp_path: Path) -> None:
    """A clock that was put forward does not go back with a new server."""
    state = ("--state", str(tmp_path / "account"))
    server = serve(*state)
    moment = server.control("POST", "clock", {"advance": 864_000}).body["now"]
    server.ends(signal.SIGTERM)
    assert serve(*state).control("GET", "clock").body["now"] > moment


def test_a_kept_account_wins_over_the_seed(serve: Serve, tmp_path: Path) -> None:
    """The seed is planted only where nothing is kept yet."""
    seed = tmp_path / "seed.json"
    seed.write_text('{"contacts": [{"email": "visitor-1@example.org"}]}')
    options = ("--state", str(tmp_path / "account"), "--seed", str(seed))
    serve(*options).ends()
    assert len(serve(*options).control("GET", "state").body["contacts"]) == 1


def test_a_file_that_is_no_account_is_refused(tmp_path: Path) -> None:
    """Another file is neither read nor overwritten, also one that would run code when read carelessly."""
    code = b"cposix\nsystem\n(S'touch ran'\ntR."
    digest = hashlib.sha256(code).hexdigest().encode()
    old, new = (b"chat-handoff account %d\n" % version for version in (1, 2))
    for content in (b"hello", old + code, new + code, new + digest + b"\n" + code):
        file = tmp_path / "account"
        file.write_bytes(content)
        ran = harness("--state", str(file), folder=tmp_path)
        assert (ran.returncode, "expected an account saved by this version, found" in ran.stderr) == (1, True)
        assert (file.read_bytes(), (tmp_path / "ran").exists()) == (content, False)


def test_a_damaged_account_is_refused(serve: Serve, tmp_path: Path) -> None:
    """One letter of a record that changed on the disk is noticed before anything is read."""
    file = tmp_path / "account"
    server = serve("--state", str(file))
    server.call("POST", TICKETS, TICKET)
    server.ends()
    file.write_bytes(file.read_bytes().replace(b"Help", b"Kelp"))
    ran = harness("--state", str(file), folder=tmp_path)
    assert (ran.returncode, ran.stderr) == (
        1,
        f"--state {file}: expected an account saved by this version, found ValueError: content that is not what was "
        "saved (its SHA-256 differs). Move it away.\n",
    )


def test_an_account_from_after_the_end_of_time_is_refused(serve: Serve, tmp_path: Path) -> None:
    """A saved moment that no clock reaches is a sentence at the start."""
    file = tmp_path / "account"
    server = serve("--state", str(file), "--now", "2026-03-02T08:00:00Z")
    server.control("POST", "clock", {"running": False, "set": "2026-03-03T08:00:00Z"})
    server.ends()
    head, _, content = file.read_bytes().split(b"\n", 2)
    later = content.replace(b"2026-03-03T08:00:00.000Z", b"9999-12-31T23:59:59.000Z")
    file.write_bytes(b"\n".join([head, hashlib.sha256(later).hexdigest().encode(), later]))
    ran = harness("--state", str(file), folder=tmp_path)
    assert (ran.returncode, ran.stderr) == (
        1,
        f"--state {file}: expected an account saved by this version, found ClockError: Clock: expected a moment from "
        "1970-01-01 to 9000-01-01, found 9999-12-31T23:59:59+00:00. Choose one of these years. Move it away.\n",
    )


def test_a_link_stays_one(serve: Serve, tmp_path: Path) -> None:
    """Where --state names a link, the account is kept in the file that it leads to."""
    (tmp_path / "elsewhere").mkdir()
    link, target = tmp_path / "account", tmp_path / "elsewhere" / "account"
    link.symlink_to(target)
    serve("--state", str(link)).ends()
    assert (link.is_symlink(), target.read_bytes().startswith(b"chat-handoff account 2\n")) == (True, True)


def test_an_account_that_cannot_be_kept_says_so(serve: Serve, tmp_path: Path) -> None:
    """When the folder is gone at the end, the exit code is 1 and the sentence names the file."""
    folder = tmp_path / "gone"
    folder.mkdir()
    server = serve("--state", str(folder / "account"))
    folder.rmdir()
    code, printed = server.ends()
    assert (code, printed.startswith(f"--state {folder}/account: expected to keep the account there, found ")) == (
        1,
        True,
    )


def test_a_request_in_flight_does_not_hold_the_end_up(serve: Serve, tmp_path: Path) -> None:
    """A client that waits for an answer an hour late is left; the server ends, keeps the account and says nothing."""
    server = serve("--state", str(tmp_path / "account"))
    server.control("POST", "weather", {"kind": "slow", "seconds": 3600})
    with socket.create_connection(("127.0.0.1", server.port)) as waiting:
        waiting.sendall(f"GET {TICKETS}/1 HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        while not server.control("GET", "requests").body["total"]:
            pass
        assert server.ends() == (0, "")
    assert (tmp_path / "account").exists()


def test_https_with_an_authority_of_its_own(serve: Serve) -> None:
    """With --tls a client that trusts the file it names is served, and one that does not is not."""
    server = serve("--tls")
    (line,) = [line for line in server.told if line.startswith("trust ")]
    found = re.search(r"SSL_CERT_FILE=(\S+)", line)
    assert found
    server.verify = found[1]
    assert server.call("GET", f"{TICKETS}/1").status == 404
    server.verify = True
    with pytest.raises(OSError, match="certificate verify failed"):
        server.call("GET", f"{TICKETS}/1")
    assert (server.ends()[0], Path(found[1]).exists()) == (0, False)


def test_limits_are_on_unless_told_otherwise(serve: Serve) -> None:
    """A server counts and refuses as HubSpot does; with --no-limits it does not."""
    strict, free = serve(), serve("--no-limits")
    assert strict.call("GET", f"{TICKETS}/1").headers["X-HubSpot-RateLimit-Max"] == "190"
    assert "X-HubSpot-RateLimit-Max" not in free.call("GET", f"{TICKETS}/1").headers


def test_its_clock_starts_when_told(serve: Serve) -> None:
    """With --now the account begins at that moment."""
    server = serve("--now", "2026-03-02T08:00:00Z")
    assert server.call("POST", TICKETS, TICKET).body["createdAt"].startswith("2026-03-02T08:0")


def test_a_real_token_is_refused_with_one_that_works(served: Served) -> None:
    """Whoever sends a real token is told not to, and which one to send."""
    real = "pat-eu1-00000000-0000-0000"
    answer = served.call("GET", TICKETS, Authorization=f"Bearer {real}")
    assert (answer.status, answer.body["message"].endswith(f"Use {served.token} here.")) == (401, True)
    assert real not in answer.body["message"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--state", "no/such/folder/account"), "expected a file in a folder that exists"),
        (("--seed", "nowhere.yaml"), "nowhere.yaml: the file: expected YAML or JSON in UTF-8, found no file."),
        (("--now", "today"), "expected ISO text such as 2026-03-02T08:00:00Z, found 'today'"),
        (("--now", "9999-12-31T23:59:59Z"), "Clock: expected a moment from 1970-01-01 to 9000-01-01, found 9999-12-31"),
        (("--port", "70000"), "Invalid value for '--port'"),
    ],
)
def test_a_wrong_option_says_so(tmp_path: Path, arguments: tuple[str, str], said: str) -> None:
    """What cannot be served is refused before anything listens."""
    ran = harness(*arguments, folder=tmp_path)
    assert (ran.returncode in (1, 2), said in " ".join(ran.stderr.replace("│", "").split())) == (True, True), ran.stderr


def test_a_port_that_is_taken_says_so(served: Served, tmp_path: Path) -> None:
    """Two servers cannot listen on one port."""
    ran = harness("--port", str(served.port), folder=tmp_path)
    assert ran.returncode == 1
    assert ran.stderr.startswith(f"--port {served.port}: expected a free port on 127.0.0.1, found: ")


@contextmanager
def starting_with(number: signal.Signals, disposition: signal.Handlers) -> Iterator[None]:
    """What a process that is started meanwhile takes over for a signal, however these tests were started."""
    before = signal.signal(number, disposition)
    try:
        yield
    finally:
        signal.signal(number, before)


def harness(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A server that should not start."""
    command = [sys.executable, "-m", "harness", "serve", *arguments]
    env = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=60)
