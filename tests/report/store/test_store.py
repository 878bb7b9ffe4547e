"""Who may read the file, who has it, and what is in it when something went wrong?"""

import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from report.store.refusals import StoreRefused
from report.store.schema import THREADS
from report.store.store import Store
from tests.harness.serve.conftest import ROOT
from tests.report.store.rows import NOW, PORTAL, thread

MOVE = "Move it to another place and run this again: what is still in HubSpot is gathered anew."
FILLS = """
import resource
import sys
from pathlib import Path
from report.store.refusals import StoreRefused
from report.store.schema import THREADS
from report.store.store import Store
from tests.report.store.rows import NOW, thread

store = Store.at(Path(sys.argv[1]))
store.put(THREADS, [thread("1", NOW)])
store.connection.execute("CHECKPOINT")
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))
try:
    store.put(THREADS, [thread(f"{number}-{'x' * 200}", NOW) for number in range(50_000)])
except StoreRefused as refused:
    print(refused)
store.close()
"""

MAKES = """
import resource
import signal
import sys
from pathlib import Path
from report.store.refusals import StoreRefused
from report.store.store import Store

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
path, room = Path(sys.argv[1]), int(sys.argv[2])
path.parent.mkdir(exist_ok=True)
(path.parent / ".gitignore").write_text("*")
resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
try:
    Store.at(path).close()
except StoreRefused as refused:
    print(refused)
"""


@pytest.fixture
def loose_umask() -> Iterator[None]:
    """Files that are made may be read by everybody."""
    before = os.umask(0)
    yield
    os.umask(before)


def refusal(path: Path, patience: float = 60) -> str:
    """Why the store cannot be opened."""
    with pytest.raises(StoreRefused) as refused:
        Store.at(path, patience).close()
    return str(refused.value)


@pytest.mark.usefixtures("loose_umask")
def test_nobody_else_can_read_it(path: Path) -> None:
    """Folder, file, log and lock are their owner's alone under any umask, while it is written and after."""
    seen: dict[str, str] = {}
    with Store.at(path) as store:
        with store.step():
            store.put(THREADS, [thread("1", NOW)])
        seen |= {file.name: stat.filemode(file.stat().st_mode) for file in path.parent.iterdir()}
        store.rewrite()
    seen |= {file.name: stat.filemode(file.stat().st_mode) for file in path.parent.iterdir()}
    ignored = seen.pop(".gitignore")
    assert seen == dict.fromkeys(("example.duckdb", "example.duckdb.lock", "example.duckdb.wal"), "-rw-------")
    assert stat.filemode(path.parent.stat().st_mode) == "drwx------"
    assert (ignored, (path.parent / ".gitignore").read_text(encoding="utf-8")) == ("-rw-------", "*\n")


def test_a_file_that_was_copied_loosely_is_made_private(path: Path) -> None:
    """Whatever its mode was, and its folder's, it is its owner's once it is opened."""
    Store.at(path).close()
    path.chmod(0o644)
    path.parent.chmod(0o755)
    Store.at(path).close()
    assert [stat.filemode(one.stat().st_mode) for one in (path, path.parent)] == ["-rw-------", "drwx------"]


def test_git_does_not_see_it(path: Path) -> None:
    """In a repository nothing of it is to be added."""
    subprocess.run(["git", "init", "-q", path.parent.parent], check=True)
    Store.at(path).close()
    seen = subprocess.run(
        ["git", "-C", path.parent.parent, "status", "--porcelain", "-uall"], capture_output=True, text=True, check=True
    )
    assert seen.stdout == ""


def test_a_step_is_there_whole_or_not_at_all(path: Path) -> None:
    """What fails half-way leaves what was there before."""
    with Store.at(path) as store:
        store.put(THREADS, [thread("1", NOW)])
        with pytest.raises(duckdb.ConversionException), store.step():
            _half(store)
    with Store.at(path) as store:
        assert store.ask("SELECT thread_id FROM threads") == [("1",)]


def _half(store: Store) -> None:
    store.put(THREADS, [thread("2", NOW)])
    store.change("UPDATE threads SET created_at = 'never'")


def test_a_row_takes_the_place_of_the_one_with_its_key(path: Path) -> None:
    """Also within one write, and in tables that watch over no key: the last one counts."""
    with Store.at(path) as store:
        store.put(THREADS, [thread("1", NOW), thread("1", NOW, status="OPEN")])
        store.put(THREADS, [thread("1", NOW + 1)])
        store.set_mark(PORTAL, "until", "1")
        store.set_mark(PORTAL, "until", "2")
        assert store.ask("SELECT thread_id, status, latest_at FROM threads") == [("1", "CLOSED", NOW + 1)]
        assert store.ask("SELECT value FROM marks WHERE name = 'until'") == [("2",)]


def test_two_commands_take_turns(path: Path) -> None:
    """The second waits until the first is done, and finds what it wrote."""
    first = Store.at(path)
    found: list[object] = []

    def second() -> None:
        with Store.at(path) as store:
            found.extend(store.ask("SELECT thread_id FROM threads"))

    waiting = threading.Thread(target=second)
    waiting.start()
    first.put(THREADS, [thread("1", NOW)])
    assert found == []
    first.close()
    waiting.join()
    assert found == [("1",)]


def test_who_waits_too_long_is_told(path: Path) -> None:
    """A command does not wait for ever."""
    with Store.at(path):
        assert refusal(path, patience=0.2) == (
            f"{path}: expected its turn, found another report that is still at work after 0 s."
            " Wait until it is done, or end it; then run this again."
        )


def test_another_programs_hand_on_it_is_told(path: Path) -> None:
    """DuckDB's own command line, say, that has the file open."""
    Store.at(path).close()
    holder = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        assert refusal(path) == (
            f"{path}: expected to be the only one who has it open, found another program that has."
            " Close it, and run this again."
        )
        process.communicate()
    Store.at(path).close()


@pytest.mark.parametrize("bytes_left", [0, 100, 5_000, 9_000])
def test_a_file_that_was_cut_short_is_told_and_left(path: Path, bytes_left: int) -> None:
    """It is not written over: whoever has a backup of it, or wants to look, still can."""
    with Store.at(path) as store:
        store.put(THREADS, [thread(str(number), NOW) for number in range(3000)])
    cut = path.read_bytes()[:bytes_left]
    path.write_bytes(cut)
    assert refusal(path) == (
        f"{path}: expected the file of what was gathered, found one that is damaged or not DuckDB's. {MOVE}"
    )
    assert path.read_bytes() == cut


def test_a_file_with_other_bytes_in_it_is_told_and_left(path: Path) -> None:
    """What DuckDB's checksums find is said in the same words."""
    with Store.at(path) as store:
        store.put(THREADS, [thread(str(number), NOW) for number in range(3000)])
    whole = path.read_bytes()
    spoilt = whole[:12_288] + b"\x55" * (len(whole) - 12_288)
    path.write_bytes(spoilt)
    assert refusal(path) == (
        f"{path}: expected the file of what was gathered, found one that is damaged or not DuckDB's. {MOVE}"
    )
    assert path.read_bytes() == spoilt


def test_another_database_is_told_and_left(path: Path) -> None:
    """A DuckDB file of something else is not made into ours."""
    path.parent.mkdir()
    with duckdb.connect(str(path)) as other:
        other.execute("CREATE TABLE sales (amount INTEGER)")
    assert refusal(path) == (
        f"{path}: expected the file of what was gathered, found a database of something else. {MOVE}"
    )
    with duckdb.connect(str(path)) as other:
        assert other.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("sales",)]


def test_a_newer_versions_file_is_told_and_left(path: Path) -> None:
    """Whoever went back to an older version of this project keeps what the newer one gathered."""
    with Store.at(path) as store:
        store.set_mark(0, "schema", "2")
    assert refusal(path) == (
        f"{path}: expected the file of what was gathered, as this version writes it, found schema 2, newer than 1."
        f" Use the newer version of this project. Or: m{MOVE[1:]}"
    )


def test_a_folder_that_cannot_be_made_is_told(path: Path) -> None:
    """Where a file has the folder's name, say."""
    path.parent.write_text("", encoding="utf-8")
    assert refusal(path) == (
        f"{path}: expected a file that can be read and written, found File exists."
        " See that the folder is yours and can be written, and run this again."
    )


def test_a_full_disk_loses_nothing(path: Path) -> None:
    """A step for which there is no room is refused, and what was there before is there after."""
    filled = subprocess.run(
        [sys.executable, "-c", FILLS, str(path)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (filled.stdout, filled.stderr) == (
        f"{path}: expected room for what was gathered, found no more of it on the disk."
        " Make room and run this again: it goes on where it stopped.\n",
        "",
    )
    with Store.at(path) as store:
        assert store.ask("SELECT thread_id FROM threads") == [("1",)]


@pytest.mark.parametrize("room", [0, 1024, 11_264])
def test_a_disk_that_is_full_from_the_start_leaves_no_file(path: Path, room: int) -> None:
    """What could not be made whole is not there: with room again it is made, and nothing has to be moved away."""
    made = subprocess.run(
        [sys.executable, "-c", MAKES, str(path), str(room)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert made.stdout == (
        f"{path}: expected room for what was gathered, found no more of it on the disk."
        " Make room and run this again: it goes on where it stopped.\n"
    )
    with Store.at(path) as store:
        assert store.ask("SELECT * FROM threads") == []


def test_what_a_killed_try_left_is_in_nobodys_way(path: Path) -> None:
    """Half a new file and its log, and the log of a file that was moved away, are of nothing any more."""
    with Store.at(path) as store:
        store.put(THREADS, [thread("1", NOW)])
        log = path.with_name(f"{path.name}.wal").read_bytes()
    path.unlink()
    for name in (".wal", ".fresh", ".fresh.wal"):
        path.with_name(path.name + name).write_bytes(log)
    with Store.at(path) as store:
        assert store.ask("SELECT * FROM threads") == []
        store.rewrite()


def test_ctrl_c_in_a_query_is_ctrl_c(path: Path) -> None:
    """DuckDB tells of it as a mistake, which would be told as a bug of ours."""
    with Store.at(path) as store:
        hand = threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT))
        hand.start()
        with pytest.raises(KeyboardInterrupt):
            _asks_on(store)
        hand.join()
        assert store.ask("SELECT * FROM threads") == []


def _asks_on(store: Store) -> None:
    while True:
        store.ask("SELECT count(*) FROM range(3000000) t(a) WHERE a % 7 = 3")
