"""Who and what an account has before anything happens: inboxes, people, bots, pipelines, properties."""

from collections.abc import Iterable, Sequence
from typing import Any

from harness.portal.conversations.state import AGENT, BOT, LLM, Actor, Inbox
from harness.portal.objects.types import find
from harness.portal.properties import making
from harness.portal.rules.forms import refused
from harness.portal.rules.state import Conditional, Form
from harness.portal.world import World


class Settings:
    """Verbs that set an account up."""

    world: World

    def has_inbox(self, name: str = "Support", type: str = "INBOX", makes_tickets: bool | None = None) -> str:
        """An inbox, or with HELP_DESK the help desk, which makes a ticket of every conversation by itself."""
        with self.world.act():
            inboxes = self.world.conversations.inboxes
            makes = type == "HELP_DESK" if makes_tickets is None else makes_tickets
            inbox = Inbox(str(1_200_001 + len(inboxes)), name, type, self.world.clock.millis(), makes)
            inboxes[inbox.id] = inbox
            self.world.conversations.channel_account(inbox, "1000")
        return inbox.id

    def has_agent(self, name: str) -> str:
        """A person who answers chats and owns records; returns the actor id, A-<userId>."""
        with self.world.act():
            owner = self.world.owners.add(name, self.world.clock.millis())
            return self._has_actor(Actor(f"A-{owner.user_id}", AGENT, name, owner.email))

    def has_bot(self, name: str) -> str:
        """A chatbot."""
        return self._has_actor(Actor(f"B-{310_001 + len(self.world.conversations.actors)}", BOT, name))

    def has_llm(self, name: str) -> str:
        """An AI agent."""
        return self._has_actor(Actor(f"L-{410_001 + len(self.world.conversations.actors)}", LLM, name))

    def has_queue(self, name: str) -> str:
        """A queue that can own tickets; returns its owner id."""
        return self.world.owners.add(name, self.world.clock.millis(), kind="QUEUE").id

    def owner_of(self, agent: str) -> str:
        """The owner id of an agent, given its actor id."""
        owner = self.world.owners.by_user(agent.removeprefix("A-"))
        if owner is None:
            raise LookupError(f"Portal.owner_of: expected an agent's actor id, found {agent}.")
        return owner.id

    def deactivates(self, agent: str) -> None:
        """An agent leaves the company."""
        owner = self.world.owners.get(self.owner_of(agent))
        if owner:
            owner.archived = True

    def has_pipeline(self, label: str, stages: Sequence[tuple[str, str]]) -> str:
        """A ticket pipeline with stages (label, OPEN or CLOSED or ""); returns its id."""
        with self.world.act():
            return self.world.pipelines.add(label, list(stages), self.world.clock.millis()).id

    def stages(self, pipeline: str = "0") -> dict[str, str]:
        """A pipeline's stage ids by label."""
        return {stage.label: stage.id for stage in self.world.pipelines.tickets[pipeline].stages}

    def provision(self, properties: Iterable[dict[str, Any]], object_type: str = "tickets") -> None:
        """Property definitions, as if made in the settings."""
        with self.world.act():
            type = find(object_type)
            for body in properties:
                making.create(self.world, type, {"groupName": "ticketinformation", **body})

    def requires(self, object_type: str, *names: str) -> None:
        """The account's create form requires these properties; the dated API enforces it (documented)."""
        self.world.rules.required[find(object_type).id] = names

    def conditionally_requires(self, object_type: str, name: str, value: str, *required: str) -> None:
        """Where one property has this value, these others must have one; the dated API enforces it (documented)."""
        self.world.rules.conditional.append(Conditional(find(object_type).id, name, value, required))

    def stage_not_for_creation(self, stage: str, pipeline: str = "0") -> None:
        """No ticket can be created in this stage; the dated API enforces it (documented)."""
        self.world.rules.closed_stages.add((pipeline, stage))

    def demands(self, object_type: str, name: str, rule_type: str, *arguments: str) -> None:
        """A validation rule on a property's values; the dated API enforces it (documented)."""
        if wrong := refused(rule_type, arguments):
            raise ValueError(f"Portal.demands: {wrong}.")
        key = (find(object_type).id, name)
        self.world.rules.forms.setdefault(key, {})[rule_type] = Form(rule_type, arguments)

    def _has_actor(self, actor: Actor) -> str:
        self.world.conversations.actors[actor.id] = actor
        return actor.id
