"""What does the harness assume of HubSpot's runtime, and does what the probe printed there agree?

Each fact has an id, a sentence, its mark and source, and a check of the probe's own words (actions/probe.py).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.facts.ledger import DOCUMENTED, GUESSED
from harness.runtime.environment import LAMBDA_VARIABLES

PYTHON = "3.9."
_LIBRARIES = Path(__file__).parents[1] / "runtime" / "libraries.txt"
_DOCS = "HubSpot's developer guides, custom code actions"

Probed = Mapping[str, Any]
"""Everything the probe printed, key by key."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One assumption. `differs` says what is otherwise, "" when nothing is, and None when the log does not tell."""

    id: str
    says: str
    mark: str
    source: str
    differs: Callable[[Probed], str | None]


def _python(probed: Probed) -> str | None:
    found = probed.get("python")
    return None if found is None else "" if str(found).startswith(PYTHON) else f"Python {found}"


def _library(name: str, version: str) -> Callable[[Probed], str | None]:
    def differs(probed: Probed) -> str | None:
        libraries = probed.get("libraries")
        if not isinstance(libraries, Mapping) or name not in libraries:
            return None
        return "" if libraries[name] == version else f"{name} {libraries[name]}"

    return differs


def _environment(probed: Probed) -> str | None:
    names = probed.get("environment")
    if not isinstance(names, list):
        return None
    missing = sorted(LAMBDA_VARIABLES.keys() - set(names))
    return f"no {', '.join(missing)}" if missing else ""


def _folder(probed: Probed) -> str | None:
    told = probed.get("temporary_folder")
    return None if told is None else "" if told is True else "it cannot"


def _zones(probed: Probed) -> str | None:
    told = probed.get("zones")
    return None if told is None else "" if str(told).startswith("zoneinfo:") else str(told)[:100]


def _at(*keys: str, expected: str) -> Callable[[Probed], str | None]:
    """The kind of one value of the event, as the probe spells kinds; a number of digits counts as any."""

    def differs(probed: Probed) -> str | None:
        value: Any = probed.get("event")
        for key in keys:
            if not isinstance(value, Mapping) or key not in value:
                return None
            value = value[key]
        kind = re.sub(r"text of [0-9]+ digits", "text of digits", str(value))
        return "" if kind == expected else f"{'.'.join(keys)} is {kind[:100]}"

    return differs


def _empty(probed: Probed) -> str | None:
    inputs = (probed.get("event") or {}).get("inputFields")
    if not isinstance(inputs, Mapping) or "a_number" not in inputs:
        return None
    return f"the key is there and holds {inputs['an_empty_one']}" if "an_empty_one" in inputs else ""


def _opens(probed: Probed) -> str | None:
    told = probed.get("object_id_opens_thread")
    return None if told not in ("yes", "no") else "" if told == "no" else "it does"


def _libraries() -> list[Fact]:
    pinned = [line.partition("==") for line in _LIBRARIES.read_text("utf-8").splitlines() if "==" in line]
    return [
        Fact(f"runtime.package.{name}", f"{name} is there in version {version}.", DOCUMENTED, _DOCS, differs)
        for name, _, version in pinned
        for differs in [_library(name, version)]
    ]


FACTS: tuple[Fact, ...] = (
    Fact("runtime.python", f"Actions run on Python {PYTHON}x.", DOCUMENTED, _DOCS, _python),
    *_libraries(),
    Fact(
        "runtime.environment",
        f"The environment has {', '.join(LAMBDA_VARIABLES)}.",
        GUESSED,
        "AWS's documentation of Lambda's variables; HubSpot names none",
        _environment,
    ),
    Fact(
        "runtime.temporary-folder", "The folder /tmp can be written.", GUESSED, "AWS's documentation of Lambda", _folder
    ),
    Fact("runtime.zones", "zoneinfo knows the zones of the world.", GUESSED, "Lambda's images as seen", _zones),
    Fact(
        "event.object-type",
        "object.objectType is text.",
        DOCUMENTED,
        _DOCS,
        _at("object", "objectType", expected="str"),
    ),
    Fact(
        "event.object-id",
        "object.objectId is a whole number.",
        DOCUMENTED,
        _DOCS,
        _at("object", "objectId", expected="int"),
    ),
    Fact("event.callback-id", "callbackId is text.", DOCUMENTED, _DOCS, _at("callbackId", expected="str")),
    Fact(
        "event.number",
        "A number property arrives as text.",
        GUESSED,
        "public Python actions, which call int() on it",
        _at("inputFields", "a_number", expected="text of digits"),
    ),
    Fact(
        "event.date",
        "A date property arrives as text that holds epoch milliseconds.",
        DOCUMENTED,
        "HubSpot's own Python sample",
        _at("inputFields", "a_date", expected="text of digits"),
    ),
    Fact(
        "event.boolean",
        "A checkbox arrives as text.",
        GUESSED,
        "a guess of ours",
        _at("inputFields", "a_boolean", expected="str"),
    ),
    Fact("event.empty", "An input without a value has no key.", GUESSED, "a guess of ours", _empty),
    Fact(
        "event.conversation-id",
        "The id of an enrolled conversation does not open its thread.",
        GUESSED,
        "public third-party code and notes",
        _opens,
    ),
)
