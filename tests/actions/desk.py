"""A help desk for one test: a local portal with our properties, and the five action files run in it one by one."""

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from contract.action import Action, Contract
from harness import Outcome, Portal, Runtime
from harness.portal import Chat, Request, Response

ROOT = Path(__file__).parents[2]
ACTIONS = ROOT / "actions"
PROPERTIES = tomllib.loads((ROOT / "deploy" / "properties.toml").read_text(encoding="utf-8"))["tickets"]


Done = dict[str, Mapping[str, Any]]  # the outputs of the actions that ran, by name


class Switchboard:
    """Leads the one runtime of the test session to the portal of the test that runs."""

    portal: Portal
    _meanwhile: tuple[int, Callable[[], object]] = (0, list)

    def answer(self, request: Request) -> Response:
        calls, act = self._meanwhile
        self._meanwhile = (calls - 1, act)
        if calls == 1:
            act()
        return self.portal.answer(request)

    def meanwhile(self, call: int, act: Callable[[], object]) -> None:
        """Let something happen just before the so-manieth API call from now: another run, a rep, the visitor."""
        self._meanwhile = (call, act)


class Desk:
    """A portal with an inbox, an agent and a contact, and the inputs that its workflow would hand over."""

    def __init__(self, runtime: Runtime, switchboard: Switchboard, *, provisioned: bool = True) -> None:
        self.runtime, self.switchboard = runtime, switchboard
        self.portal = switchboard.portal = Portal()
        switchboard.meanwhile(0, list)
        if provisioned:
            self.portal.provision(PROPERTIES)
        self.inbox = self.portal.has_inbox("Support")
        self.agent = self.portal.has_agent("agent-3")
        self.contact = self.portal.has_contact("visitor-12@example.org", firstname="Visitor", lastname="Twelve")
        self.token = self.portal.token()
        self.mode = "live"
        self.settings: dict[str, str] = {}

    def has_chat(self, *said: str, **more: Any) -> Chat:
        """A chat of the contact; a line `agent: …` is the agent's, `llm: …` the AI's, any other the visitor's."""
        chat = self.portal.has_chat(**{"inbox": self.inbox, "contact": self.contact, **more})
        for line in said:
            self.portal.clock.advance(30)
            who, _, words = line.partition(": ")
            if who == "agent":
                chat.agent(words, by=self.agent)
            elif who == "llm":
                chat.llm(words)
            else:
                chat.says(line)
        return chat

    def has_unresolved_chat(self, **more: Any) -> Chat:
        """The plain case: asked, promised, closed; a minute has passed since."""
        said = (
            "My invoice shows the wrong address, can you change it?",
            "agent: I will ask billing and get back to you.",
        )
        chat = self.has_chat(*said, **more)
        self.portal.clock.advance(60)
        chat.closes(by=self.agent)
        self.portal.clock.advance(60)
        return chat

    def run(self, action: str, record: Any = 1, /, **inputs: Any) -> Outcome:
        """One action, as the workflow would run it."""
        event = {
            "origin": {"portalId": self.portal.portal_id, "actionDefinitionId": 1},
            "object": {"objectType": "CONVERSATION", "objectId": int(record)},
            "inputFields": {name: value for name, value in inputs.items() if value is not None},
            "callbackId": "ap-1-2-3-4",
        }
        secrets = {"CHAT_HANDOFF_TOKEN": self.token}
        return self.runtime.run(ACTIONS / f"{action}.py", event, secrets=secrets, now=self.portal.clock.now())

    def advised(self, chat: Chat) -> Done:
        """The outputs of the two actions that only read."""
        done: Done = {}
        for action in ("triage_chat", "dedup_check"):
            done[action] = self.outputs(action, **self.inputs_for(action, chat, done))
        return done

    def make(self, chat: Chat, done: Done, /, **more: Any) -> Mapping[str, Any]:
        """create_ticket on a chat that was judged and checked."""
        return self.outputs("create_ticket", **{**self.inputs_for("create_ticket", chat, done), **more})

    def run_event(self, action: str, event: dict[str, Any]) -> Outcome:
        """One action with an event of the test's own making."""
        return self.runtime.run(
            ACTIONS / f"{action}.py", event, secrets={"CHAT_HANDOFF_TOKEN": self.token}, now=self.portal.clock.now()
        )

    def contract(self, action: str) -> Contract:
        """What the action declares."""
        contract = Action.read(ACTIONS / f"{action}.py").contract
        assert contract is not None
        return contract

    def without_properties(self) -> "Desk":
        """The same desk in a portal where nobody provisioned our properties."""
        return Desk(self.runtime, self.switchboard, provisioned=False)

    def outputs(self, action: str, /, **inputs: Any) -> Mapping[str, Any]:
        """The outputs of a run that has to succeed without an objection of ours."""
        outcome = self.run(action, **inputs)
        assert (outcome.status, outcome.problems) == ("succeeded", ()), outcome
        assert outcome.output_fields is not None
        return outcome.output_fields

    def inputs_for(self, action: str, chat: Chat, before: Done) -> dict[str, Any]:
        """What the conversation workflow hands to this action, given the outputs of the ones before it."""
        triage, dedup, create = (before.get(name, {}) for name in ("triage_chat", "dedup_check", "create_ticket"))

        def out_of(outputs: Mapping[str, Any], *names: str) -> dict[str, Any]:
            return {name: as_input(outputs.get(name)) for name in names}

        mode = {"mode": self.mode}
        inputs: dict[str, dict[str, Any]] = {
            "triage_chat": {"thread_id": chat.id, "inboxes": self.inbox},
            "dedup_check": out_of(triage, "thread_id", "contact_id", "visitor_email", "inbox_id", "started_at"),
            "create_ticket": {
                **mode,
                "inboxes": self.inbox,
                "thread_id": chat.id,
                "candidate_id": dedup.get("ticket_id"),
                "dedup_verdict": dedup.get("verdict"),
                "contact_id": dedup.get("contact_id"),
                **out_of(
                    triage,
                    "visitor_email",
                    "explanation",
                    "marker",
                    "agent_id",
                    "started_at",
                    "closed_at",
                    "earlier_closes",
                ),
            },
            "stamp_chat_closed_at": {
                **mode,
                **out_of(triage, "language"),
                **out_of(create, "ticket_id", "closed_at", "earlier_closes", "dry_run"),
            },
            "send_confirmation": {
                **mode,
                "route_email_id": create.get("email_id"),
                **out_of(triage, "visitor_email"),
                **out_of(create, "ticket_id", "contact_id", "closed_at", "dry_run"),
            },
        }
        return inputs[action]

    def serve(self, chat: Chat) -> Done:
        """The whole chain on one chat; the outputs of each action by its name."""
        done: Done = {}
        for action in CHAIN:
            done[action] = self.outputs(action, **{**self.inputs_for(action, chat, done), **self.declared(action)})
            if action == "triage_chat" and done[action]["resolution"] != "unresolved":
                break
        return done

    def declared(self, action: str) -> dict[str, str]:
        """Those of the test's settings that this action takes."""
        return {name.partition(".")[2]: value for name, value in self.settings.items() if name.startswith(action + ".")}

    def ticket(self, ticket_id: str) -> dict[str, str]:
        """A ticket's properties as the portal keeps them."""
        record = self.portal.record("tickets", ticket_id)
        assert record is not None
        return record.properties

    def ours(self, ticket_id: str) -> dict[str, str]:
        """Those of a ticket's properties that this project owns."""
        names = {one["name"] for one in PROPERTIES}
        return {name: value for name, value in self.ticket(ticket_id).items() if name in names}


CHAIN = ("triage_chat", "dedup_check", "create_ticket", "stamp_chat_closed_at", "send_confirmation")


def as_input(value: Any) -> str | None:
    """A previous output as HubSpot hands it on: text, or nothing."""
    if value is None or value == "":
        return None
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
