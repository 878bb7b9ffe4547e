"""What can be typed after `python -m deploy`?"""

from collections.abc import Callable

from deploy import shipping, surveying
from deploy.apply import NotAsSent
from deploy.command_line import Door
from deploy.doctor.command import doctor
from deploy.export.command import export
from deploy.pasting import verify_paste
from deploy.pull.command import pull

COMMANDS: tuple[Callable[..., None], ...] = (
    doctor,
    surveying.provision,
    shipping.check_inputs,
    shipping.plan,
    shipping.apply,
    shipping.drift,
    shipping.rollback,
    pull,
    shipping.history,
    export,
    verify_paste,
    surveying.inventory,
)
HELP = "Put workflows and their code into HubSpot, calmly: plan, apply, drift, rollback."


def main(arguments: list[str] | None = None) -> int:
    """Take the command line; 0 nothing to do or done, 1 refused or failed, 2 there is a difference."""
    return Door("deploy", HELP, COMMANDS, (NotAsSent,)).main(arguments)
