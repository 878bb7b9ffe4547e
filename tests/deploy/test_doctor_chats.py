"""What `doctor` says of inboxes, their chats, and the link to one of them."""

from typing import Any

import pytest

from tests.deploy.desk import Desk
from tests.deploy.test_doctor import lines, short

CLOSED = [{"visitor": "Where is my order?"}, {"agent": "I am looking."}, {"close": "agent"}]
SERVED = """
[workflows.unresolved_chats]
[workflows.tickets_made_by_hand]
[inputs]
inboxes = ["1200001"]
[inputs.create_ticket]
routes = [{ inbox = "1200001", pipeline = "0", stage = "1" }]
"""


def chats(number: int, inbox: str = "Support", **more: Any) -> dict[str, Any]:
    """So many chats of the last days, an hour apart."""
    return {"inbox": inbox, "ago": "3 days", "every": "10 min", "repeat": number, "talk": CLOSED} | more


def counted(desk: Desk, *more: str) -> list[tuple[str, str, int, int, bool, str]]:
    """State, and what was counted of each inbox."""
    keys = ("inbox", "closed", "with_ticket", "whole", "mode")
    found = [line for line in lines(desk, "Inboxes", *more) if "closed" in line["facts"]]
    return [(line["state"], *(line["facts"][key] for key in keys)) for line in found]


def test_chats_of_the_last_days_are_counted(desk: Desk) -> None:
    """Closed chats within --days count; open ones, older ones and other channels do not."""
    desk.has(SERVED)
    desk.seeded(
        chats=[
            chats(7),
            chats(2, talk=CLOSED[:2]),
            chats(3, ago="60 days"),
            chats(4, channel="1002"),
        ]
    )
    assert short(lines(desk, "Inboxes")) == [
        (
            "ready",
            "Support (1200001, INBOX): 7 chats closed in 30 days, 0 (0%) had a ticket before: no tickets from chats.",
            "",
        )
    ]
    assert counted(desk, "--days", "90") == [("ready", "1200001", 10, 0, True, "none")]


def test_many_chats_take_a_call_per_hundred_and_each_counts_once(desk: Desk) -> None:
    """250 chats are three pages, even where a page comes twice; the others' tickets are not asked for."""
    desk.has(SERVED)
    desk.seeded(chats=[chats(250)])
    assert counted(desk) == [("ready", "1200001", 250, 0, True, "none")]
    threads = [request for request in desk.requests() if request.endswith("/threads")]
    assert len(threads) == 3 + 1  # and one for the link
    desk.hub.control("POST", "weather", {"kind": "repeats", "times": 1})
    assert counted(desk) == [("ready", "1200001", 250, 0, True, "none")]


def test_a_budget_ends_the_counting(desk: Desk) -> None:
    """With four calls for two inboxes the first gets a page, the second what is left, and the list says how far."""
    desk.has(SERVED)
    desk.seeded(inboxes=[{"name": "Support"}, {"name": "Sales"}], chats=[chats(250), chats(150, "Sales")])
    assert counted(desk, "--budget", "4") == [
        ("ready", "1200001", 100, 0, False, "none"),
        ("look", "1200002", 150, 0, True, "none"),
    ]
    what = lines(desk, "Inboxes", "--budget", "4")[0]["what"]
    assert what == (
        "Support (1200001, INBOX): 100 chats closed in 30 days of those that 4 calls reach, 0 (0%) had a ticket "
        "before: no tickets from chats."
    )
    assert counted(desk, "--budget", "0")[0] == ("ready", "1200001", 0, 0, False, "none")


def test_an_inbox_that_makes_tickets_itself_must_be_named_so(desk: Desk) -> None:
    """A help desk, whose chats all have a ticket before they close, is to be written into help_desk_inboxes."""
    desk.has(SERVED)
    desk.seeded(inboxes=[{"name": "Help desk", "type": "HELP_DESK"}], chats=[chats(6, "Help desk")])
    assert short(lines(desk, "Inboxes")) == [
        (
            "by hand",
            "Help desk (1200001, HELP_DESK): 6 chats closed in 30 days, 6 (100%) had a ticket before: "
            "tickets are there before the close: the inbox makes them itself. Ours would make a second one.",
            'Write help_desk_inboxes = ["1200001"] under [inputs.create_ticket] in deploy/portals/local.toml.',
        )
    ]
    desk.has(SERVED + 'help_desk_inboxes = ["1200001"]\n')
    assert counted(desk) == [("ready", "1200001", 6, 6, True, "by itself")]


def test_reps_who_make_tickets_need_the_workflow_for_them(desk: Desk) -> None:
    """Where some chats had a ticket before they closed, the workflow for tickets made by hand is asked for."""
    desk.has(SERVED.replace("[workflows.tickets_made_by_hand]\n", ""))
    desk.seeded(chats=[chats(8)])
    threads = desk.call("GET", "/conversations/conversations/2026-09/threads").body["results"]
    body = {
        "properties": {"subject": "By hand", "hs_pipeline_stage": "1", "createdate": "2026-01-01T00:00:00Z"},
        "associations": [
            {
                "to": {"id": threads[0]["id"]},
                "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 32}],
            }
        ],
    }
    assert desk.call("POST", "/crm/objects/2026-09/tickets", body).status == 201
    assert short(lines(desk, "Inboxes")) == [
        (
            "ready",
            "Support (1200001, INBOX): 8 chats closed in 30 days, 1 (12%) had a ticket before: "
            "reps make some tickets from chats.",
            "",
        ),
        (
            "by hand",
            "Reps make tickets from chats, and no workflow looks after those.",
            "Add [workflows.tickets_made_by_hand] to deploy/portals/local.toml.",
        ),
    ]


def test_inboxes_of_the_settings(desk: Desk) -> None:
    """An inbox that is not there is named with those that are; one not served and one without a route are shown."""
    desk.has(SERVED.replace('inboxes = ["1200001"]', 'inboxes = ["1200002", "77"]'))
    desk.seeded(inboxes=[{"name": "Support"}, {"name": "Sales"}])
    assert [(state, remedy) for state, _, remedy in short(lines(desk, "Inboxes"))] == [
        ("look", 'Not served. To serve it, add "1200001" to inboxes in deploy/portals/local.toml.'),
        (
            "look",
            'No route is for it: its tickets go to pipeline 0, stage 1. Or add { inbox = "1200002", ... } to routes.',
        ),
        ("by hand", "There are: 1200001, 1200002."),
    ]


@pytest.mark.parametrize(
    ("domain", "more", "link", "complaint"),
    [
        (
            "app-eu1.hubspot.com",
            "",
            "https://app.hubspot.com/live-messages/4711001/inbox/{thread}",
            [
                (
                    "by hand",
                    "Links would begin with app.hubspot.com, and the account opens on app-eu1.hubspot.com.",
                    'Write ui_host = "app-eu1.hubspot.com" in deploy/portals/local.toml.',
                )
            ],
        ),
        (
            "app-eu1.hubspot.com",
            'ui_domain = "app-eu1.hubspot.com"',
            "https://app-eu1.hubspot.com/live-messages/4711001/inbox/{thread}",
            [],
        ),
        (
            "app.hubspot.com",
            'link_template = "https://{ui_domain}/x/{portal_id}/{thread_id}"',
            "https://app.hubspot.com/x/4711001/{thread}",
            [],
        ),
        (
            "app.hubspot.com",
            'help_desk_inboxes = ["1200001"]',
            "https://app.hubspot.com/help-desk/4711001/thread/{thread}",
            [],
        ),
    ],
)
def test_one_real_link_to_click(
    desk: Desk, domain: str, more: str, link: str, complaint: list[tuple[str, str, str]]
) -> None:
    """It shows a chat of the account under the very address that tickets will carry."""
    desk.has(SERVED + more)
    desk.seeded(account={"ui_domain": domain}, chats=[chats(1)])
    thread = desk.call("GET", "/conversations/conversations/2026-09/threads").body["results"][0]["id"]
    remedy = "Click it: a chat opens. If not: link_template under [inputs.create_ticket]."
    shown = ("look", f"Support: {link.replace('{thread}', thread)}", remedy)
    assert short(lines(desk, "Link")) == [*complaint, shown]
