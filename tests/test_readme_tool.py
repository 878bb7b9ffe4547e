"""Does the README's checker see what is not so?"""

from pathlib import Path

import pytest

from tests import readme

GOOD = """# Title

```text
$ not a command of ours
```

```console
$ echo one; echo two >&2
one
two
$ printf 'took 12 s\\nthen\\nmore\\nend'
took ... s
...
end
$ greeting="a \\
b"
$ echo "$greeting"
a b
$ false
$ echo $?
1
```

<!-- not run: it calls itself -->

```console
$ exit 3
whatever
```

```python
assert 1 + 1 == 2
```

```console
$ echo "$greeting"
$ pwd
.../project
```
"""


def check(tmp_path: Path, text: str) -> int:
    (tmp_path / "README.md").write_text(text, encoding="utf-8")
    return readme.main([str(tmp_path / "README.md")])


@pytest.fixture(autouse=True)
def small_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project to be copied that is not this whole one."""
    (tmp_path / "root").mkdir()
    monkeypatch.setattr(readme, "ROOT", tmp_path / "root")


def test_what_is_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Commands run in order, one shell per block, and what may vary is let pass; what is not run is named."""
    assert check(tmp_path, GOOD) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert printed.out.splitlines()[-4:] == [
        "README.md:27: not run, it calls itself: exit 3",
        "README.md:31: run: python - <<'END_OF_PYTHON'",
        'README.md:36: run: echo "$greeting"',
        "README.md:37: run: pwd",
    ]


def block(*lines: str) -> str:
    return "\n".join(["```console", *lines, "```", ""])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            block("$ echo one", "two"),
            "README.md:2: expected `echo one` to print\n    two\nfound\n    one\n",
        ),
        (
            block("$ true", "...", "two"),
            "README.md:2: expected `true` to print\n    ...\n    two\nfound\n    nothing\n",
        ),
        (
            block("$ echo one"),
            "README.md:2: expected `echo one` to print\n    nothing\nfound\n    one\n",
        ),
        (block("$ true", "$ false"), "README.md:3: expected `false` to succeed, found code 1.\n"),
        (
            "```python\nassert 1 == 2\n```\n",
            "README.md:1: expected `python - <<'END_OF_PYTHON'\nassert 1 == 2\nEND_OF_PYTHON`"
            " to succeed, found code 1.\n",
        ),
        (block("$ exit 3"), "README.md:2: expected `exit 3` to end, found\n\n"),
        (block("one"), "README.md:2: expected a command (`$ ...`), found 'one'.\n"),
        ("```bash\nls\n```\n", "README.md:1: expected ```console for commands, found ```bash.\n"),
        ("Words.\n", "README.md: expected a ```console block with a command, found none.\n"),
    ],
)
def test_what_is_not_so(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, message: str) -> None:
    """Other output, a failing command, one that ends the shell, a wrong block: refused with its line."""
    assert check(tmp_path, text) == 1
    assert capsys.readouterr().err == message


def test_the_environment_of_a_newcomer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command sees nothing of the session that checks it, and plain output is asked for."""
    for name in ("CI", "NOX_CURRENT_SESSION", "CHAT_HANDOFF_PYTHON", "VIRTUAL_ENV"):
        monkeypatch.setenv(name, "x")
    names = "CI NOX_CURRENT_SESSION CHAT_HANDOFF_PYTHON VIRTUAL_ENV NO_COLOR"
    assert (
        check(
            tmp_path,
            block(
                f"$ for name in {names}; do echo $name=${{!name}}; done",
                *("CI=", "NOX_CURRENT_SESSION=", "CHAT_HANDOFF_PYTHON=", "VIRTUAL_ENV=", "NO_COLOR=1"),
            ),
        )
        == 0
    )


SERVES = "<!-- beside: python -c \"print('The local HubSpot listens on http://127.0.0.1:1 (it does not).')\" -->\n"
UNSEEN = f"""{SERVES}
<!-- typed: COLOUR=green -->
<!-- file: deploy/portals/trial.toml -->
```toml
kind = "test"
```

<!-- by hand: echo over >> deploy/portals/trial.toml; echo what is printed does not matter -->

```console
$ cat deploy/portals/trial.toml
api_host = "http://127.0.0.1:1"
kind = "test"
over
$ echo $COLOUR http://127.0.0.1:8080
green http://127.0.0.1:8080
```

<!-- shows: echo seen in HubSpot -->
```text
seen in ...
```
"""


def test_what_no_reader_sees(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A local HubSpot runs beside; files, variables and clicks stand where the reader would have made them."""
    assert check(tmp_path, UNSEEN) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert printed.out.splitlines() == [
        "README.md:9: run: echo over >> deploy/portals/trial.toml; echo what is printed does not matter",
        "README.md:12: run: cat deploy/portals/trial.toml",
        "README.md:16: run: echo $COLOUR http://127.0.0.1:1",
        "README.md:21: run: echo seen in HubSpot",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "<!-- file: deploy/portals/trial.toml -->\n```toml\n```\n" + block("$ true"),
            "README.md: expected <!-- beside: ... --> for the portal's file deploy/portals/trial.toml, found none.\n",
        ),
        (
            "<!-- beside: echo busy -->\n" + block("$ true"),
            "README.md: expected `echo busy` to serve a local HubSpot, found 'busy --port 0'.\n",
        ),
        ("<!-- by hand: false -->\n", "README.md:1: expected `false` to succeed, found code 1.\n"),
        (
            "<!-- shows: echo one -->\n```text\ntwo\n```\n",
            "README.md:2: expected `echo one` to print\n    two\nfound\n    one\n",
        ),
    ],
)
def test_what_no_reader_sees_can_be_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, message: str
) -> None:
    """A portal's file that would reach the real HubSpot, no server, a click that fails, other words than HubSpot's."""
    assert check(tmp_path, text) == 1
    assert capsys.readouterr().err == message


def test_files_by_the_dozen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each file has a copy of the project to itself."""
    files = []
    for name in ("one", "two"):
        files.append(str(tmp_path / f"{name}.md"))
        (tmp_path / f"{name}.md").write_text(block("$ ls", f"$ touch {name}"), encoding="utf-8")
    assert readme.main(files) == 0
    assert capsys.readouterr().out.splitlines() == [
        *("one.md:2: run: ls", "one.md:3: run: touch one", "two.md:2: run: ls", "two.md:3: run: touch two")
    ]
