"""Which account is it, is the token for it, and what did its owner buy?"""

from collections.abc import Iterator

from deploy import menus
from deploy.desired import CUSTOM_CODE
from deploy.doctor.exam import Exam
from deploy.doctor.line import Line, by_hand, look, ready
from deploy.refusals import Refused

PACK = 1_000_000
TIERS = {250_000: "Free or Starter", 650_000: "Professional", 1_000_000: "Enterprise"}
"""Calls a day of private apps and service keys (documented: HubSpot's changelog)."""
LOWEST = "Free or Starter"


def account(exam: Exam) -> Iterator[Line]:
    """The token opens this very account, and the file says what kind it is and where it opens."""
    said, portal = exam.account, exam.portal
    kind, domain = str(said.get("accountType")), str(said.get("uiDomain"))
    yield ready(
        f"The token in {portal.token_variable} opens portal {portal.portal_id} ({kind}, {domain}).",
        portal_id=portal.portal_id,
        account_type=kind,
        ui_domain=domain,
        time_zone=said.get("timeZone"),
    )
    if kind == "STANDARD" and portal.kind != "production":
        yield by_hand("It is a production account.", f'Write kind = "production" in {portal.where}.')
    if domain != portal.ui_host:
        yield by_hand(
            f"It opens on {domain}, and the file says {portal.ui_host}.",
            f'Write ui_host = "{domain}" in {portal.where}.',
        )


def portal_file(exam: Exam) -> Iterator[Line]:
    """The settings can be read."""
    if exam.misfit is None:
        yield ready(f"{exam.portal.where} can be read, and every input in it is understood.")
    else:
        where, no = exam.misfit.where, exam.misfit
        yield by_hand(f"{where}: expected {no.expected}, found {no.found}.", no.remedy)


def tier(exam: Exam) -> Iterator[Line]:
    """What the daily limit tells of the subscription."""
    limit = exam.readings.daily_limit()
    name = TIERS.get(limit) or TIERS.get(limit - PACK) or "a subscription that is not known here"
    pack = ", with the limit pack" if limit not in TIERS and limit - PACK in TIERS else ""
    facts = {"daily_limit": limit, "tier": name}
    if name == LOWEST:
        what = f"{limit:,} calls a day: {name}. Custom code needs Data Hub Professional or Enterprise."
        yield by_hand(what, f"See what is subscribed: {menus.ACCOUNT}.", guessed=True, **facts)
    elif _has_code(exam):
        yield ready(f"{limit:,} calls a day: {name}{pack}. Workflows with custom code are there.", **facts)
    else:
        what = f"{limit:,} calls a day: {name}{pack}. Whether Data Hub, which custom code needs, is in it is not told."
        yield look(what, f"See what is subscribed: {menus.ACCOUNT}.", guessed=True, **facts)


def _has_code(exam: Exam) -> bool:
    try:
        flows = exam.readings.flows_whole().values()
    except Refused:
        return False
    return any(raw.get("type") == CUSTOM_CODE for flow in flows for raw in flow.get("actions") or [])
