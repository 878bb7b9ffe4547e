"""In which order is an account examined? In that in which a person clicks; each check by itself.

A check that is refused, or answered in a way nobody documents, says so in a line of its own, and the others go on.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from deploy.doctor import account, inboxes, keys, lasting, secret_names, stages, telling, tickets, workflows
from deploy.doctor.exam import Exam
from deploy.doctor.line import Line, failed
from deploy.refusals import Refused, RemoteRefused, Unreachable

Check = Callable[[Exam], Iterator[Line]]

CHECKS: tuple[tuple[str, Check], ...] = (
    ("Account", account.account),
    ("Account", account.tier),
    ("Portal file", account.portal_file),
    ("Service keys", keys.needed),
    ("Service keys", keys.deploy_key),
    ("Service keys", keys.runtime_key),
    ("Properties", tickets.properties),
    ("Inboxes", inboxes.inboxes),
    ("Pipelines and stages", stages.stages),
    ("Owners", tickets.owners),
    ("Rules", tickets.rules),
    ("SLA", tickets.sla),
    ("Secrets", secret_names.secrets),
    ("E-mail", telling.emails),
    ("Workflows", workflows.road),
    ("Workflows", workflows.in_step),
    ("Link", telling.link),
    ("Ends", lasting.ends),
    ("Ends", lasting.others_code),
)
WITHOUT_ACCOUNT = (account.portal_file, keys.needed, keys.runtime_key, lasting.ends)
"""What can be said when the account cannot be asked: what a person needs in order to make the keys."""
ONLY_WITHOUT = (keys.needed,)


@dataclass(frozen=True, slots=True)
class Finding:
    """A line, and which check it is of."""

    check: str
    line: Line


def examine(exam: Exam, *, reachable: bool = True) -> Iterator[Finding]:
    """Every check's lines."""
    for title, check in CHECKS:
        if check not in ONLY_WITHOUT if reachable else check in WITHOUT_ACCOUNT:
            exam.tell(f"{title} ({exam.readings.remote.calls} calls)")
            for line in _asked(exam, check):
                yield Finding(title, line)


def _asked(exam: Exam, check: Check) -> Iterator[Line]:
    try:
        yield from check(exam)
    except Refused as refused:
        yield failed(f"{refused.where}: {refused.found}.", _remedy(refused))
    except (LookupError, TypeError, ValueError, AttributeError) as problem:
        what = f"HubSpot answered otherwise than it documents ({type(problem).__name__}: {str(problem)[:60]})."
        yield failed(what, "Run it again; if it stays, look whether a newer version of this project knows it.")


def _remedy(refused: Refused) -> str:
    """What is told elsewhere about a trouble of HubSpot's is about writing, or sends people here."""
    trouble = isinstance(refused, RemoteRefused) and refused.status not in (401, 403, 429)
    return "Run it again later." if trouble or isinstance(refused, Unreachable) else refused.remedy
