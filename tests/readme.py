"""Is what the README shows true? `python tests/readme.py README.md` runs it and compares what is printed.

Every ```console and ```python block is run, in order, in a copy of the project. In a console block a line that begins
with `$ ` is a command (a final backslash continues it), what follows is what it prints. There, a line of `...` alone
stands for any lines, and `...` inside a line for anything on it: times, sizes, paths. A command that fails is an error,
unless the next one is `$ echo $?`. A block that cannot be run says why, in a comment before it:
<!-- not run: reason -->.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT_BEHIND = (".git", ".nox", ".runtime", ".venv", ".hypothesis", "__pycache__", ".*_cache", "dist", "venv")
FENCE = re.compile(r"```(\S*)")
NOT_RUN = re.compile(r"<!-- not run: (.+) -->")
PYTHON = "END_OF_PYTHON"
SHELLS = {"bash", "sh", "shell", "shell-session", "zsh", "powershell", "bat"}
END = "\x1eEND "
"""What the script prints after each command, with its exit code; no output begins like this."""


class ReadmeError(Exception):
    """Something that the README says and that is not so: line, expected, found."""


@dataclass
class Command:
    """One command of the README and what it is said to print."""

    line: int
    text: str
    prints: list[str]


@dataclass
class Block:
    """The commands of one console block; a reason when they are not run."""

    commands: list[Command]
    not_run: str = ""


def main(arguments: list[str]) -> int:
    """Check one file; 1 when something in it is not so."""
    file = Path(arguments[0])
    try:
        blocks = read_blocks(file.name, file.read_text("utf-8"))
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "project"
            shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT_BEHIND))
            for block in blocks:
                for command in block.commands:
                    first = command.text.split("\n")[0]
                    print(f"{file.name}:{command.line}: {block.not_run or 'run'}: {first}", flush=True)
                if not block.not_run:
                    run_block(file.name, block, copy)
    except ReadmeError as mistake:
        print(mistake, file=sys.stderr)
        return 1
    return 0


def read_blocks(name: str, text: str) -> list[Block]:
    """Return the console blocks of a text; at least one, and no commands in a block of another kind."""
    blocks: list[Block] = []
    inside: str | None = None
    reason = ""
    for number, line in enumerate(text.splitlines(), 1):
        fence = FENCE.fullmatch(line.strip())
        if fence and inside is None:
            inside = fence[1]
            if inside in SHELLS:
                raise ReadmeError(f"{name}:{number}: expected ```console for commands, found ```{inside}.")
            if inside == "console":
                blocks.append(Block([], reason))
            elif inside == "python":
                blocks.append(Block([Command(number, f"python - <<'{PYTHON}'", ["..."])], reason))
        elif fence:
            if inside == "python":
                blocks[-1].commands[0].text += f"\n{PYTHON}"
            inside = None
        elif inside == "console":
            take_line(name, number, line, blocks[-1])
        elif inside == "python":
            blocks[-1].commands[0].text += "\n" + line
        if inside is None and line.strip():
            said = NOT_RUN.fullmatch(line.strip())
            reason = f"not run, {said[1]}" if said else ""
    if not any(block.commands for block in blocks):
        raise ReadmeError(f"{name}: expected a ```console block with a command, found none.")
    return blocks


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


def run_block(name: str, block: Block, folder: Path) -> None:
    """Run the commands of a block in one shell and compare each with what is said of it."""
    ended = f"code=$?; printf '\\n{END}%s\\n' $code; (exit $code)"
    printed = in_a_shell("".join(f"{command.text}\n{ended}\n" for command in block.commands), folder)
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


def in_a_shell(script: str, folder: Path) -> str:
    """Return all that a script prints, on either channel, as a person would see it."""
    with tempfile.TemporaryDirectory() as aside:
        file = Path(aside) / "block.sh"
        file.write_text(script, encoding="utf-8")
        ran = subprocess.run(
            ["bash", str(file)],
            cwd=folder,
            env=clean_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            check=False,
        )
    return ran.stdout


def compare(name: str, command: Command, printed: str) -> None:
    """Refuse an output that is not what the README shows."""
    found = [line.rstrip() for line in printed.rstrip().split("\n")] if printed.strip() else []
    said = [line.rstrip() for line in command.prints]
    while said and not said[-1]:
        said.pop()
    if not re.fullmatch(pattern(said), "".join(line + "\n" for line in found)):
        shown = "\n".join(f"    {line}" for line in said) or "    nothing"
        was = "\n".join(f"    {line}" for line in found) or "    nothing"
        raise ReadmeError(f"{name}:{command.line}: expected `{command.text}` to print\n{shown}\nfound\n{was}")


def pattern(lines: list[str]) -> str:
    """Return the expression for what lines of the README stand for."""
    return "".join(
        r"(?:.*\n)*" if line.strip() == "..." else re.escape(line).replace(r"\.\.\.", ".*") + r"\n" for line in lines
    )


def clean_environment() -> dict[str, str]:
    """Return what a newcomer's shell has, with this interpreter's commands first and plain output."""
    ours = ("NOX", "CHAT_HANDOFF_", "PYTEST")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    for name in ("CI", "VIRTUAL_ENV", "PYTHONPATH", "FORCE_COLOR"):
        kept.pop(name, None)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return kept | {"PATH": path, "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "100", "PYTHONUTF8": "1"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
