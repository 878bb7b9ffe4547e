"""What may an action write, and to whom may it speak? Its temporary folder, its own processes, one host."""

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from harness.portal import Portal
from harness.runtime.runs import Runtime
from tests.harness.runtime.case_table import OTHER_HOST, READ_ONLY
from tests.harness.runtime.conftest import Action

EVENT: dict[str, Any] = {"inputFields": {}}

ALLOWED = {
    "SQLite in memory": "import sqlite3; sqlite3.connect(':memory:').execute('create table a(b)')",
    "SQLite by URI": (
        "import os, sqlite3; "
        "sqlite3.connect('file:%s/a.db?mode=rwc' % os.environ['TMPDIR'], uri=True).execute('create table a(b)'); "
        "sqlite3.connect('file::memory:?cache=shared', uri=True)"
    ),
    "a folder that goes again": (
        "import os, tempfile\n with tempfile.TemporaryDirectory() as made:\n"
        "  os.makedirs(made + '/a/b')\n  open(made + '/a/b/c', 'w').close()"
    ),
    "a link inside": (
        "import os; t = os.environ['TMPDIR']; os.symlink(t + '/a', t + '/b'); "
        "open(t + '/b', 'w').close(); os.remove(t + '/b')"
    ),
    "a child with a session of its own": (
        "import subprocess; p = subprocess.Popen(['sleep', '60'], start_new_session=True); p.terminate(); p.wait()"
    ),
    "threads in a pool": (
        "from concurrent.futures import ThreadPoolExecutor\n"
        " with ThreadPoolExecutor(2) as pool: list(pool.map(len, ['a', 'b']))"
    ),
}


@pytest.mark.parametrize("what", ALLOWED)
def test_what_lambda_allows_goes_through(runtime: Runtime, action: Action, what: str) -> None:
    """Nothing is refused and nothing is objected to."""
    outcome = runtime.run(action(f"def main(event):\n {ALLOWED[what]}\n return {{'outputFields': {{}}}}"), EVENT)
    assert (outcome.status, outcome.problems) == ("succeeded", ())


@pytest.mark.parametrize(
    ("what", "named"),
    [
        ("import os; os.symlink('{}', os.environ['TMPDIR'] + '/a'); open(os.environ['TMPDIR'] + '/a', 'w')", "/a"),
        ("import sqlite3; sqlite3.connect('file:{}?mode=rwc', uri=True)", "{}"),
        ("import socket; socket.socket(socket.AF_UNIX).bind('{}')", "{}"),
    ],
    ids=["through a link", "SQLite by URI", "a socket"],
)
def test_a_write_elsewhere_is_refused_and_named(runtime: Runtime, action: Action, what: str, named: str) -> None:
    """The error is that of a read-only file system, and the problem names the path as the action wrote it."""
    outside = f"/var/harness-outside-{os.getpid()}"
    outcome = runtime.run(action(f"def main(event):\n {what.format(outside)}"), EVENT)
    (problem,) = outcome.problems
    before, _, after = READ_ONLY.partition("{}")
    assert problem.startswith(before)
    assert problem.endswith(named.format(outside) + after)
    assert not Path(outside).exists()


BELOW = {
    "a program": "import subprocess; subprocess.run(['sh', '-c', 'echo x > {}'], stderr=subprocess.DEVNULL)",
    "a named pipe": "import os; os.mkfifo('{}')",
    "SQL": "import sqlite3; sqlite3.connect(':memory:').execute(\"attach '{}' as x\").execute('create table x.a(b)')",
}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can close its mounts for one process")
@pytest.mark.parametrize("what", BELOW)
def test_a_write_below_python_does_not_happen(
    runtime: Runtime, action: Action, capfd: pytest.CaptureFixture[str], what: str
) -> None:
    """Where a namespace can be had, the system itself refuses what Python does not see; elsewhere that is said."""
    outside = Path(f"/var/tmp/harness-outside-{os.getpid()}")  # anybody may write there, but no run
    outside.unlink(missing_ok=True)
    tried = f"def main(event):\n try: {BELOW[what].format(outside)}\n except Exception as e: print(e)\n return {{}}"
    runtime.run(action(tried), EVENT)
    there = outside.exists()
    outside.unlink(missing_ok=True)
    if "no namespaces here" in capfd.readouterr().err:
        pytest.skip("this machine allows no namespaces")
    assert not there


@pytest.mark.parametrize(
    ("call", "named"),
    [
        ("urllib.request.urlopen('http://api.hubapi.com/x')", "api.hubapi.com:80"),
        ("socket.create_connection(('192.0.2.7', 443))", "192.0.2.7:443"),
    ],
)
def test_the_host_is_named_as_it_was_written(runtime: Runtime, action: Action, call: str, named: str) -> None:
    """A refused port of HubSpot's own host is named with that host, not with the address that stands for it."""
    outcome = runtime.run(action(f"import socket, urllib.request\ndef main(e): {call}"), EVENT)
    assert outcome.problems == (OTHER_HOST.format(named),)


@pytest.mark.parametrize("address", [("API.HubAPI.com", 443), ("api.hubapi.com", "443")])
def test_the_host_is_found_in_any_spelling(
    runtime: Runtime, portal: Portal, action: Action, address: tuple[str, object]
) -> None:
    """Capitals, and a port given as text, reach it too."""
    source = (
        f"import socket\ndef main(e):\n socket.create_connection({address!r}).close()\n return {{'outputFields': {{}}}}"
    )
    outcome = runtime.run(action(source), EVENT)
    assert (outcome.status, outcome.problems) == ("succeeded", ())


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_another_process_cannot_be_read_by_a_detour(runtime: Runtime, action: Action) -> None:
    """The environment of whoever started the harness stays closed, also from inside /proc."""
    source = "import os\ndef main(e):\n os.chdir('/proc')\n open('1/environ').read()"
    outcome = runtime.run(action(source), EVENT)
    assert outcome.problems == ("expected processes of its own alone, found 1/environ, which was refused.",)
