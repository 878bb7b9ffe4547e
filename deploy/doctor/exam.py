"""What does every check know? The portal's file with what it sets, the account, and what was read of it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

from contract.action import Action
from contract.flow import EVERY_ACTION, Flow
from deploy.portal_file import PortalFile, workflow_files
from deploy.readings import Readings
from deploy.refusals import Refused
from deploy.static_values import static_values

DEFAULT_ROUTE = {"pipeline": "0", "stage": "1"}  # what create_ticket does where no route fits


@dataclass
class Exam:
    """One account under examination."""

    portal: PortalFile
    readings: Readings
    account: dict[str, Any]
    on: date
    days: int = 30
    budget: int = 200
    tell: Callable[[str], object] = lambda _: None
    values: dict[str, dict[str, str]] = field(default_factory=dict)  # action to input to text
    misfit: Refused | None = None  # what is wrong with the portal's file

    def __post_init__(self) -> None:
        """Settings that cannot be read count as not made; that is said once."""
        try:
            self.values = static_values(self.portal)
        except Refused as refused:
            self.misfit = refused

    @property
    def since(self) -> str:
        """The beginning of the days that are counted."""
        return (datetime.now(UTC) - timedelta(days=self.days)).strftime("%Y-%m-%dT%H:%M:%SZ")

    @cached_property
    def actions(self) -> dict[str, Action]:
        """Every action of the workflows that the portal's file names, by its name."""
        flows = [Flow.read(workflow_files()[name]) for name in self.portal.workflows]
        files = [
            flow.path.parent / raw["sourceFile"]
            for flow in flows
            for raw in flow.definition["actions"]
            if raw.get("sourceFile")
        ]
        return {file.stem: Action.read(file) for file in dict.fromkeys(files)}

    def setting(self, action: str, name: str) -> str:
        """What an input of an action is: set for it, set for all, its default, or ""."""
        for table in (self.values.get(action, {}), self.values.get(EVERY_ACTION, {})):
            if name in table:
                return table[name]
        found = self.actions.get(action)
        declared = {given.name: given.default for given in found.contract.inputs} if found and found.contract else {}
        value = declared.get(name)
        return "" if value is None else str(value)

    def names(self, action: str, name: str) -> list[str]:
        """An input that is a list of words."""
        return [word.strip() for word in self.setting(action, name).split(",") if word.strip()]

    def table(self, action: str, name: str) -> dict[str, Any]:
        """An input that is a JSON object."""
        found = json.loads(self.setting(action, name) or "{}")
        return found if isinstance(found, dict) else {}

    def routes(self) -> list[dict[str, str]]:
        """The routes as create_ticket reads them, each with pipeline and stage; texts in lower case where compared."""
        found = json.loads(self.setting("create_ticket", "routes") or "[]")
        return [DEFAULT_ROUTE | {name: str(value) for name, value in route.items()} for route in found]
