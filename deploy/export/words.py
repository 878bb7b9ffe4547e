"""How does HubSpot's editor call it? Its own words, and how sure we are of each."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from deploy import menus
from deploy.properties_file import PropertiesFile

DOCUMENTED, SEEN, GUESSED = "", "", "guessed"
"""Documented: HubSpot's help pages. Seen: in guides with screenshots by others. Neither needs a mark."""

TERMS = {
    "workflows": (menus.WORKFLOWS, DOCUMENTED),
    "create": ("Create workflow", DOCUMENTED),
    "trigger": ("When filter criteria is met", GUESSED),
    "event trigger": ("When an event occurs", GUESSED),
    "manual trigger": ("Manually", GUESSED),
    "re-enroll": ("Re-enroll", SEEN),
    "plus": ("+", DOCUMENTED),
    "code": ("Custom code", DOCUMENTED),
    "language": ("Language", SEEN),
    "secrets": ("Secrets", SEEN),
    "inputs": ("Property to include in code", SEEN),
    "outputs": ("Data outputs", SEEN),
    "delay": ("Delay > Set amount of time", GUESSED),
    "value equals": ("Branch > value equals", DOCUMENTED),
    "if/then": ("Branch > if/then", DOCUMENTED),
    "rest": ("None met", GUESSED),
    "go to": ("Go to other action", GUESSED),
    "edit": ("Edit record", GUESSED),
    "e-mail": ("Send email", DOCUMENTED),
    "turn on": ("Review and turn on", GUESSED),
}
OBJECTS = {"0-1": "Contact", "0-2": "Company", "0-3": "Deal", "0-5": "Ticket", "0-11": "Conversation"}
LANGUAGES = {"PYTHON39": "Python 3.9"}
OUTPUT_TYPES = {
    "STRING": "String",
    "NUMBER": "Number",
    "BOOLEAN": "Boolean",
    "DATE": "Date",
    "DATETIME": "Datetime",
    "ENUMERATION": "Enumeration",
    "PHONE_NUMBER": "Phone number",
}
LABELS = {
    ("0-11", "hs_conversation_status"): ("Conversation status", DOCUMENTED),
    ("0-11", "hs_thread_id"): ("Thread ID", GUESSED),
    ("0-5", "hs_conversations_originating_thread_id"): ("Originating conversations thread ID", GUESSED),
    ("0-5", "hs_is_closed"): ("Is closed", GUESSED),
    ("0-5", "hs_num_associated_conversations"): ("Number of associated conversations", GUESSED),
    ("0-5", "hs_object_id"): ("Ticket ID", GUESSED),
}
VALUES = {"CONVERSATION_STATUS_CLOSED": "Closed", "CONVERSATION_STATUS_OPEN": "Open", "True": "Yes", "False": "No"}
OPERATORS = {
    "IS_ANY_OF": "is any of",
    "IS_NONE_OF": "is none of",
    "IS_KNOWN": "is known",
    "IS_UNKNOWN": "is unknown",
    "IS_EQUAL_TO": "is equal to",
    "IS_NOT_EQUAL_TO": "is not equal to",
    "IS_GREATER_THAN": "is greater than",
    "IS_LESS_THAN": "is less than",
    "CONTAINS": "contains",
}


def term(key: str) -> str:
    """A word of the editor, marked when it is guessed."""
    word, mark = TERMS[key]
    return f"**{word}**{f' ({mark})' if mark else ''}"


def property_words(object_type: str, name: str, ours: PropertiesFile) -> str:
    """A property by its label and its internal name."""
    labels = {each.name: each.label for each in ours.properties} if object_type == "0-5" else {}
    label, mark = (labels[name], "") if name in labels else LABELS.get((object_type, name), ("", ""))
    return f"**{label}** (`{name}`{f', label {mark}' if mark else ''})" if label else f"`{name}` (internal name)"


def own_form(value: Any) -> str:
    """What has no words here, as HubSpot's API says it."""
    return f"in HubSpot's own form: `{json.dumps(value, ensure_ascii=False, sort_keys=True)}`"


def filter_lines(branch: Mapping[str, Any], object_type: str, ours: PropertiesFile) -> Iterator[str]:
    """A filter, group by group: a record has to meet all conditions of one of the groups."""
    groups = branch.get("filterBranches") or []
    if branch.get("filterBranchType") != "OR" or branch.get("filters") or not groups:
        groups = [branch]
    for number, group in enumerate(groups, 1):
        yield f"- Group {number}:"
        for condition in group.get("filters") or []:
            yield f"  - {_condition(condition, object_type, ours)}"
        for inner in group.get("filterBranches") or []:
            yield f"  - {own_form(inner)}"


def _condition(condition: Mapping[str, Any], object_type: str, ours: PropertiesFile) -> str:
    operation = condition.get("operation") or {}
    words = OPERATORS.get(str(operation.get("operator")))
    if condition.get("filterType") != "PROPERTY" or not words:
        return own_form(condition)
    values = operation.get("values") or ([operation["value"]] if "value" in operation else [])
    said = ", ".join(f"**{VALUES.get(str(value), value)}**" for value in values)
    return f"{property_words(object_type, str(condition['property']), ours)} {words} {said}".rstrip()
