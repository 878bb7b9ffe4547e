"""What is stored of property definitions and their groups, per type of record."""

from dataclasses import dataclass, field, replace
from typing import Any

from harness.portal.objects.types import TYPES, ObjectType

UNIQUE_LIMIT = 10  # unique properties of one type that are not HubSpot's own; documented
REMEMBERED = 100  # lists of names asked for, which are the same few again and again


@dataclass(frozen=True, slots=True)
class Definition:
    """One property of one type of record."""

    name: str
    type: str = "string"
    field_type: str = "text"
    label: str = ""
    group: str = ""
    description: str = ""
    options: tuple[dict[str, Any], ...] = ()
    unique: bool = False
    ours: bool = False  # made by the account, not HubSpot's own
    read_only: bool = False  # its value is HubSpot's business
    external_options: bool = False  # its options are kept elsewhere (owners, pipelines)
    hidden: bool = False
    form_field: bool = False
    display_order: int = -1
    created: int = 0
    updated: int = 0
    archived_at: int | None = None


@dataclass(slots=True)
class Group:
    """A heading under which definitions are shown."""

    name: str
    label: str
    display_order: int = -1


@dataclass(slots=True)
class _OfType:
    definitions: dict[str, Definition] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)


class Definitions:
    """The definitions of all types."""

    def __init__(self) -> None:
        self._types = {type.id: _OfType() for type in TYPES}
        self._in_use: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}

    def get(self, type: ObjectType, name: str) -> Definition | None:
        """A definition that is in use."""
        found = self._types[type.id].definitions.get(name)
        return found if found and found.archived_at is None else None

    def in_use(self, type: ObjectType, names: tuple[str, ...]) -> tuple[str, ...]:
        """Those of these names that a definition in use has, each once, by name."""
        found = self._in_use.get((type.id, names))
        if found is None:
            found = tuple(sorted({name for name in names if self.get(type, name)}))
            if len(self._in_use) >= REMEMBERED:
                self._in_use.clear()
            self._in_use[type.id, names] = found
        return found

    def get_archived(self, type: ObjectType, name: str) -> Definition | None:
        """A definition that was put away."""
        found = self._types[type.id].definitions.get(name)
        return found if found and found.archived_at is not None else None

    def all(self, type: ObjectType, archived: bool = False) -> list[Definition]:
        """All definitions of a type, by name."""
        found = self._types[type.id].definitions.values()
        return sorted((d for d in found if (d.archived_at is not None) == archived), key=lambda d: d.name)

    def put(self, type: ObjectType, definition: Definition) -> None:
        """Add a definition, or put a changed one in its place."""
        self._types[type.id].definitions[definition.name] = definition
        self._in_use.clear()

    def archive(self, type: ObjectType, name: str, at: int) -> None:
        """Put a definition away; only a person can bring it back (documented)."""
        found = self._types[type.id].definitions[name]
        self._types[type.id].definitions[name] = replace(found, archived_at=at)
        self._in_use.clear()

    def unique_count(self, type: ObjectType) -> int:
        """How many of the account's own definitions are unique."""
        return sum(d.unique and d.ours for d in self.all(type))

    def group(self, type: ObjectType, name: str) -> Group | None:
        """A group by name."""
        return self._types[type.id].groups.get(name)

    def groups(self, type: ObjectType) -> list[Group]:
        """All groups of a type."""
        return list(self._types[type.id].groups.values())

    def put_group(self, type: ObjectType, group: Group) -> None:
        """Add a group."""
        self._types[type.id].groups[group.name] = group

    def drop_group(self, type: ObjectType, name: str) -> None:
        """Take a group away."""
        del self._types[type.id].groups[name]
