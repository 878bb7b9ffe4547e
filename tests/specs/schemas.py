"""Does a value keep to a schema of HubSpot's? OpenAPI 3.0 is read as the JSON schema that it nearly is.

Two things are read more strictly than JSON schema would: a key that the schema does not name is a fault (a client in a
typed language would never see it), and a format is checked.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import jsonschema
from jsonschema.exceptions import ValidationError

from tests.specs.files import Spec

Schema = dict[str, Any]
UNKNOWN = "a key that the schema does not name"
LONGEST = 160  # characters of what was found that a message quotes


@dataclass(frozen=True)
class Fault:
    """One place of a body that is not as its schema says."""

    place: str  # such as results[0].properties; "": the body itself
    expected: str
    found: str


class Schemas:
    """The schemas of one spec, for what HubSpot answers, or for what is sent to it.

    What is sent is read as HubSpot's own JSON reader (Jackson, by its usual settings: guessed) reads it: unknown keys
    are ignored, and a number or a flag is taken where a text is expected.
    """

    def __init__(self, spec: Spec, *, sent: bool = False) -> None:
        self._sent = sent
        self._raw: dict[str, Schema] = spec.document["components"]["schemas"]
        self._schemas = {name: self._read(schema) for name, schema in self._raw.items()}
        self._validators: dict[str, jsonschema.Draft202012Validator] = {}

    def faults(self, schema: Schema, value: Any) -> list[Fault]:
        """What is wrong with a value."""
        asked = repr(schema)
        if asked not in self._validators:
            root = {"allOf": [self._read(schema)], "components": {"schemas": self._schemas}}
            self._validators[asked] = jsonschema.Draft202012Validator(root, format_checker=FORMATS)
        return [fault for error in self._validators[asked].iter_errors(value) for fault in _faults(error)]

    def _read(self, schema: Schema) -> Schema:
        """The same in JSON schema; an answer is closed against keys that it does not name."""
        if "allOf" in schema:
            return self._read(self._flat(schema))
        read: Schema = {name: schema[name] for name in ("type", "format", "enum", "required", "$ref") if name in schema}
        branches = schema.get("oneOf") or schema.get("anyOf")
        if branches:
            read["anyOf"] = [self._read(branch) for branch in branches]
        if "items" in schema:
            read["items"] = self._read(schema["items"])
        if schema.get("properties"):
            read["properties"] = {name: self._read(one) for name, one in schema["properties"].items()}
            if not self._sent:
                read["additionalProperties"] = False
        if "additionalProperties" in schema:
            rest = schema["additionalProperties"]
            read["additionalProperties"] = self._read(rest) if isinstance(rest, dict) else rest
        if self._sent and read.get("type") == "string" and "enum" not in read:
            read["type"] = ["string", "number", "boolean"]
        return _or_null(read) if schema.get("nullable") else read

    def _flat(self, schema: Schema) -> Schema:
        """A type and what it inherits as one; a parent that only lists its heirs has nothing to inherit."""
        flat: Schema = {name: value for name, value in schema.items() if name != "allOf"}
        for part in schema["allOf"]:
            own = self._raw[part["$ref"].rpartition("/")[2]] if "$ref" in part else part
            own = self._flat(own) if "allOf" in own else own
            if "oneOf" not in own:
                flat["properties"] = flat.get("properties", {}) | own.get("properties", {})
                flat["required"] = [*flat.get("required", []), *own.get("required", [])]
        return flat | {"type": "object"}


def _or_null(schema: Schema) -> Schema:
    if "type" not in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    values = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return schema | values | {"type": [*kinds, "null"]}


def _faults(error: ValidationError) -> Iterator[Fault]:
    if error.validator == "anyOf":
        for inner in _nearest_branch(error.context or []):
            yield from _faults(inner)
        return
    place = _place(error.absolute_path)
    if error.validator == "additionalProperties":
        for key in sorted(set(error.instance) - set(error.schema["properties"])):
            yield Fault(f"{place}.{key}".lstrip("."), "no such key", f"{UNKNOWN}: {_shown(error.instance[key])}")
    elif error.validator == "required":
        for key in sorted(set(error.validator_value) - set(error.instance)):
            if error.message.startswith(repr(key)):
                yield Fault(place, f"the required key {key}", f"only {', '.join(sorted(error.instance))}")
    else:
        yield Fault(place, f"{error.validator} {error.validator_value}", _shown(error.instance))


def _nearest_branch(errors: Iterable[ValidationError]) -> list[ValidationError]:
    """The faults in the branch that was meant: the one whose `type` fits, else the one that fits best."""
    branches: dict[Any, list[ValidationError]] = {}
    for error in errors:
        branches.setdefault(error.relative_schema_path[0], []).append(error)
    return min(branches.values(), key=lambda own: (any(_is_other_type(error) for error in own), len(own)), default=[])


def _is_other_type(error: ValidationError) -> bool:
    return list(error.relative_path) == ["type"] or (error.validator == "type" and not error.relative_path)


def _place(path: Iterable[Any]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."


def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


def _is_uuid(value: object) -> bool:
    return not isinstance(value, str) or re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", value) is not None


def _is_int32(value: object) -> bool:
    return not isinstance(value, int) or -(2**31) <= value < 2**31


def _is_int64(value: object) -> bool:
    return not isinstance(value, int) or -(2**63) <= value < 2**63


FORMATS = jsonschema.FormatChecker(formats=())
FORMATS.checks("date-time", ValueError)(_is_moment)
FORMATS.checks("uuid")(_is_uuid)
FORMATS.checks("int32")(_is_int32)
FORMATS.checks("int64")(_is_int64)
