"""How a seed file is read: YAML or JSON, checked before anything is planted, refused by place."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from harness.clock import EPOCH, RANGE, ClockError, moment
from harness.serve.seed import Company, Contact, Seed, Ticket

LARGEST = 1_000_000  # characters; a seed repeats, so that it can stay small
LONGEST, DEEPEST = 70_000, 50  # characters of one text (a property takes 65,536), and what lies within what
MOST = 1_000_000  # records and lines of chats, repeats included


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


def read(text: str, name: str, *, as_json: bool, adding: bool = False) -> Seed:
    """The seed in a text; `name` is what refusals call it. One for adding has nothing that only a beginning sets."""
    if len(text) > LARGEST:
        raise SeedError(name, "the file", f"at most {LARGEST} characters", str(len(text)))
    data = (_json if as_json else _yaml)(text, name)
    if data is None:
        return Seed()
    try:
        seed = msgspec.convert(data, Seed)
    except msgspec.ValidationError as problem:
        raise _misshapen(name, str(problem), data) from None
    except RecursionError:
        raise SeedError(name, "the file", "a seed", "something nested too deeply") from None
    _check(seed, name)
    if adding:
        _check_addable(data, name)
    return seed


def _check(seed: Seed, name: str) -> None:
    """What no type says."""
    records: list[Contact | Company | Ticket] = [*seed.contacts, *seed.companies, *seed.tickets]
    count = sum(entry.repeat for entry in records) + sum(chat.repeat * (1 + len(chat.talk)) for chat in seed.chats)
    if count > MOST:
        raise SeedError(name, "the file", f"at most {MOST} records and lines of chats", str(count))
    try:
        moment(seed.now or EPOCH)
    except ClockError:
        raise SeedError(name, "now", f"a moment from {RANGE}", str(seed.now)) from None
    for at, pipeline in enumerate(seed.pipelines):
        if label := _repeated(stage.label for stage in pipeline.stages):
            raise SeedError(name, f"pipelines[{at}].stages", "each label once", f"{label!r:.60} twice")
    if inbox := _repeated(inbox.name for inbox in seed.inboxes):
        raise SeedError(name, "inboxes", "each name once", f"{inbox!r:.60} twice")


def _check_addable(data: dict[str, Any], name: str) -> None:
    """An account that is there keeps its plan, its clock and what it says of itself."""
    given = ["account." + key for key in data.get("account", ()) if key != "conversation_flows"]
    for key in [*given, *(key for key in ("limits", "now") if key in data)]:
        whose = "the seed of the start" if key == "now" else "a reset or the seed of the start"
        raise SeedError(name, key, "a key that can be added to an account", f"one of {whose}")


def _repeated(names: Iterable[str]) -> str | None:
    return next((name for name, times in Counter(names).items() if times > 1), None)


def _json(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise SeedError(name, "the file", "JSON", str(problem)) from None


def _yaml(text: str, name: str) -> Any:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same in C, where PyYAML has it
    try:
        for expected, found in _excesses(yaml.parse(text, loader)):
            raise SeedError(name, "the file", expected, found)
        return yaml.load(text, loader)  # noqa: S506 - it is a SafeLoader
    except yaml.MarkedYAMLError as problem:
        where = f"line {problem.problem_mark.line + 1}" if problem.problem_mark else "the file"
        raise SeedError(name, where, "YAML", str(problem.problem)) from None
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as problem:
        raise SeedError(name, "the file", "YAML", " ".join(str(problem).split())) from None


def _excesses(events: Iterator[Any]) -> Iterator[tuple[str, str]]:
    """What no seed needs, and what makes a few lines stand for more than a computer holds or reads in a while."""
    import yaml

    depth = 0
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            yield "a seed", "something nested too deeply"
        if isinstance(event, yaml.AliasEvent):
            yield "no aliases (*name)", "one"
        if isinstance(event, yaml.ScalarEvent) and len(event.value) > LONGEST:
            yield f"texts of at most {LONGEST} characters", str(len(event.value))


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
