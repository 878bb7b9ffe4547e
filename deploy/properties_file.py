"""Which ticket properties are ours? What deploy/properties.toml says, checked before anything is asked."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.portal_file import PACKAGE, project
from deploy.refusals import BadPortalFile

WHERE = "deploy/properties.toml"
OBJECT_TYPE = "tickets"
FIELD_TYPES = {
    "string": ("text", "textarea", "html"),
    "number": ("number",),
    "date": ("date",),
    "datetime": ("date",),
}
"""What a property of ours can be, and how it can be shown (documented pairs, those that need no options)."""
UNIQUE_TYPES = ("string", "number")  # guessed
_TEXTS = ("name", "label", "type", "fieldType")
_KEYS = {*_TEXTS, "hasUniqueValue", "description"}


@dataclass(frozen=True, slots=True)
class Property:
    """One property as it should be."""

    name: str
    label: str
    type: str
    field_type: str
    unique: bool = False
    description: str = ""

    def as_json(self, group: str) -> dict[str, Any]:
        """As HubSpot takes it."""
        return {
            "name": self.name,
            "label": self.label,
            "type": self.type,
            "fieldType": self.field_type,
            "groupName": group,
            "description": self.description,
            "hasUniqueValue": self.unique,
        }


@dataclass(frozen=True, slots=True)
class PropertiesFile:
    """The group, and what is in it."""

    group: str
    group_label: str
    properties: tuple[Property, ...]


def read() -> PropertiesFile:
    """The project's own file if it has one, else ours; a BadPortalFile names the key."""
    path = next(path for path in (project() / WHERE, PACKAGE / WHERE) if path.is_file())
    table = _table(path)
    group = table.get("group")
    if not isinstance(group, dict):
        raise _bad("[group]", "a table with name and label", "none")
    rows = table.get(OBJECT_TYPE)
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise _bad(f"[[{OBJECT_TYPE}]]", "at least one table", "none")
    found = tuple(_property(row, f"[[{OBJECT_TYPE}]] number {at}") for at, row in enumerate(rows, 1))
    names = [each.name for each in found]
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        raise _bad(twice, "each name once", "it twice")
    return PropertiesFile(_text(group, "name", "[group]"), _text(group, "label", "[group]"), found)


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as mistake:
        raise _bad("", "TOML", f"a mistake: {mistake}") from None


def _property(row: dict[str, Any], where: str) -> Property:
    unknown = sorted(row.keys() - _KEYS)
    if unknown:
        raise _bad(f"{where}, {unknown[0]}", f"one of {', '.join(sorted(_KEYS))}", "another key")
    name, label, type, field_type = (_text(row, key, where) for key in _TEXTS)
    if field_type not in FIELD_TYPES.get(type, ()):
        pairs = "; ".join(f"{kind}: {', '.join(shown)}" for kind, shown in FIELD_TYPES.items())
        raise _bad(f"{where}, type and fieldType", pairs, f"{type}: {field_type}")
    unique, description = row.get("hasUniqueValue", False), row.get("description", "")
    if not isinstance(unique, bool) or (unique and type not in UNIQUE_TYPES):
        raise _bad(
            f"{where}, hasUniqueValue", f"true or false, true only for {' and '.join(UNIQUE_TYPES)}", f"{unique}"
        )
    if not isinstance(description, str):
        raise _bad(f"{where}, description", "text", "another value")
    return Property(name, label, type, field_type, unique, description)


def _text(row: dict[str, Any], key: str, where: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value:
        raise _bad(f"{where}, {key}", "text", "none")
    return value


def _bad(where: str, expected: str, found: str) -> BadPortalFile:
    return BadPortalFile(
        f"{WHERE}, {where}".rstrip(", "), expected=expected, found=found, remedy="Correct it there; nothing was asked."
    )
