"""What does a workflow do outside of what the portal keeps? It is written down with the enrolment, never carried out.

Internal e-mails (0-8), notifications in the app (0-9), tasks (0-3) and webhooks: the portal has no users' mailboxes and
no records of tasks, and nothing leaves this machine. Documented: ids, and a webhook's fields; seen in others' flows:
the fields of the rest. Guessed: a webhook's answer is a success, and that an owner property without an owner tells
nobody of it.
"""

from collections.abc import Iterator
from datetime import UTC
from typing import Any

from harness.clock import millis
from harness.portal.moments import iso
from harness.workflow import ahead, tokens, values
from harness.workflow.steps import Around, Done, Fields, Scene, no_text, others
from harness.workflow.wording import amiss, among, mapping

METHODS = ("CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE")


class Notice:
    """0-8 and 0-9: colleagues are told."""

    TO = ("user_ids", "team_ids", "owner_properties")

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def unsupported(self, fields: Fields, around: Around) -> Iterator[str]:
        """A subject, a body, and who is told."""
        yield from others(fields, "subject", "body", *self.TO)
        yield from no_text(fields, "subject", "body")
        yield from _tokens(fields, around, "subject", "body")
        for key in self.TO:
            if not _texts(fields.get(key, [])):
                yield amiss(f"a list of texts as {key}", fields[key])
            elif key == "owner_properties":
                unknown = [name for name in fields.get(key, []) if not among(name, around.known.own)]
                yield from (amiss("owner_properties that the portal has", name) for name in unknown)

    def do(self, fields: Fields, scene: Scene) -> Done:
        """Write it down."""
        properties = scene.record.properties(scene.record_id)
        owners = [properties[name] for name in fields.get("owner_properties", []) if properties.get(name)]
        told = {
            "user_ids": list(fields.get("user_ids", [])),
            "team_ids": list(fields.get("team_ids", [])),
            "owner_ids": owners,
            "subject": scene.fill(fields["subject"]),
            "body": scene.fill(fields["body"]),
        }
        return Done(self._kind, "written down", recorded={"kind": self._kind, **told})


class Task:
    """0-3: somebody has something to do."""

    KNOWN = ("task_type", "subject", "body", "priority", "associations", "use_explicit_associations")
    TIMES = ("due_time", "reminder_time")

    def unsupported(self, fields: Fields, around: Around) -> Iterator[str]:
        """What is to be done, by whom and by when."""
        yield from others(fields, *self.KNOWN, *self.TIMES, "owner_assignment")
        yield from no_text(fields, "subject")
        yield from _tokens(fields, around, "subject", "body")
        for key in self.TIMES:
            if fields.get(key):
                yield from (f"{key}: {problem}" for problem in ahead.unsupported(fields[key]))
        if fields.get("owner_assignment"):
            owner = mapping(fields["owner_assignment"]) or {}
            if owner.get("type") != "CUSTOM":
                yield amiss("CUSTOM as the type of owner_assignment", owner.get("type"))
            else:
                found = values.unsupported(owner.get("value"), around.values)
                yield from (f"owner_assignment: {problem}" for problem in found)

    def do(self, fields: Fields, scene: Scene) -> Done:
        """Write it down."""
        times = {
            key: iso(millis(ahead.ahead(scene.now, fields[key], scene.zone).astimezone(UTC)))
            for key in self.TIMES
            if fields.get(key)
        }
        owner = fields.get("owner_assignment")
        task = {
            "kind": "task",
            "task_type": fields.get("task_type"),
            "priority": fields.get("priority"),
            "subject": scene.fill(fields["subject"]),
            "body": scene.fill(fields.get("body") or ""),
            "owner_id": scene.resolve(owner["value"]) if owner else None,
            **times,
        }
        return Done("create a task", "written down", recorded=task)


class Webhook:
    """WEBHOOK: another system is told. Its fields stand beside the action's type, not in `fields`."""

    def unsupported(self, fields: Fields, around: Around) -> Iterator[str]:
        """A method, an address and what is sent along."""
        if fields.get("method") not in METHODS:
            yield amiss(f"a method out of {', '.join(METHODS)}", fields.get("method"))
        yield from no_text(fields, "webhookUrl")
        parameters = fields.get("queryParams")
        if not isinstance(parameters, list):
            yield amiss("a list as queryParams", parameters)
            return
        for given in parameters:
            each = mapping(given) or {}
            if not isinstance(each.get("name"), str):
                yield amiss("a name for each of queryParams", given)
            yield from (f"queryParams: {p}" for p in values.unsupported(each.get("value"), around.values))

    def do(self, fields: Fields, scene: Scene) -> Done:
        """Write it down; of how it proves itself, what kind that is and no secret."""
        sent: dict[str, Any] = {
            "kind": "webhook",
            "method": fields["method"],
            "url": fields["webhookUrl"],
            "parameters": {each["name"]: scene.resolve(each["value"]) for each in fields["queryParams"]},
            "authentication": (mapping(fields.get("authSettings")) or {}).get("type"),
        }
        return Done(f"webhook {fields['method']}", "written down, not sent", recorded=sent)


def _tokens(fields: Fields, around: Around, *keys: str) -> Iterator[str]:
    for key in keys:
        if isinstance(fields.get(key), str):
            yield from (f"{key}: {problem}" for problem in tokens.unsupported(fields[key], around.values))


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)
