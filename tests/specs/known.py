"""Where does an answer differ from HubSpot's specs because HubSpot itself is known to differ?

One row per deviation, with its source.
"""

import re
from dataclasses import dataclass

from tests.specs.operations import Operation
from tests.specs.schemas import Fault

STATUS = "the status"
ERRORS = range(400, 600)


@dataclass(frozen=True)
class Deviation:
    """Something that an answer may be although its spec has it otherwise."""

    place: str  # a regular expression for the place in the body, or the status
    statuses: range
    why: str

    def covers(self, status: int, place: str) -> bool:
        """Whether this is it."""
        return status in self.statuses and re.fullmatch(self.place, place) is not None


DEVIATIONS = (
    Deviation(
        r"(.*\.)?properties\.[A-Za-z0-9_]+",
        range(200, 208),
        "documented in the guide to deals, and seen: a property without a value is null in the older versions too, "
        "whose specs have text alone",
    ),
    Deviation("status", ERRORS, "documented: every example of the error-handling page says so"),
    Deviation(
        "errorType|policyName|groupName|requestId",
        range(429, 430),
        "documented: the usage guidelines' example of a 429; groupName and requestId: public bug reports",
    ),
    Deviation(
        STATUS,
        range(207, 208),
        "documented: a batch of which some failed is a 207 (error handling). The specs of 2026-09 name the same "
        "errors in their 200 and no 207",
    ),
    Deviation("", range(207, 208), "the same, where a batch that worked has no body"),
    Deviation(
        r"(.*\.)?actions\[\d+\]\.outputFields\[\d+\](\.type)?",
        range(200, 300),
        "seen: public code deploys outputs of type STRING, NUMBER, ... without options; the specs have enumerations",
    ),
)


def is_known(status: int, fault: Fault) -> bool:
    """Whether an answer's fault is one of them."""
    return any(known.covers(status, fault.place) for known in DEVIATIONS)


@dataclass(frozen=True)
class Leniency:
    """Something that may be asked for although the spec does not allow it."""

    operations: str  # a regular expression for the method and path
    expected: str  # a regular expression for what the spec expects at the place
    why: str

    def covers(self, operation: Operation, fault: Fault) -> bool:
        """Whether this is it."""
        asked = re.search(self.operations, f"{operation.method} {operation.path}")
        return asked is not None and re.fullmatch(self.expected, fault.expected) is not None


def _without(*keys: str) -> str:
    return f"the required key ({'|'.join(keys)})"


LENIENCIES = (
    Leniency(
        "/search$",
        _without("after", "filterGroups", "limit", "properties", "sorts"),
        "documented: the search guide's examples have a few of them each",
    ),
    Leniency("/search$", r"type \['string', 'number', 'boolean'\]", "documented: the search guide's sorts are objects"),
    Leniency(
        "(POST|PUT) /automation/",
        _without("(?!revisionId|type|actionId).*"),
        "documented: HubSpot's own command line leaves out what the API fills in or clears",
    ),
    Leniency("(POST|PUT) /automation/", r"enum \['ENUMERATION'\]", "seen: public code deploys outputs of other types"),
    Leniency("/messages$", _without("deliveryIdentifiers"), "seen: public code sends one deliveryIdentifier"),
    Leniency("/crm/.*properties/", _without("displayOrder", "hidden"), "seen: public code makes options without"),
    Leniency("(single-send|single-email/send)$", "type object", "documented: the guide's customProperties are texts"),
    Leniency(
        "/(v[34]|2026-03)/",
        _without(*"associations properties propertiesWithHistory attachments recipients archived".split())
        + "|"
        + _without("dataSensitivity", "contactProperties", "customProperties", "bcc", "cc", "replyTo"),
        "guessed: what clients of older versions never sent, these still do without",
    ),
    Leniency("PATCH .*/stages/", _without("metadata"), "seen: public code changes a stage's label alone"),
)


def is_lenient(operation: Operation, fault: Fault) -> bool:
    """Whether a request's fault is one of them."""
    return any(lenient.covers(operation, fault) for lenient in LENIENCIES)
