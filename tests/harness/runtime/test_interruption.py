"""Is nothing left when the harness, the watcher or a warm process ends in the middle?"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harness.runtime import warm
from harness.runtime.environment import NoPython
from harness.runtime.outcome import ActionError
from harness.runtime.runs import Runtime, run_action
from tests.harness.runtime.conftest import Action

EVENT: dict[str, Any] = {"inputFields": {}}
ROOT = Path(__file__).parents[3]
SAYS_ITSELF = "import os, sys, time\ndef main(e):\n with open(%r, 'w') as f: f.write(str(os.getpid()))\n time.sleep(60)"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test's temporary folders are made, those of a command that it starts too."""
    made = tmp_path / "tmp"
    made.mkdir()
    monkeypatch.setenv("TMPDIR", str(made))
    monkeypatch.setattr("tempfile.tempdir", str(made))
    return made


def gone(pid: int) -> bool:
    """Has it ended? Waits for that, as ending takes its time."""
    for _ in range(500):
        try:
            if Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):  # the second when it ends while it is read
            return True
        threading.Event().wait(0.01)
    return False


def when_there(file: Path) -> Iterator[int]:
    """The number in a file, as soon as it has one."""
    for _ in range(2_000):
        if file.exists() and file.read_text():
            yield int(file.read_text())
            return
        threading.Event().wait(0.01)


def empty(folder: Path) -> bool:
    """Is nothing in there any more? Waits for that."""
    for _ in range(500):
        if not any(folder.iterdir()):
            return True
        threading.Event().wait(0.01)
    return False


def open_descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda each: each.name)
def test_a_command_that_is_ended_takes_its_run_along(
    action: Action, folder: Path, action_python: str, number: signal.Signals
) -> None:
    """A signal to the whole group of a terminal ends the action and its folder, also one nobody can catch."""
    event = folder.parent / "event.json"
    event.write_text("{}")
    file = action(SAYS_ITSELF.replace("%r", repr(str(folder / "pid"))))
    command = [sys.executable, "-m", "harness", "run", str(file), "--event", str(event), "--python", action_python]
    process = subprocess.Popen(
        command, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    (pid,) = when_there(folder / "pid")
    os.killpg(process.pid, number)
    process.wait()
    (folder / "pid").unlink()
    assert gone(pid)
    assert empty(folder)


def test_an_interrupt_ends_the_run(runtime: Runtime, action: Action, folder: Path) -> None:
    """A KeyboardInterrupt inside run() leaves neither the action nor its warm process."""
    told = folder / "pid"
    file = action(SAYS_ITSELF.replace("%r", repr(str(told))))
    found: list[int] = []

    def interrupt() -> None:
        found.extend(when_there(told))
        os.kill(os.getpid(), signal.SIGINT)

    waiting = threading.Thread(target=interrupt)
    waiting.start()
    with pytest.raises(KeyboardInterrupt):
        runtime.run(file, EVENT)
    waiting.join()
    told.unlink()
    assert gone(found[0])
    assert empty(folder)


def test_a_run_that_ends_its_watcher_ends_too(action: Action, action_python: str, folder: Path) -> None:
    """Below Python the watcher can be killed; the run does not outlive it, and the next one is made."""
    file = action(
        "import ctypes, os, time\n"
        "def main(e):\n"
        f" with open({str(folder / 'pid')!r}, 'w') as f: f.write(str(os.getpid()))\n"
        " ctypes.CDLL(None).kill(os.getppid(), 9)\n time.sleep(60)"
    )
    with Runtime(python=action_python) as runtime:
        outcome = runtime.run(file, EVENT)
        sentence = "Runtime exited without providing a reason: the run ended what watched it."
        assert outcome.error == ActionError("Runtime.ExitError", sentence)
        assert gone(int((folder / "pid").read_text()))
        again = action("def main(e): return {'outputFields': {}}")
        assert runtime.run(again, EVENT).status == "succeeded"


def test_a_warm_process_that_died_idle_is_replaced(cases: Path, action_python: str, folder: Path) -> None:
    """The next run does not notice, and the dead one's folder and descriptors go."""
    with Runtime(python=action_python) as runtime:
        runtime.run(cases / "empty.py", EVENT)
        before = open_descriptors()
        process = runtime._idle[0]._process
        assert process is not None
        process.kill()
        process.wait()
        assert runtime.run(cases / "empty.py", EVENT).status == "succeeded"
        assert open_descriptors() == before
        assert len(list(folder.iterdir())) == 1


def test_an_import_that_does_not_end_is_left_to_the_run(
    start: Any, action: Action, action_python: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Loading ahead is given up after a while; the run then meets the same import, and times out."""
    monkeypatch.setattr(warm, "LOADING_SECONDS", 1.0)
    made = tmp_path / "python"
    subprocess.run([action_python, "-m", "venv", "--without-pip", str(made)], check=True)
    (packages,) = made.glob("lib/python*/site-packages")
    (packages / "never_loaded.py").write_text("while True: pass\n")
    file = action("import never_loaded\ndef main(e): pass")
    outcome = run_action(file, EVENT, python=str(made / "bin/python"), start=start, timeout_s=0.5)
    assert outcome.error == ActionError("Sandbox.Timedout", "Task timed out after 0.50 seconds")


def test_an_import_that_exits_does_so_in_the_run(
    start: Any, action: Action, action_python: str, tmp_path: Path
) -> None:
    """A library that calls sys.exit when loaded ends the run, not the warm process."""
    made = tmp_path / "python"
    subprocess.run([action_python, "-m", "venv", "--without-pip", str(made)], check=True)
    (packages,) = made.glob("lib/python*/site-packages")
    (packages / "leaves.py").write_text("import sys\nsys.exit(3)\n")
    file = action("import leaves\ndef main(e): pass")
    outcome = run_action(file, EVENT, python=str(made / "bin/python"), start=start)
    sentence = "Runtime exited with error: exit status 3: the action called sys.exit."
    assert outcome.error == ActionError("Runtime.ExitError", sentence)


@pytest.mark.parametrize("python", ["/bin/true", "text"])
def test_an_interpreter_that_is_none_is_named(start: Any, cases: Path, tmp_path: Path, python: str) -> None:
    """However started, it is refused in one sentence, and no descriptor or folder stays."""
    if python == "text":
        python = str(tmp_path / "text")
        Path(python).write_text("no program")
        Path(python).chmod(0o755)
    run_action(cases / "empty.py", EVENT, start=start)
    before = open_descriptors()
    with pytest.raises(NoPython) as refused:
        run_action(cases / "empty.py", EVENT, python=python, start=start)
    expected = (
        f"{python}: expected a Python 3.9 or later that can run actions, found one that ends at its start, saying: "
    )
    assert str(refused.value).startswith(expected)
    assert open_descriptors() == before


def test_warm_processes_are_few(action: Action, action_python: str) -> None:
    """However many different imports there have been, eight idle ones are kept."""
    with Runtime(python=action_python) as runtime:
        for name in "abc ast bisect calendar cmath copy csv dis email enum".split():
            runtime.run(action(f"import {name}\ndef main(e): return {{'outputFields': {{}}}}"), EVENT)
        assert len(runtime._idle) == 8
