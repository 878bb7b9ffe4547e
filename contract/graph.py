"""Does every record find its way through a workflow?"""

from pathlib import Path

from contract.flow_action import FlowAction
from contract.flow_errors import CyclicFlow, DanglingLink, UnreachableAction


def check_graph(file: Path, start: str, actions: dict[str, FlowAction]) -> None:
    """Refuse a graph in which a record could get lost, go round for ever, or never come to an action."""
    if start not in actions:
        raise DanglingLink(file, "startActionId", **_missing(start, actions))
    for action in actions.values():
        for label, target in action.links:
            if target not in actions:
                raise DanglingLink(file, f"action {action.id}, {label}", **_missing(target, actions))
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        id_ = waiting.pop()
        if id_ not in reached:
            reached.add(id_)
            waiting += [target for _, target in actions[id_].links]
    lost = [id_ for id_ in actions if id_ not in reached]
    if lost:
        raise UnreachableAction(
            file,
            f"action {lost[0]}",
            expected=f"a way to it from action {start}",
            found="none",
            remedy="Link to it, or remove it.",
        )
    _check_ways_back(file, actions)


def _missing(target: str, actions: dict[str, FlowAction]) -> dict[str, str]:
    return {
        "expected": f"one of the actions {', '.join(actions)}",
        "found": f"'{target}'",
        "remedy": "Correct the link, or add the action.",
    }


def _check_ways_back(file: Path, actions: dict[str, FlowAction]) -> None:
    """Take away, again and again, the actions that lead nowhere but out; what stays leads back to itself."""
    onward = {
        action.id: {target for label, target in action.links if label not in action.jumps}
        for action in actions.values()
    }
    while ends := [id_ for id_, targets in onward.items() if not targets]:
        for id_ in ends:
            del onward[id_]
        for targets in onward.values():
            targets.difference_update(ends)
    if onward:
        raise CyclicFlow(
            file,
            f"actions {', '.join(onward)}",
            expected="only ways onward",
            found="a way back",
            remedy='HubSpot marks a wanted one with "edgeType": "GOTO".',
        )
