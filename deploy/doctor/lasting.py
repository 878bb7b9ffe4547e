"""How long is kept what we stand on: API versions, runtimes?"""

import shlex
from collections.abc import Iterator
from datetime import date
from typing import Any

from deploy.desired import CUSTOM_CODE
from deploy.doctor.exam import Exam
from deploy.doctor.line import Line, by_hand, look, ready
from deploy.ends import APIS, AT_ONCE, RUNTIMES, SOON, End, days_left, told

OWN_API = ("v3", "2026-09")
"""What deploy itself asks beside workflows: the account's details, and everything else."""


def ends(exam: Exam) -> Iterator[Line]:
    """How long what we stand on is kept."""
    versions: dict[str, list[str]] = {exam.portal.flows_api: ["deploy (workflows)"]}
    for version in OWN_API:
        versions.setdefault(version, []).append("deploy")
    for name in exam.actions:
        version = exam.setting(name, "api_version")
        if version:
            versions.setdefault(version, []).append(name)
    for version, users in versions.items():
        if version in APIS:
            remedy = "flows_api = 2026-09-beta in the portal's file" if version == "v4" else ""
            yield _end(APIS[version], users, exam.on, remedy)
        else:
            yield look(f"API {version} ({', '.join(users)}): when it ends is not known.", guessed=True)
    runtimes: dict[str, list[str]] = {}
    for name, action in exam.actions.items():
        declared = action.contract.runtimes[0] if action.contract and action.contract.runtimes else ""
        runtimes.setdefault(exam.portal.runtime or declared, []).append(name)
    for runtime, users in runtimes.items():
        if runtime in RUNTIMES:
            yield _end(RUNTIMES[runtime], users, exam.on, "runtime in the portal's file, once HubSpot offers another")


def _end(end: End, users: list[str], on: date, remedy: str) -> Line:
    left, what = days_left(end, on), f"{told(end, on)}. Used by {', '.join(users)}."
    facts: dict[str, Any] = {"ends": end.day.isoformat(), "days": left}
    if left > SOON:
        return ready(what, **facts)
    return look(what, remedy, **facts) if left > AT_ONCE else by_hand(what, remedy or "See the changelog.", **facts)


def others_code(exam: Exam) -> Iterator[Line]:
    """Custom code of the account that is not ours and stands on a runtime near its end."""
    ours = {workflow.id for workflow in exam.portal.workflows.values()}
    found: dict[str, int] = {}
    for flow in exam.readings.flows_whole().values():
        for raw in flow.get("actions") or []:
            if raw.get("type") == CUSTOM_CODE and str(flow["id"]) not in ours:
                found[str(raw.get("runtime"))] = found.get(str(raw.get("runtime")), 0) + 1
    for name, why in exam.readings.remote.odd.items():
        yield look(f"{name}, was passed over: {why}.", "It is not ours to mend: HubSpot answered otherwise than usual.")
    for runtime, number in found.items():
        end = RUNTIMES.get(runtime)
        if end and days_left(end, exam.on) <= SOON:
            command = f"python -m deploy inventory --portal {shlex.quote(exam.portal.name)}"
            yield look(f"{number} custom-code actions that are not ours: {told(end, exam.on)}.", command)
