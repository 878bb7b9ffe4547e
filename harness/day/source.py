"""From the day's file to what its YAML says: maps, lists, texts and numbers."""

from pathlib import Path

import yaml

from harness.day.refusal import DayError

DEEPEST = "at most a few hundred lists or maps within each other"


class _Loader(yaml.SafeLoader):
    """Plain YAML, but dates stay texts: whoever asks for one can say where it is wrong."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(file: Path) -> object:
    """What the file says, or a DayError."""
    try:
        return yaml.load(_text(file), Loader=_Loader)  # noqa: S506 - a SafeLoader
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark
        where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "the file"
        raise _no_yaml(file, where, problem.problem) from None
    except (yaml.YAMLError, ValueError) as problem:  # ValueError: a tag such as !!int before something else
        raise _no_yaml(file, "the file", problem) from None
    except RecursionError:
        raise DayError(file, "the file", expected=DEEPEST, found="more", remedy="Write it flatter.") from None


def _no_yaml(file: Path, where: str, problem: object) -> DayError:
    found = f"a mistake in it: {' '.join(str(problem).split())}"
    return DayError(file, where, expected="YAML", found=found, remedy="Correct it there.")


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise _no_file(file, "no file") from None
    except OSError as problem:
        raise _no_file(file, str(problem.strerror)) from None
    except UnicodeDecodeError as problem:
        found = f"the byte 0x{problem.object[problem.start]:02x} at place {problem.start}"
        raise DayError(file, "the file", expected="UTF-8 text", found=found, remedy="Save the file as UTF-8.") from None


def _no_file(file: Path, found: str) -> DayError:
    return DayError(file, "the file", expected="a day in YAML", found=found, remedy="Correct the path.")
