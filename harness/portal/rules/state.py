"""What is stored of an account's rules."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Conditional:
    """When one property has a value, others must have one."""

    type_id: str
    name: str
    value: str
    required: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One rule about the form of a property's values."""

    rule_type: str
    arguments: tuple[str, ...]
    normalised: bool | None = None


@dataclass(slots=True)
class Rules:
    """All rules of the account. Documented: the dated versions enforce them, when a record is made and changed."""

    required: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by type: what its create form requires
    conditional: list[Conditional] = field(default_factory=list)
    closed_stages: set[tuple[str, str]] = field(default_factory=set)  # pipeline and stage, for new tickets
    forms: dict[tuple[str, str], dict[str, Form]] = field(default_factory=dict)  # by type and property: by rule type

    def of(self, type_id: str) -> dict[str, dict[str, Form]]:
        """The forms of a type's properties."""
        return {name: forms for (owner, name), forms in self.forms.items() if owner == type_id and forms}
