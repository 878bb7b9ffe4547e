"""Mistakes that people make in such actions, each planted in a copy of the real file by changing a few words."""

from dataclasses import dataclass
from pathlib import Path

from tests.simulation.stage import ROOT


@dataclass(frozen=True)
class Plant:
    """One mistake."""

    name: str
    action: str
    changes: tuple[tuple[str, str], ...]
    """What stands in our file, each exactly once, and what stands there instead."""
    breaks: str
    """The promise that it breaks first of all."""

    def planted_in(self, folder: Path) -> dict[str, Path]:
        """A copy of the action with the mistake in it, by the action's name."""
        text = (ROOT / "actions" / f"{self.action}.py").read_text(encoding="utf-8")
        for ours, theirs in self.changes:
            assert text.count(ours) == 1, f"{self.name}: {text.count(ours)} times in {self.action}: {ours}"
            text = text.replace(ours, theirs)
        file = folder / f"{self.action}.py"
        file.write_text(text, encoding="utf-8")
        return {self.action: file}


PLANTS = (
    Plant(
        "no lock",
        "create_ticket",
        (('"chat_open_key": "" if settings["ambiguous"] else lock_key(chat.contact_id, chat.email),', ""),),
        "one lock per visitor",
    ),
    Plant(
        "a lock given up where it is taken",
        "create_ticket",
        (
            (
                "            held = give_way(hubspot, settings, chat, properties, refusal)\n",
                '            held = properties.pop("chat_open_key", None) and None\n',
            ),
        ),
        "one lock per visitor",
    ),
    Plant(
        "leaves the help desk to itself",
        "create_ticket",
        (
            (
                "    passed_over = not_ours(settings, chat)\n",
                '    desks = settings["help_desk"]\n'
                '    passed_over = not_ours(settings, chat) or (chat.thread.get("inboxId") in desks and "its own")\n',
            ),
        ),
        "served",
    ),
    Plant(
        "no key of the thread",
        "create_ticket",
        (
            ('"chat_thread_id": next_key(chat, made),', ""),
            ('"chat_open_key": "" if settings["ambiguous"] else lock_key(chat.contact_id, chat.email),', ""),
        ),
        "served",
    ),
    Plant(
        "no second look before attaching",
        "create_ticket",
        (
            ("candidate = linked if is_linked else one_ticket(", "candidate = one_ticket("),
            ("(ticket is candidate and is_open(ticket, stages))", "ticket is candidate"),
            ('if outcome != "reopened" and not carries(now, chat, stages):', "if False:"),
        ),
        "served",
    ),
    Plant(
        "the newest chat in the place of all",
        "create_ticket",
        (('    return "\\n".join(lines)[-LIST_LIMIT:]\n', "    return lines[-1]\n"),),
        "served",
    ),
    Plant(
        "now instead of the close",
        "stamp_chat_closed_at",
        (("    began = moments[0]\n", "    began = now_ms()\n"),),
        "right closes",
    ),
    Plant(
        "the last close is the first",
        "stamp_chat_closed_at",
        (('"chat_first_closed_at": iso(moments[0])', '"chat_first_closed_at": iso(moments[-1])'),),
        "right closes",
    ),
    Plant(
        "leaves a rep's ticket as it is",
        "create_ticket",
        (
            (
                "        return adopt_by_hand(hubspot, settings, chat, made, own, stages)\n",
                '        return answer(settings, "skipped", chat)\n',
            ),
        ),
        "right closes",
    ),
    Plant(
        "swallowed 429",
        "create_ticket",
        (
            ("        final = status if status == 429 or status >= 500 else 503\n", "        return {}\n"),
            (
                '        raise ApiException(status=final, reason="no success for {} (last answer {})".format(request, '
                "status)) from None\n",
                "",
            ),
        ),
        "served",
    ),
    Plant(
        "a failure that HubSpot does not repeat",
        "triage_chat",
        (("        final = status if status == 429 or status >= 500 else 503\n", "        final = 400\n"),),
        "right closes",
    ),
    Plant(
        "an e-mail with each run",
        "send_confirmation",
        (
            ('"sendId": "{}-{}".format(ticket["id"], occasion),', '"sendId": "{}-{}".format(ticket["id"], now_ms()),'),
            ("    if done:\n", "    if False:\n"),
        ),
        "confirmed once",
    ),
    Plant(
        "the mark before the e-mail",
        "send_confirmation",
        (
            (
                '        result = hubspot.post("single-send", body) or {}\n',
                '        mark(hubspot, ticket["id"], "chat_confirmation_sent_at", max(now_ms(), occasion))\n'
                '        result = hubspot.post("single-send", body) or {}\n',
            ),
        ),
        "confirmed once",
    ),
    Plant(
        "an e-mail to somebody else",
        "send_confirmation",
        (('            "to": address,\n', '            "to": "colleague@example.org",\n'),),
        "confirmed once",
    ),
    Plant(
        "writes over what is there",
        "create_ticket",
        (
            (
                "for name, value in inherited(chat).items() if value and not known.get(name)}",
                "for name, value in inherited(chat).items() if value}",
            ),
        ),
        "nothing typed overwritten",
    ),
    Plant(
        "what it joins is new again",
        "create_ticket",
        (
            (
                '        stage = stage or str(settings["stage_moves"].get(stage_of(ticket)[1]) or "")\n',
                '        stage = "1"\n',
            ),
        ),
        "nothing typed overwritten",
    ),
    Plant(
        "a ticket for everybody",
        "triage_chat",
        (('        "resolution": verdict.resolution,', '        "resolution": "unresolved",'),),
        "resolved changes nothing",
    ),
    Plant(
        "closes what it joins",
        "create_ticket",
        (
            (
                "    lines = lines_with(ticket, chat)\n    if lines !=",
                '    lines = lines_with(ticket, chat)\n    changes["hs_pipeline_stage"] = "4"\n    if lines !=',
            ),
        ),
        "hands off",
    ),
    Plant(
        "makes a contact",
        "dedup_check",
        (
            (
                "    hubspot = HubSpot(",
                '    HubSpot(secret("dedup_check", "CHAT_HANDOFF_TOKEN")).attempt(\n'
                '        "POST", "/crm/objects/2026-09/contacts", None, {"properties": {}}\n'
                "    )\n"
                "    hubspot = HubSpot(",
            ),
        ),
        "documented scopes",
    ),
    Plant(
        "waits for better weather",
        "create_ticket",
        (
            ("HUBSPOT_WAITS = (1.0, 2.0, 4.0)", "HUBSPOT_WAITS = (9.0, 9.0, 9.0)"),
            (
                "            if wait is None or not repeatable or pause + 1.0 > self.left():\n",
                "            if wait is None:\n",
            ),
            ("            if self.left() < 1.0:\n", "            if False:\n"),
        ),
        "within bounds",
    ),
)
