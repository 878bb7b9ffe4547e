"""Which of HubSpot's own actions are walked here? By id; any other is refused by name.

Documented: the ids (HubSpot's action reference). Left out, as seen in others' flows: 0-2 (another wait),
0-9's siblings for chat apps, 0-11 (owners in turn), 0-15 (another workflow), 0-23 (e-mail to given addresses),
0-25 (copying an owner), lists, subscriptions, deletion and the apps' own actions.
"""

from collections.abc import Mapping

from harness.workflow.awaiting import WAIT, WaitForEvent
from harness.workflow.creating import CreateAssociation, CreateRecord
from harness.workflow.delays import Delay, DelayUntil
from harness.workflow.mailing import SendEmail
from harness.workflow.setting import SetProperty
from harness.workflow.steps import Step
from harness.workflow.telling import Notice, Task, Webhook

SINGLE_STEPS: Mapping[str, Step] = {
    "0-1": Delay(),
    "0-3": Task(),
    "0-4": SendEmail(),
    "0-5": SetProperty(),
    "0-8": Notice("internal e-mail"),
    "0-9": Notice("notification"),
    "0-14": CreateRecord(),
    WAIT: WaitForEvent(),
    "0-35": DelayUntil(),
    "0-63189541": CreateAssociation(),
}
WEBHOOK = Webhook()
