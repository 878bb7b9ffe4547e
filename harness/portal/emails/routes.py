"""The one operation of transactional e-mail, under two names: send one message to one address."""

from typing import Any

from harness.portal import refusals
from harness.portal.call import Answer, Call, object_of, optional_text, text_of, texts_of
from harness.portal.emails.state import SendAnswer
from harness.portal.moments import iso
from harness.portal.objects import writing
from harness.portal.objects.types import CONTACT
from harness.portal.routing import Route
from harness.portal.versions import D09
from harness.portal.wire import Email

SCOPES = ("transactional-email",)
# documented: the required keys of the spec
REQUIRED = ("contactProperties", "customProperties", "emailId", "message")
MESSAGE_REQUIRED = ("bcc", "cc", "replyTo")


def send(call: Call) -> Answer:
    """POST: send, once per sendId; an address nobody knows becomes a contact (documented)."""
    body = call.body()
    email = _read(call, body)
    outbox = call.world.outbox
    if email.send_id and email.send_id in outbox.send_ids:
        return 200, _view(call, SendAnswer("COMPLETE", "IDEMPOTENT_IGNORE"))
    if "@" not in email.to:
        return 200, _view(call, SendAnswer("COMPLETE", "INVALID_TO_ADDRESS"))
    answer = outbox.next_answer()
    if answer.accepted:
        _keep_contact(call, email.to, _properties(body, "contactProperties"))
        outbox.send_ids.add(email.send_id)
        outbox.emails.append(email)
    return 200, _view(call, answer)


def _read(call: Call, body: dict[str, Any]) -> Email:
    missing = [key for key in REQUIRED if body.get(key) is None]
    message = body.get("message")
    if isinstance(message, dict):
        missing += [f"message.{key}" for key in MESSAGE_REQUIRED if message.get(key) is None]
        missing += ["message.to"] if not message.get("to") else []
    if missing and _enforced(call, missing):
        raise refusals.missing_keys("the e-mail", missing)
    message = object_of(body, "message", "the e-mail")
    for key in MESSAGE_REQUIRED:
        texts_of(message, key, "the message")
    optional_text(message, "from", "the message")
    email_id, properties = body["emailId"], _properties(body, "customProperties")
    if isinstance(email_id, bool) or not isinstance(email_id, int) or not -(2**63) <= email_id < 2**63:
        raise refusals.bad_json("expected emailId of the e-mail to be a whole number")
    if any(isinstance(value, list | dict) for value in properties.values()):
        raise refusals.validation("customProperties takes no lists or objects")  # documented: no arrays
    return Email(
        to=text_of(message, "to", "the message").lower(),
        email_id=str(email_id),
        send_id=optional_text(message, "sendId", "the message"),
        properties={name: str(value) for name, value in properties.items()},
        how="single-send",
        at=iso(call.now),
    )


def _properties(body: dict[str, Any], name: str) -> dict[str, Any]:
    return object_of({name: {}} | body, name, "the e-mail")


def _enforced(call: Call, missing: list[str]) -> bool:
    """Every version's spec requires all keys; that older ones do without some is guessed."""
    return call.version == D09 or any(key in ("emailId", "message", "message.to") for key in missing)


def _keep_contact(call: Call, address: str, properties: dict[str, Any]) -> None:
    table = call.world.records.of(CONTACT)
    holder = table.holder("email", address)
    if holder is None:
        writing.create(call.world, CONTACT, {**properties, "email": address})
    elif properties:
        writing.update(call.world, CONTACT, holder, properties)


def _view(call: Call, answer: SendAnswer) -> dict[str, Any]:
    now = iso(call.now)
    view: dict[str, Any] = {"status": answer.status, "statusId": call.world.uuid(), "requestedAt": now}
    if answer.send_result:
        view["sendResult"] = answer.send_result
    if answer.status in ("COMPLETE", "CANCELED"):
        view |= {"startedAt": now, "completedAt": now}
    return view


ROUTES = (
    Route("POST", "single-send", "/send", send, SCOPES, write=True),
    Route("POST", "marketing-single-send", "/single-send", send, (*SCOPES, "marketing-email"), write=True),
)
