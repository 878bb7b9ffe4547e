"""Is what a document shows true? `python tests/readme.py README.md docs/serve.md` runs it and compares what is printed.

Every ```console and ```python block is run, in order, in a copy of the project. In a console block a line that begins
with `$ ` is a command (a final backslash continues it), what follows is what it prints. There, a line of `...` alone
stands for any lines, and `...` inside a line for anything on it: times, sizes, paths. A command that fails is an error,
unless the next one is `$ echo $?`. Comments, each on a line of its own, say what no reader has to see:

    <!-- not run: reason -->        why the next block is not run
    <!-- beside: COMMAND -->        what serves a local HubSpot meanwhile; http://127.0.0.1:8080 is then its address
    <!-- file: PATH -->             the next block is this file; a portal's file is pointed at the local HubSpot
    <!-- typed: NAME=VALUE -->      what the commands after it have in their environment
    <!-- by hand: COMMAND -->       what a person does here in HubSpot or in an editor
    <!-- shows: COMMAND -->         the next block is what HubSpot shows, and this prints it
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT_BEHIND = (".git", ".nox", ".runtime", ".venv", ".hypothesis", "__pycache__", ".*_cache", "dist", "venv")
FENCE = re.compile(r"```(\S*)")
NOTE = re.compile(r"<!-- (not run|beside|file|typed|by hand|shows): (.+) -->")
PYTHON = "END_OF_PYTHON"
SHELLS = {"bash", "sh", "shell", "shell-session", "zsh", "powershell", "bat"}
SERVED = "http://127.0.0.1:8080"
"""Where a document's local HubSpot is said to be."""
LISTENS = re.compile(r"The local HubSpot listens on (\S+) ")
PORTALS = "deploy/portals/"
END = "\x1eEND "
"""What the script prints after each command, with its exit code; no output begins like this."""


class ReadmeError(Exception):
    """Something that a document says and that is not so: line, expected, found."""


@dataclass
class Command:
    """One command of a document and what it is said to print."""

    line: int
    text: str
    prints: list[str]


@dataclass
class Block:
    """The commands of one block; a reason when they are not run. Or a file's text, or one variable."""

    commands: list[Command]
    not_run: str = ""
    file: str = ""
    text: list[str] = field(default_factory=list)
    typed: str = ""


def main(arguments: list[str]) -> int:
    """Check files, each in a copy of its own; 1 when something in one is not so."""
    try:
        for argument in arguments:
            with tempfile.TemporaryDirectory() as folder:
                copy = Path(folder) / "project"
                shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT_BEHIND))
                check(Path(argument), copy)
    except ReadmeError as mistake:
        print(mistake, file=sys.stderr)
        return 1
    return 0


def check(file: Path, copy: Path) -> None:
    """Do in a copy of the project what a file says, in its order."""
    text = file.read_text("utf-8")
    with served(file.name, text, copy) as address:
        environment = {"NO_PROXY": "127.0.0.1"} if address else {}
        for block in read_blocks(file.name, text.replace(SERVED, address or SERVED)):
            for command in block.commands:
                first = command.text.split("\n")[0]
                print(f"{file.name}:{command.line}: {block.not_run or 'run'}: {first}", flush=True)
            if block.typed:
                variable, _, value = block.typed.partition("=")
                environment[variable] = value
            elif block.file:
                write(file.name, block, copy, address)
            elif not block.not_run:
                run_block(file.name, block, copy, environment)


@contextmanager
def served(name: str, text: str, folder: Path) -> Iterator[str]:
    """Serve a local HubSpot as the text asks, on any free port; "" for a text that asks for none."""
    asked = [said[2] for line in text.splitlines() for said in [NOTE.fullmatch(line)] if said and said[1] == "beside"]
    if not asked:
        yield ""
        return
    command = [*shlex.split(asked[0]), "--port", "0"]
    with subprocess.Popen(
        command, cwd=folder, env=clean_environment() | {"PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            first = process.stdout.readline() if process.stdout else ""
            said = LISTENS.match(first)
            if said is None:
                raise ReadmeError(f"{name}: expected `{asked[0]}` to serve a local HubSpot, found '{first.rstrip()}'.")
            yield said[1]
        finally:
            process.kill()


def write(name: str, block: Block, folder: Path, address: str) -> None:
    """Write a file that is shown. No command here may ever reach the real HubSpot."""
    pointed = []
    if block.file.startswith(PORTALS):
        if not address:
            raise ReadmeError(f"{name}: expected <!-- beside: ... --> for the portal's file {block.file}, found none.")
        pointed = [f'api_host = "{address}"']
    path = folder / block.file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([*pointed, *block.text]) + "\n", encoding="utf-8")


def read_blocks(name: str, text: str) -> list[Block]:
    """Return what is done with a text, in order; at least one command, and none in a block of another kind."""
    blocks: list[Block] = []
    inside: str | None = None
    note, said = "", ""
    for number, line in enumerate(text.splitlines(), 1):
        fence = FENCE.fullmatch(line.strip())
        if fence and inside is None:
            inside = note if note in ("file", "shows") else fence[1]
            if inside in SHELLS:
                raise ReadmeError(f"{name}:{number}: expected ```console for commands, found ```{inside}.")
            if begun := begin(inside, number, said, f"not run, {said}" if note == "not run" else ""):
                blocks.append(begun)
        elif fence:
            if inside == "python":
                blocks[-1].commands[0].text += f"\n{PYTHON}"
            inside = None
        elif inside == "console":
            take_line(name, number, line, blocks[-1])
        elif inside == "python":
            blocks[-1].commands[0].text += "\n" + line
        elif inside == "shows":
            blocks[-1].commands[0].prints.append(line)
        elif inside == "file":
            blocks[-1].text.append(line)
        if inside is None and line.strip():
            noted = NOTE.fullmatch(line.strip())
            note, said = (noted[1], noted[2]) if noted else ("", "")
            if note == "typed":
                blocks.append(Block([], typed=said))
            elif note == "by hand":
                blocks.append(Block([Command(number, said, ["..."])]))
    if not any(block.commands for block in blocks):
        raise ReadmeError(f"{name}: expected a ```console block with a command, found none.")
    return blocks


def begin(kind: str, number: int, said: str, not_run: str) -> Block | None:
    """Return the block that begins here; None for one that nothing is done with."""
    if kind == "console":
        return Block([], not_run)
    if kind == "python":
        return Block([Command(number, f"python - <<'{PYTHON}'", ["..."])], not_run)
    if kind == "shows":
        return Block([Command(number, said, [])])
    return Block([], file=said) if kind == "file" else None


def take_line(name: str, number: int, line: str, block: Block) -> None:
    """Add one line of a console block: a command, the rest of one, or what it prints."""
    commands = block.commands
    if commands and commands[-1].text.endswith("\\") and not commands[-1].prints:
        commands[-1].text += "\n" + line
    elif line.startswith("$ "):
        commands.append(Command(number, line[2:], []))
    elif commands:
        commands[-1].prints.append(line)
    else:
        raise ReadmeError(f"{name}:{number}: expected a command (`$ ...`), found '{line}'.")


def run_block(name: str, block: Block, folder: Path, environment: Mapping[str, str] | None = None) -> None:
    """Run the commands of a block in one shell and compare each with what is said of it."""
    ended = f"code=$?; printf '\\n{END}%s\\n' $code; (exit $code)"
    script = "".join(f"{command.text}\n{ended}\n" for command in block.commands)
    printed = in_a_shell(script, folder, environment or {})
    answers = re.findall(rf"(.*?)^{END}(\d+)\n", printed, re.DOTALL | re.MULTILINE)
    for place, command in enumerate(block.commands):
        if place >= len(answers):
            left = printed.rpartition(END)[2]
            raise ReadmeError(f"{name}:{command.line}: expected `{command.text}` to end, found\n{left}")
        output, code = answers[place]
        compare(name, command, output)
        shown = [after.text for after in block.commands[place + 1 : place + 2]] == ["echo $?"]
        if code != "0" and not shown:
            raise ReadmeError(f"{name}:{command.line}: expected `{command.text}` to succeed, found code {code}.")


def in_a_shell(script: str, folder: Path, environment: Mapping[str, str]) -> str:
    """Return all that a script prints, on either channel, as a person would see it."""
    with tempfile.TemporaryDirectory() as aside:
        file = Path(aside) / "block.sh"
        file.write_text(script, encoding="utf-8")
        ran = subprocess.run(
            ["bash", str(file)],
            cwd=folder,
            env=clean_environment() | dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            check=False,
        )
    return ran.stdout


def compare(name: str, command: Command, printed: str) -> None:
    """Refuse an output that is not what the document shows."""
    found = [line.rstrip() for line in printed.rstrip().split("\n")] if printed.strip() else []
    said = [line.rstrip() for line in command.prints]
    while said and not said[-1]:
        said.pop()
    if not re.fullmatch(pattern(said), "".join(line + "\n" for line in found)):
        shown = "\n".join(f"    {line}" for line in said) or "    nothing"
        was = "\n".join(f"    {line}" for line in found) or "    nothing"
        raise ReadmeError(f"{name}:{command.line}: expected `{command.text}` to print\n{shown}\nfound\n{was}")


def pattern(lines: list[str]) -> str:
    """Return the expression for what lines of a document stand for."""
    return "".join(
        r"(?:.*\n)*" if line.strip() == "..." else re.escape(line).replace(r"\.\.\.", ".*") + r"\n" for line in lines
    )


def clean_environment() -> dict[str, str]:
    """Return what a newcomer's shell has, with this interpreter's commands first and plain output."""
    ours = ("NOX", "CHAT_HANDOFF_", "HUBSPOT_", "PYTEST")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    for name in ("CI", "VIRTUAL_ENV", "PYTHONPATH", "FORCE_COLOR"):
        kept.pop(name, None)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return kept | {"PATH": path, "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "100", "PYTHONUTF8": "1"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
