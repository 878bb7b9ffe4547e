"""One ticket of a story: who makes it when, what joins it, when it is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.report.oracle.stage import CANARY, HOUR, OBJECTS, Stage, iso

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.report.oracle.scene import Scene

TO_CONTACT, TO_CHAT = 16, 32
LINK = "https://app.hubspot.com/live-messages/{portal}/inbox/{thread}"


class Ticket:
    """A ticket, made at a planned moment."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.pipeline = stage.pick(stage.pipelines)
        self.id = ""

    def created(
        self, at: int, scene: Scene, closes: Iterable[int], *, without: str = "", shut: bool = False, number: int = 1
    ) -> Ticket:
        """The workflow makes it of a chat; `without` names what of key, line, link and lock it lacks."""
        self.stage.at(at, lambda: self._create(scene, list(closes), without, shut, number))
        return self

    def by_rep(self, at: int, scene: Scene, *, named: bool, shut: bool = False) -> Ticket:
        """A rep makes it in the inbox, which names the chat in a property, or in another app, which only links."""

        def make() -> None:
            portal, place = self.stage.portal, self._place(shut)
            self.id = portal.has_ticket(
                f"Question {CANARY}",
                contact=scene.contact,
                thread=scene.chat,
                by_rep=named,
                hs_pipeline=place["hs_pipeline"],
                hs_pipeline_stage=place["hs_pipeline_stage"],
            )

        self.stage.at(at, make)
        return self

    def unlinked(self, at: int, contact: str) -> Ticket:
        """A rep makes it for a person, of no chat."""

        def make() -> None:
            stage = self.stage.pipelines[self.pipeline][0]
            self.id = self.stage.portal.has_ticket(
                f"Call {CANARY}", contact=contact, hs_pipeline=self.pipeline, hs_pipeline_stage=stage
            )

        self.stage.at(at, make)
        return self

    def of_help_desk(self, at: int, scene: Scene) -> Ticket:
        """HubSpot made it with the chat; known from this moment on."""
        self.pipeline = "0"

        def find() -> None:
            self.id = self.stage.portal.associations("conversations", scene.chat.record_id, "tickets")[0]

        self.stage.at(at, find)
        return self

    def joined(self, at: int, scene: Scene, closes: Iterable[int], *, linked: bool = True, opens: bool = False) -> None:
        """The workflow lists a chat's closes on it, links the two and, where it was closed, opens it again."""
        moments = list(closes)

        def join() -> None:
            record = self.stage.portal.record("tickets", self.id)
            assert record is not None
            before = record.properties.get("chat_threads", "")
            changes = {"chat_threads": "\n".join(filter(None, [before, *self._lines(scene, moments)]))}
            changes |= self._place(shut=False) if opens else {}
            self.stage.call("PATCH", f"{OBJECTS}/tickets/{self.id}", {"properties": changes})
            if linked:
                kind = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": TO_CHAT}]
                path = f"{OBJECTS}/tickets/{self.id}/associations/conversations/{scene.id}"
                self.stage.call("PUT", path, kind)

        self.stage.at(at, join)

    def shuts(self, at: int) -> None:
        """A rep closes it."""
        self.stage.at(at, lambda: self.stage.portal.move_ticket(self.id, self.stage.pipelines[self.pipeline][1]))

    def opens(self, at: int) -> None:
        """A rep opens it again."""
        self.stage.at(at, lambda: self.stage.portal.move_ticket(self.id, self.stage.pipelines[self.pipeline][0]))

    def _place(self, shut: bool) -> dict[str, str]:
        stage = self.stage.pipelines[self.pipeline][shut]
        return {"hs_pipeline": self.pipeline, "hs_pipeline_stage": stage}

    def _lines(self, scene: Scene, closes: list[int]) -> list[str]:
        link = LINK.format(portal=self.stage.portal.portal_id, thread=scene.id)
        return [f"{scene.id} · closed {iso(close)} · {link}" for close in closes]

    def _create(self, scene: Scene, closes: list[int], without: str, shut: bool, number: int) -> None:
        values: dict[str, Any] = {
            "subject": f"Unresolved chat {CANARY}",
            "content": f"Visitor: {CANARY}",
            "source_type": "CHAT",
            **self._place(shut),
            "chat_channel": scene.channel,
            "chat_inbox": scene.inbox,
            "chat_agent": scene.agent[2:],
            "chat_started_at": iso(scene.begins),
            "chat_closed_at": iso(closes[-1]),
            "chat_first_closed_at": iso(closes[0]),
            "chat_sla_due_at": iso(closes[-1] + 8 * HOUR),
            "conversation_link": LINK.format(portal=self.stage.portal.portal_id, thread=scene.id),
        }
        if "key" not in without:
            values["chat_thread_id"] = scene.id if number == 1 else f"{scene.id}#{number}"
        if "line" not in without:
            values["chat_threads"] = "\n".join(self._lines(scene, closes))
        if scene.contact and "lock" not in without:
            values["chat_open_key"] = f"contact:{scene.contact}"
        ends = [] if "link" in without else [(scene.id, TO_CHAT)]
        ends += [(scene.contact, TO_CONTACT)] if scene.contact else []
        links = [
            {"to": {"id": id}, "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": kind}]}
            for id, kind in ends
        ]
        body = {"properties": values, "associations": links}
        self.id = self.stage.call("POST", f"{OBJECTS}/tickets", body)["id"]
