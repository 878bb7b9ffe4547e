"""What does a single-send send, to whom, and what does it answer when it does not?"""

from typing import Any

from tests.claims.claim import DOCUMENTED, GUESSED, OURS, SPEC, effect, refusal
from tests.claims.hub import Hub

TRANSACTIONAL, MARKETING = "single-send POST /send", "marketing-single-send POST /single-send"
RESULTS = (
    ("COMPLETE", "SENT"),
    ("PROCESSING", "QUEUED"),
    ("COMPLETE", "THROTTLED"),
    ("COMPLETE", "PREVIOUSLY_BOUNCED"),
    ("COMPLETE", "PREVIOUSLY_UNSUBSCRIBED_MESSAGE"),
    ("CANCELED", "CAMPAIGN_CANCELLED"),
)


def email(to: str, send_id: str = "", **change: Any) -> dict[str, Any]:
    """A single-send with every key that the specs require."""
    message = {"to": to, "cc": [], "bcc": [], "replyTo": []} | ({"sendId": send_id} if send_id else {})
    return {"emailId": 17, "message": message, "contactProperties": {}, "customProperties": {}, **change}


def sent_to(hub: Hub, address: str) -> list[tuple[str, dict[str, str]]]:
    """What has left for an address: of which e-mail, with which custom properties."""
    return [(sent.email_id, sent.properties) for sent in hub.by_hand.emails if sent.to == address]


@effect(TRANSACTIONAL, MARKETING, mark=DOCUMENTED, source=f"{SPEC}; older guides: an unknown address becomes a contact")
def one_email(hub: Hub) -> None:
    """One e-mail leaves for the address, which becomes a contact with the contact properties that were sent."""
    to = _nobody(hub)
    given: dict[str, Any] = {
        "contactProperties": {"firstname": "visitor-8"},
        "customProperties": {"ticket": "90000001"},
    }
    answered = hub.does(email(to, **given))
    assert (answered.status, answered.body["status"]) == (200, "PENDING")
    assert set(answered.body) == {"status", "statusId", "requestedAt"}
    assert sent_to(hub, to) == [("17", {"ticket": "90000001"})]
    assert hub.account.eventually(lambda: len(hub.found("contacts", "email", to)) == 1)
    [contact] = hub.found("contacts", "email", to)
    assert (hub.read("contacts", contact, "firstname") or {})["firstname"] == "visitor-8"


@effect(TRANSACTIONAL, MARKETING, mark=DOCUMENTED, source=SPEC)
def a_known_address(hub: Hub) -> None:
    """A contact that is there is the one that the contact properties are set on."""
    to = _nobody(hub)
    id = hub.make("contacts", email=to, firstname="before")
    hub.does(email(to, contactProperties={"firstname": "after"}))
    assert hub.history("contacts", id, "firstname") == ["after", "before"]
    assert len(sent_to(hub, to)) == 1


@effect(TRANSACTIONAL, MARKETING, mark=DOCUMENTED, source="the spec's sendId and IDEMPOTENT_IGNORE")
def once_under_one_id(hub: Hub) -> None:
    """Under one sendId one e-mail leaves, whatever is sent under it; without one each leaves."""
    to, other = _nobody(hub), _nobody(hub)
    answers = [hub.does(email(address, "17-1")).body for address in (to, to, other)]
    results = [(answered["status"], answered.get("sendResult", "")) for answered in answers]
    assert results == [("PENDING", ""), ("COMPLETE", "IDEMPOTENT_IGNORE"), ("COMPLETE", "IDEMPOTENT_IGNORE")]
    assert (len(sent_to(hub, to)), len(sent_to(hub, other))) == (1, 0)
    for _ in range(2):
        hub.does(email(other))
    assert len(sent_to(hub, other)) == 2


@effect(
    TRANSACTIONAL, MARKETING, mark=GUESSED, source="the spec's statuses and results; which of them go together is ours"
)
def what_becomes_of_it(hub: Hub) -> None:
    """Only SENT and QUEUED leave; any other result makes no contact, and its sendId can be used again."""
    for number, (status, result) in enumerate(RESULTS):
        to = _nobody(hub)
        hub.by_hand.email_answers(status, result)
        answered = hub.does(email(to, f"17-{number}")).body
        assert (answered["status"], answered["sendResult"]) == (status, result)
        assert ("completedAt" in answered) == (status in ("COMPLETE", "CANCELED"))
        left = int(result in ("SENT", "QUEUED"))
        assert (len(sent_to(hub, to)), len(hub.found("contacts", "email", to))) == (left, left)
        hub.does(email(to, f"17-{number}"))
        assert len(sent_to(hub, to)) == 1


@effect(TRANSACTIONAL, MARKETING, mark=GUESSED, source="the spec's INVALID_TO_ADDRESS; when it is answered is ours")
def no_address(hub: Hub) -> None:
    """What is no address is answered with 200 and INVALID_TO_ADDRESS, and nothing leaves until there is one."""
    to = _nobody(hub)
    wrong = hub.does(email(to.replace("@", " at "), "17-1"))
    assert (wrong.status, wrong.body["status"], wrong.body["sendResult"]) == (200, "COMPLETE", "INVALID_TO_ADDRESS")
    assert hub.by_hand.emails == []
    hub.does(email(to, "17-1"))
    assert len(sent_to(hub, to)) == 1


@refusal(TRANSACTIONAL, versions=("2026-09",), mark=DOCUMENTED, source=SPEC)
def every_key_is_required(hub: Hub) -> None:
    """2026-09 requires every key of its spec, empty or not, and sends nothing without."""
    to = hub.sample("contacts")["email"]
    good = email(to)
    for name in good:
        assert _missing(hub, {key: value for key, value in good.items() if key != name}) == [name]
    for name in good["message"]:
        message = {key: value for key, value in good["message"].items() if key != name}
        assert _missing(hub, good | {"message": message}) == [f"message.{name}"]
    assert hub.found("contacts", "email", to) == []


@refusal(
    TRANSACTIONAL, MARKETING, mark=GUESSED, source="the specs require more; that older versions do without is ours"
)
def some_keys_are_required(hub: Hub) -> None:
    """Every version requires which e-mail and to whom."""
    to = hub.sample("contacts")["email"]
    for body, name in (
        ({"message": email(to)["message"]}, "emailId"),
        ({"emailId": 17}, "message"),
        ({"emailId": 17, "message": {"cc": []}}, "message.to"),
    ):
        assert name in _missing(hub, body)
    assert hub.found("contacts", "email", to) == []


@refusal(TRANSACTIONAL, MARKETING, mark=DOCUMENTED, source=f"{SPEC}; how it is refused is a guess")
def odd_emails(hub: Hub) -> None:
    """An e-mail's id is a number, its message an object, its addresses lists, and custom properties take no lists."""
    to = hub.sample("contacts")["email"]
    changes: list[dict[str, Any]] = [
        {"emailId": "17"},
        {"emailId": True},
        {"message": "hello"},
        {"message": email(to)["message"] | {"cc": "agent-3@example.org"}},
        {"contactProperties": []},
        {"customProperties": {"items": [1, 2]}},
    ]
    for change in changes:
        assert hub.does(email(to, **change)).refused == (400, "VALIDATION_ERROR")
    assert hub.found("contacts", "email", to) == []


@refusal(TRANSACTIONAL, MARKETING, mark=GUESSED, source=OURS)
def no_json(hub: Hub) -> None:
    """What is no JSON, or JSON under another content type, is a 400."""
    assert hub.does(b'{"emailId": ').refused == (400, "VALIDATION_ERROR")
    as_text = hub.does(email("visitor-8@example.org"), headers={"Content-Type": "text/plain"})
    assert as_text.refused == (400, "VALIDATION_ERROR")


def _nobody(hub: Hub) -> str:
    """An address that nothing has left for; where nobody can tell, nothing is sent."""
    to = hub.sample("contacts")["email"]
    assert sent_to(hub, to) == []
    return to


def _missing(hub: Hub, body: dict[str, Any]) -> list[str]:
    """The keys that are named as missing."""
    refused = hub.does(body)
    assert refused.refused == (400, "VALIDATION_ERROR")
    return [error["in"] for error in refused.body["errors"]]
