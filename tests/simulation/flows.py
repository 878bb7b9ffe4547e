"""All our flows, live, in the portal of the weeks; each can be off for a while."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from contract.action import Action
from contract.flow import Flow
from harness.portal import Portal
from harness.runtime.runs import Runtime
from harness.workflow import BesideOthers, Workflow
from tests.simulation.events import Account
from tests.simulation.stage import ROOT, Stage

FOLDER = ROOT / "deploy/workflows"
EMAIL_ID = "77"
CATEGORY = '{"hs_ticket_category": "GENERAL_INQUIRY"}'
MOVES = '{"2": "3"}'  # HubSpot's Support Pipeline: from Waiting on contact to Waiting on us (documented)
Watcher = Callable[[str, str, set[str]], object]


class Switch:
    """Lets a flow see the portal's changes, or keeps them back while it is off."""

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher
        self._off = False
        self._missed: list[tuple[str, str, set[str]]] = []

    def __call__(self, type_id: str, record_id: str, changed: set[str]) -> None:
        if self._off:
            self._missed.append((type_id, record_id, changed))
        else:
            self._watcher(type_id, record_id, changed)

    def off(self) -> None:
        """Nobody is enrolled from now on. Who is inside goes on (guessed)."""
        self._off = True

    def on(self) -> None:
        """On again, with HubSpot's offer to enrol the records that meet the criteria by now taken."""
        self._off, missed = False, self._missed
        self._missed = []
        for change in missed:
            self._watcher(*change)


def flows_of(account: Account, stage: Stage, actions: Mapping[str, Path]) -> dict[str, Flow]:
    """Every flow as an operator would leave it after going live. `actions`: files that take the place of ours."""
    served = [stage.inboxes[inbox.name] for inbox in account.inboxes if inbox.served]
    desks = [stage.inboxes[inbox.name] for inbox in account.inboxes if inbox.type == "HELP_DESK"]
    live = {"mode": "live", "inboxes": ",".join(served)}
    clock = {"zone": account.zone} | ({"business_hours": account.opening} if account.opening else {})
    mail = {"email_id": EMAIL_ID, "allow_new_contact": "true"} if account.single_send else {}
    wanted = {
        "create_ticket": {
            "help_desk_inboxes": ",".join(desks),
            "extra_properties": CATEGORY,
            "stage_moves": MOVES,
        },
        "stamp_chat_closed_at": clock,
        "send_confirmation": mail,
    }
    flows = {}
    for file in sorted(FOLDER.glob("*.json")):
        flow = Flow.read(file)
        names = {action.source_file.stem for action in flow.actions.values() if action.source_file is not None}
        if names:
            given = {name: inputs for name, inputs in wanted.items() if name in names and inputs}
            flow = flow.with_inputs({"*": live, **given})
        flows[file.stem] = _with_files(flow, actions)
    return flows


def switch_on(
    flows: Mapping[str, Flow], portal: Portal, seats: Callable[[str], Runtime | BesideOthers]
) -> tuple[dict[str, Workflow], dict[str, Switch]]:
    """Each flow, watching; and its switch."""
    secrets = {"CHAT_HANDOFF_TOKEN": portal.token(*scopes(flows))}
    workflows, switches = {}, {}
    for name, flow in flows.items():
        before = len(portal.world.watchers)
        workflow = Workflow(flow, portal=portal, runtime=seats(name), secrets=secrets).watches()
        watchers = portal.world.watchers[before:]
        del portal.world.watchers[before:]
        switches[name] = Switch(partial(_each, watchers))
        portal.watch(switches[name])
        workflows[name] = workflow
    return workflows, switches


def scopes(flows: Mapping[str, Flow]) -> list[str]:
    """What the action files declare, and no more."""
    files = {action.source_file for flow in flows.values() for action in flow.actions.values()} - {None}
    contracts = [Action.read(file).contract for file in files if file is not None]
    return sorted({scope for contract in contracts if contract is not None for scope in contract.scopes})


def _each(watchers: list[Watcher], type_id: str, record_id: str, changed: set[str]) -> None:
    for watcher in watchers:
        watcher(type_id, record_id, changed)


def _with_files(flow: Flow, actions: Mapping[str, Path]) -> Flow:
    definition = {**flow.definition, "actions": [dict(raw) for raw in flow.definition["actions"]]}
    for raw in definition["actions"]:
        named = Path(raw.get("sourceFile", "")).stem
        if named in actions:
            raw["sourceFile"] = str(actions[named].resolve())
    return Flow.parse(definition, flow.path)
