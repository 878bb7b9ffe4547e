"""Which secrets are to be made in HubSpot, and ticked on each action? Their values no API reads."""

from collections.abc import Iterator

from deploy import menus
from deploy.doctor.exam import Exam
from deploy.doctor.line import Line, by_hand, ready


def secrets(exam: Exam) -> Iterator[Line]:
    """To create and tick. A workflow that HubSpot has stored names only secrets that exist (seen by others)."""
    wanted = {
        secret: [name for name, action in exam.actions.items() if action.contract and secret in action.contract.secrets]
        for each in exam.actions.values()
        for secret in (each.contract.secrets if each.contract else ())
    }
    named: dict[str, str] = {}
    for flow in exam.readings.flows_whole().values():
        for raw in flow.get("actions") or []:
            names = raw.get("secretNames")
            for secret in names if isinstance(names, list) else []:
                named.setdefault(str(secret), f"action {raw.get('actionId')} of {flow.get('name')} ({flow['id']})")
    for secret, actions in wanted.items():
        if secret in named:
            yield ready(f"The secret {secret} is there: {named[secret]} names it.", secret=secret)
        else:
            yield by_hand(
                f"No workflow names the secret {secret}, and no API tells whether it is there.",
                f"Make it in {menus.SECRETS}, its value being the runtime key's token; tick it in each action.",
                f"Actions: {', '.join(actions)}.",
                guessed=True,
                secret=secret,
            )
