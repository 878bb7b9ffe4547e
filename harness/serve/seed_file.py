"""How a seed file is read: YAML or JSON, checked before anything is planted, refused by place."""

import json
import re
from pathlib import Path
from typing import Any

import msgspec

from harness.serve.seed import Seed

LARGEST = 1_000_000  # characters; a seed repeats, so that it can stay small


class SeedError(Exception):
    """Something in a seed: which file, where in it, expected, found."""

    def __init__(self, file: str, where: str, expected: str, found: str) -> None:
        self.file, self.where, self.expected, self.found = file, where, expected, found
        super().__init__(f"{file}: {where}: expected {expected}, found {found}.")


def read_file(file: Path) -> Seed:
    """The seed in a file; one that ends in .json is JSON, any other YAML."""
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        found = "no file" if isinstance(problem, FileNotFoundError) else str(problem)
        raise SeedError(str(file), "the file", "YAML or JSON in UTF-8", found) from None
    return read(text, str(file), as_json=file.suffix == ".json")


def read(text: str, name: str, *, as_json: bool) -> Seed:
    """The seed in a text; `name` is what refusals call it."""
    if len(text) > LARGEST:
        raise SeedError(name, "the file", f"at most {LARGEST} characters", str(len(text)))
    data = (_json if as_json else _yaml)(text, name)
    if data is None:
        return Seed()
    try:
        return msgspec.convert(data, Seed)
    except msgspec.ValidationError as problem:
        raise _misshapen(name, str(problem), data) from None
    except RecursionError:
        raise SeedError(name, "the file", "a seed", "something nested too deeply") from None


def _json(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise SeedError(name, "the file", "JSON", str(problem)) from None


def _yaml(text: str, name: str) -> Any:
    import yaml

    class Loader(yaml.SafeLoader):
        """YAML without aliases: a few lines of them can stand for more than a computer holds."""

        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.AliasEvent):
                raise SeedError(name, "the file", "no aliases (*name)", "one")
            return super().compose_node(parent, index)

    try:
        return yaml.load(text, Loader)  # noqa: S506 - it is a SafeLoader
    except yaml.MarkedYAMLError as problem:
        where = f"line {problem.problem_mark.line + 1}" if problem.problem_mark else "the file"
        raise SeedError(name, where, "YAML", str(problem.problem)) from None
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        raise SeedError(name, "the file", "YAML", " ".join(str(problem).split())) from None


def _misshapen(name: str, problem: str, data: Any) -> SeedError:
    """From msgspec's "Expected `str`, got `int` - at `$.tickets[0].subject`"."""
    said, _, where = problem.partition(" - at ")
    place = where.strip("`").removeprefix("$").removeprefix(".") or "the file"
    said = said.replace("`", "")
    if wanted := re.fullmatch(r"Expected (.+), got (.+)", said):
        return SeedError(name, place, wanted[1], wanted[2])
    if unknown := re.fullmatch(r"Object contains unknown field (.+)", said):
        return SeedError(name, place, "a key that docs/seed.md knows", unknown[1])
    if missing := re.fullmatch(r"Object missing required field (.+)", said):
        return SeedError(name, place, missing[1], "none")
    if wanted := re.fullmatch(r"Expected (.+)", said):
        return SeedError(name, place, wanted[1], _shown(data, place))
    return SeedError(name, place, "a value that docs/seed.md knows", said.removeprefix("Invalid enum value "))


def _shown(data: Any, place: str) -> str:
    """What stands at a place such as tickets[0].repeat."""
    for step in re.findall(r"\w+", place) if place != "the file" else []:
        data = data[int(step)] if isinstance(data, list) and step.isdigit() else data.get(step, "another")
        if not isinstance(data, list | dict):
            break
    return f"{data!r:.60}"
