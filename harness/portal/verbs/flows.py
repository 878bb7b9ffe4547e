"""What a person does with workflows and secrets in the account's own screens."""

import copy
from typing import Any

from harness.portal.flows import views, writing
from harness.portal.world import World

CONVERSATION = "0-11"


class Flows:
    """Verbs on workflows."""

    world: World

    def has_flow(self, definition: dict[str, Any]) -> str:
        """A workflow that somebody built in the editor, in HubSpot's own JSON; its secrets are there with it."""
        with self.world.act():
            return writing.create(self.world, copy.deepcopy(definition), by_person=True).id

    def has_secret(self, name: str) -> None:
        """A secret that custom code may name; its value is kept nowhere."""
        with self.world.act():
            self.world.flows.secrets.add(name)

    def flow(self, id: str) -> dict[str, Any] | None:
        """A workflow as GET shows it; None when there is none."""
        with self.world.act():
            flow = self.world.flows.get(id)
            return copy.deepcopy(views.whole(flow, self.world.clock.millis())) if flow else None

    def hides_conversation_flows(self, also_by_id: bool = False) -> None:
        """An account whose API does not list workflows of conversations; nobody outside HubSpot knows which do.

        With `also_by_id` the API does not know them at all: read, replace and create are refused too.
        """
        self.world.flows.unlisted.add(CONVERSATION)
        if also_by_id:
            self.world.flows.unreachable.add(CONVERSATION)
