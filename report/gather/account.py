"""Which account is it, in which zone, and has it the inboxes that are chosen and our properties?"""

from deploy.refusals import Refused, WrongPortal
from report.asking.pages import pages
from report.asking.refusals import OddAnswer, ScopeMissing
from report.gather.run import Run

INBOXES, OURS = "inboxes", "has_ours"


def read_account(run: Run) -> None:
    """Who this is; a WrongPortal where the key is another account's."""
    run.says("account", 0)
    path = run.path("account", "details")
    details = run.asking.get(path)
    portal = details.get("portalId")
    if not isinstance(portal, int):
        raise OddAnswer(path, expected="a portalId", found="none")
    if portal != run.settings.portal.portal_id:
        raise WrongPortal(
            f"{run.settings.portal.where}, portal_id",
            expected=f"a key of the account {run.settings.portal.portal_id}",
            found=f"one of the account {portal}",
            remedy=f"Export the other account's key in {run.settings.token_variable}, or choose its portal's file.",
        )
    run.portal = portal
    run.zone = run.asking.zone = str(details.get("timeZone") or "UTC")
    run.ui_host = str(details.get("uiDomain") or run.settings.portal.ui_host)
    with run.store.step():
        run.store.set_mark(portal, "zone", run.zone)
        run.store.set_mark(portal, "ui_host", run.ui_host)


def read_surroundings(run: Run) -> None:
    """Whether the chosen inboxes and our properties are there; what was once there is not asked for again."""
    chosen = ",".join(run.settings.inboxes)
    if chosen and run.store.mark(run.portal, INBOXES) != chosen:
        _inboxes(run)
    if run.store.mark(run.portal, INBOXES) != chosen:
        with run.store.step():
            run.store.set_mark(run.portal, INBOXES, chosen)
            run.store.set_mark(run.portal, "threads_from", "")  # chats of other inboxes were not listed
    run.has_ours = bool(run.store.mark(run.portal, OURS))
    if not run.has_ours:
        try:
            run.has_ours = bool(run.asking.get(run.path("properties", "tickets/chat_thread_id"), missing_ok=True))
        except ScopeMissing:
            return  # what it cannot see it does not look tickets up by; the search still finds them
        run.store.set_mark(run.portal, OURS, "yes" if run.has_ours else "")


def _inboxes(run: Run) -> None:
    path = run.path("conversations", "inboxes")
    known = [str(row.get("id")) for page in pages(run.asking, path, None, 100) for row in page]
    strange = [id for id in run.settings.inboxes if id not in known]
    if strange:
        raise Refused(
            f"{run.settings.portal.where}, inputs, inboxes",
            expected=f"inboxes of this account ({', '.join(known) or 'it has none'})",
            found=", ".join(strange),
            remedy="Correct the ids: they stand in the inbox's address.",
        )
