"""`python -m report alert` against a served account, with a webhook that listens."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.report.alert.receivers import WebhookServer
from tests.report.desk import CANARY, INPUTS, Desk, waiting

PORTAL = ("--portal", "local")
HOOK = '\n[report.alert]\nwebhook_variable = "REPORT_HOOK"\n'
WRONG = "pat-na1-00000000-0000-4000-8000-000000000000"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Three chats that nobody answered, and a project that asks for a webhook."""
    desk.has(INPUTS + HOOK)
    desk.seeded(chats=[waiting(repeat=3, every="10 min")])
    return desk


def test_an_alarm_is_told_once(desk: Desk, webhook: WebhookServer) -> None:
    """Shown first by --dry; then gathered, told, and not told again; no word of a visitor and no address anywhere."""
    dry, first, second = (
        desk.report("alert", *PORTAL, *more, REPORT_HOOK=webhook.address) for more in (["--dry"], [], [])
    )
    assert [each.code for each in (dry, first, second)] == [3, 3, 3]
    why = "3 of 3 chats that needed a ticket in the last 24 hours were dropped, which reaches the threshold of 3."
    assert dry.stdout.splitlines()[:2] == [f"threshold: {why}", "--- Would be sent by the webhook:"]
    assert first.stdout.splitlines() == [f"threshold: {why}", "Told: the webhook."]
    assert second.stdout.splitlines() == [f"threshold: {why}"]
    assert [each.stderr for each in (dry, first, second)] == ["", "", ""]
    (text,) = webhook.texts
    assert text.splitlines()[1] == why
    assert dry.stdout.rstrip().removesuffix("---").partition("webhook:\n")[2].rstrip() == text
    kept = [file for file in desk.files() if {CANARY, WebhookServer.PATH} & {*_found(file)}]
    assert kept == []


def _found(file: Path) -> Iterator[str]:
    content = file.read_bytes()
    yield from (word for word in (CANARY, WebhookServer.PATH) if word.encode() in content)


def test_a_revoked_key_is_an_alarm(desk: Desk, webhook: WebhookServer) -> None:
    """The report cannot see: it is told what HubSpot said, and standard error says it too."""
    said = desk.report("alert", *PORTAL, REPORT_HOOK=webhook.address, HUBSPOT_REPORT_TOKEN=WRONG)
    assert said.code == 3
    assert said.stdout.splitlines()[-1] == "Told: the webhook."
    (text,) = webhook.texts
    head, why = text.splitlines()
    assert head.startswith("Chat handoff local: the report cannot see (account ")
    assert (
        why == f"Nothing could be gathered, because the key was refused: {said.stderr.strip().removeprefix('report: ')}"
    )


def test_a_failed_delivery_is_exit_code_1(desk: Desk, webhook: WebhookServer) -> None:
    """Neither swallowed nor told with the address; the next run delivers."""
    webhook.answer = 503
    first = desk.report("alert", *PORTAL, REPORT_HOOK=webhook.address)
    webhook.answer = 200
    second = desk.report("alert", *PORTAL, REPORT_HOOK=webhook.address)
    assert (first.code, second.code, len(webhook.texts)) == (1, 3, 1)
    trouble = "report: not delivered, will be told again by the next run: the webhook: answered 503.\n"
    assert (first.stderr, second.stderr) == (trouble, "")


def test_no_address_is_refused_at_once(desk: Desk) -> None:
    """A webhook that is asked for and has no address ends the command before HubSpot is asked."""
    said = desk.report("alert", *PORTAL)
    assert (said.code, said.stdout, said.stderr) == (
        1,
        "",
        "report: deploy/portals/local.toml, [report.alert], webhook_variable: expected the webhook's address in the "
        "variable REPORT_HOOK, found none. Export REPORT_HOOK=...\n",
    )
    assert not (desk.folder / ".report").exists()


def test_quiet_after_the_chats_were_served(desk: Desk, webhook: WebhookServer) -> None:
    """With a threshold that is not reached it is quiet, and ends with 0."""
    desk.has(INPUTS + HOOK + "threshold = 4\n")
    said = desk.report("alert", *PORTAL, REPORT_HOOK=webhook.address)
    assert (said.code, said.stdout.splitlines()[0], webhook.texts) == (
        0,
        "quiet: 3 of 3 chats that needed a ticket in the last 24 hours were dropped, below the threshold of 4. "
        "The last hours are like the same hours of the weeks before.",
        [],
    )
