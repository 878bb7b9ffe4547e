"""Which of HubSpot's OpenAPI files describe what the portal emulates?

They are found by what they say of themselves, so that any folder will do: a clone of the repository that HubSpot
publishes them in, or a few files copied out of it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.portal.versions import SPELLINGS

REPOSITORY = "https://github.com/HubSpot/HubSpot-public-api-spec-collection"

# What a file calls itself -> the portal's area that it describes, and the object type if it describes only one.
TITLES = {
    "Account Account Info": ("account", ""),
    "Associations": ("associations", ""),
    "Automation Automation V4": ("flows", ""),
    "CRM Associations Schema": ("association-definitions", ""),
    "CRM Objects": ("objects", ""),
    "CRM Property Validations": ("property-validations", ""),
    "Companies": ("objects", "companies"),
    "Contacts": ("objects", "contacts"),
    "Conversations Inbox & Messages": ("conversations", ""),
    "Crm Owners": ("owners", ""),
    "Notes": ("objects", "notes"),
    "Pipelines": ("pipelines", ""),
    "Properties": ("properties", ""),
    "Single-send": ("marketing-single-send", ""),
    "Tickets": ("objects", "tickets"),
    "Transactional Single Send": ("single-send", ""),
}


@dataclass(frozen=True)
class Spec:
    """One file: an area, or one object type of it, in one version."""

    path: Path
    area: str
    object_type: str  # "": not of one type alone
    version: str
    document: dict[str, Any]

    @property
    def name(self) -> str:
        """How the spec is called in a report."""
        return f"{self.document['info']['title']} {self.version}"

    @property
    def size(self) -> int:
        """How many operations it has."""
        return sum(len(methods) for methods in self.document["paths"].values())


class NoSpecs(Exception):
    """A folder in which there is none of the files."""


def read(folder: Path) -> list[Spec]:
    """Every spec of an area and version that the portal has; of two with one name the more complete."""
    found: dict[str, Spec] = {}
    for spec in _all(folder):
        known = found.get(spec.name)
        if known is None or spec.size > known.size:
            found[spec.name] = spec
    if not found:
        raise NoSpecs(
            f"--specs {folder}: expected HubSpot's OpenAPI files (*.json) in it or below, found none. "
            f"Name a clone of {REPOSITORY}."
        )
    return [found[name] for name in sorted(found)]


def _all(folder: Path) -> Iterator[Spec]:
    for path in sorted(folder.rglob("*.json")):
        document = _json(path)
        info = document["info"] if "openapi" in document else {}
        area, object_type = TITLES.get(info.get("title", ""), ("", ""))
        if info.get("version") in SPELLINGS.get(area, {}):
            yield Spec(path, area, object_type, info["version"], document)


def _json(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_bytes())
    except ValueError:  # a clone also has files of other tools
        return {}
    return document if isinstance(document, dict) else {}
