"""Are our workflows there, may deploy write them, and are they as our files say?"""

import shlex
from collections.abc import Iterator
from typing import Any

from deploy import menus
from deploy.doctor.exam import Exam
from deploy.doctor.line import Line, by_hand, deploy, look, ready
from deploy.ledger import Ledger
from deploy.opening import Opened, planned
from deploy.plan import BY_HAND, IN_STEP

CONVERSATION = "0-11"


def road(exam: Exam) -> Iterator[Line]:
    """Whether the API has workflows of conversations: then ours is managed, else it is pasted by hand."""
    ours = exam.portal.workflows.get("unresolved_chats")
    listed = [flow for flow in exam.readings.flows() if flow.get("objectTypeId") == CONVERSATION]
    if listed:
        yield ready(
            f"The API lists {len(listed)} workflows of conversations: managed, deploy can read and write them.",
            road="managed",
        )
        return
    name = shlex.quote(exam.portal.name)
    if ours is not None and ours.by_hand:
        yield ready("The portal's file says by_hand: the workflow of conversations is pasted.", road="by hand")
    elif ours is None:
        yield look("The API lists no workflow of conversations, and the portal's file names none.", road="unknown")
    elif not ours.id:
        yield by_hand(
            "The API lists no workflow of conversations: there is none, or it does not tell of them.",
            f"Make an empty one in {menus.WORKFLOWS} (conversation-based), write its id under "
            f"[workflows.{ours.name}] in {exam.portal.where}, and run this again.",
            f"Still not listed then: by hand, python -m deploy export --all --portal {name}",
            guessed=True,
            road="unknown",
        )
    elif exam.readings.remote.flow(ours.id) is not None:
        yield ready(f"The API does not list workflow {ours.id}, and knows it by its id: managed.", road="managed")
    else:
        yield by_hand(
            f"The API does not know workflow {ours.id}: by hand. It is pasted into HubSpot's editor.",
            f"python -m deploy export --all --portal {name}, then its checklist.",
            road="by hand",
        )


def in_step(exam: Exam) -> Iterator[Line]:
    """What `plan` says, in a line each."""
    at = Opened(exam.portal, exam.readings.remote, Ledger(exam.portal.name), exam.account)
    made, _ = planned(at)
    command = f"--portal {shlex.quote(exam.portal.name)}"
    for change in made.changes:
        what = f"{change.workflow}{f' (flow {change.flow_id})' if change.flow_id else ''}: {change.kind}."
        facts: dict[str, Any] = {"workflow": change.workflow, "kind": change.kind}
        if change.kind == IN_STEP:
            yield ready(what, **facts)
        elif change.kind == BY_HAND:
            yield look(f"{what} `verify-paste` tells whether what stands in the editor is ours.", **facts)
        elif change.writes:
            yield deploy(what, f"python -m deploy apply {command}", **facts)
        else:
            yield by_hand(what, f"python -m deploy plan {command} shows what a person decides.", **facts)
