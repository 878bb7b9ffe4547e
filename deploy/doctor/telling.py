"""Who tells the visitor, and does the link that tickets carry open the chat?"""

import ast
from collections.abc import Iterator

from deploy import menus
from deploy.doctor.exam import Exam
from deploy.doctor.keys import email_ids
from deploy.doctor.line import Line, by_hand, look, ready

SEND_EMAIL = "0-4"
UNCHOSEN = ("", "0", "None")
NATIVE = "native_confirmation"


def emails(exam: Exam) -> Iterator[Line]:
    """Which e-mail tells the visitor."""
    if "send_confirmation" not in exam.actions:
        yield ready("No workflow here sends a confirmation.")
        return
    ids = email_ids(exam)
    if ids:
        yield look(
            f"E-mail {', '.join(ids)}: whether it is there, published and transactional no API known here tells.",
            f"See it in {menus.EMAILS}: type transactional, state published. It needs the transactional e-mail add-on.",
            guessed=True,
            email_ids=ids,
        )
    elif NATIVE not in exam.portal.workflows:
        yield by_hand(
            "No e-mail id is set, and no workflow sends HubSpot's own e-mail: no visitor would be told.",
            f"Add [workflows.{NATIVE}] to {exam.portal.where}, or email_id under [inputs.send_confirmation].",
        )
    else:
        yield from _native(exam)


def _native(exam: Exam) -> Iterator[Line]:
    """HubSpot's own Send email, whose e-mail a person chooses in the editor."""
    flow = exam.readings.flows_whole().get(exam.portal.workflows[NATIVE].id)
    if flow is None:
        yield look(f"The workflow {NATIVE} sends HubSpot's own e-mail; it is not there yet.")
        return
    chosen = [
        str(raw["fields"].get("content_id") if isinstance(raw.get("fields"), dict) else "")
        for raw in flow.get("actions") or []
        if raw.get("actionTypeId") == SEND_EMAIL
    ]
    if not chosen or any(id in UNCHOSEN for id in chosen):
        what = f"The workflow {NATIVE} ({flow['id']}) has no e-mail chosen."
        yield by_hand(what, f"Open it in {menus.WORKFLOWS} and choose the e-mail in its Send email.", guessed=True)
    else:
        yield ready(f"The workflow {NATIVE} ({flow['id']}) sends e-mail {', '.join(chosen)}.")


def link(exam: Exam) -> Iterator[Line]:
    """One real conversation to click, under the address that tickets will carry."""
    domain = str(exam.account.get("uiDomain"))
    written = exam.setting("create_ticket", "ui_domain")
    own = exam.setting("create_ticket", "link_template")
    if "create_ticket" not in exam.actions:
        yield ready("No workflow here writes links.")
        return
    if written != domain and (not own or "{ui_domain}" in own):
        what = f"Links would begin with {written}, and the account opens on {domain}."
        yield by_hand(what, f'Write ui_host = "{domain}" in {exam.portal.where}.')
    help_desk = exam.names("create_ticket", "help_desk_inboxes")
    templates = _templates(exam)
    for inbox in exam.readings.inboxes():
        id = str(inbox["id"])
        thread = exam.readings.some_thread(id, exam.since)
        if thread is not None:
            template = own or templates["HELP_DESK_LINK" if id in help_desk else "INBOX_LINK"]
            address = template.replace("{ui_domain}", written).replace("{portal_id}", str(exam.portal.portal_id))
            address = address.replace("{thread_id}", str(thread["id"]))
            remedy = "Click it: a chat opens. If not: link_template under [inputs.create_ticket]."
            yield look(f"{inbox.get('name')}: {address}", remedy, guessed=not own, link=address)


def _templates(exam: Exam) -> dict[str, str]:
    """The addresses as create_ticket has them."""
    tree = ast.parse(exam.actions["create_ticket"].source)
    return {
        target.id: str(node.value.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id.endswith("_LINK")
    }
