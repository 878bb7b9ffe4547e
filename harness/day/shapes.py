"""Does a piece of the file have the fields it should? The refusal lists them."""

import re
from pathlib import Path
from typing import TypeVar, get_args

import msgspec

from harness.day.refusal import DayError

TYPED = re.compile(
    r"Expected `(?P<expected>[^`]*)`, got `(?P<found>[^`]*)`(?: - at `(?:key in )?\$\.?(?P<path>[^`]*)`)?"
)
FIELD = re.compile(r"Object (?P<what>missing required|contains unknown) field `(?P<name>[^`]*)`.*")
WORDS = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a map",
    "null": "nothing",
}

S = TypeVar("S", bound=msgspec.Struct)


def shaped(file: Path, where: str, raw: object, kind: type[S]) -> S:
    """The piece as its struct, or a DayError that says which fields there are."""
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as problem:
        expected, found = _told(str(problem))
        raise DayError(file, where, expected=expected, found=found, remedy=_fields(kind)) from None


def _told(problem: str) -> tuple[str, str]:
    """What msgspec says, in the file's words: what was expected, what was found."""
    if typed := TYPED.fullmatch(problem):
        place = f" as {typed['path']}" if typed["path"] else ""
        quotes = " (in quotes, where YAML would read something else)" if typed["expected"] == "str" else ""
        return _words(typed["expected"]) + place + quotes, _words(typed["found"])
    if field := FIELD.fullmatch(problem):
        missing = field["what"] == "missing required"
        return (f"'{field['name']}'", "none") if missing else ("known fields only", f"'{field['name']}'")
    return "the fields below", problem


def _words(kinds: str) -> str:
    return " or ".join(WORDS.get(kind, kind) for kind in kinds.split(" | "))


def _fields(kind: type[msgspec.Struct]) -> str:
    fields = msgspec.structs.fields(kind)
    must = ", ".join(field.encode_name for field in fields if field.required)
    may = ", ".join(field.encode_name + _inner(field.type) for field in fields if not field.required)
    return f"It has {must}" + (f", and if wanted {may}." if may else ".")


def _inner(type_: object) -> str:
    """The fields of a struct within a struct, in braces."""
    for each in (type_, *get_args(type_)):
        if isinstance(each, type) and issubclass(each, msgspec.Struct):
            return " {" + ", ".join(field.encode_name for field in msgspec.structs.fields(each)) + "}"
    return ""
