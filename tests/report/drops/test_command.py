"""What does somebody meet who types `python -m report drops`, besides its numbers?"""

import json
import signal

import duckdb

from tests.report.desk import INPUTS, Desk, waiting

PORTAL = ("--portal", "local")
HELP_DESK = '\n[inputs.create_ticket]\nhelp_desk_inboxes = ["1200002"]\n'


def test_a_chat_of_a_help_desk_is_linked_to_there(desk: Desk) -> None:
    """Each chat's link is that of its inbox, on the host that the account names."""
    desk.seeded(
        account={"ui_domain": "app-eu1.hubspot.com"},
        inboxes=[{"name": "Support"}, {"name": "Sales"}],
        chats=[waiting("3 h"), waiting("2 h", inbox="Sales")],
    )
    desk.has(INPUTS.replace('"1200001"', '"1200001", "1200002"') + HELP_DESK)
    links = [
        "https://app-eu1.hubspot.com/help-desk/4711001/thread/8000000002",
        "https://app-eu1.hubspot.com/live-messages/4711001/inbox/8000000001",
    ]
    assert [row["link"] for row in desk.told(desk.report("drops", *PORTAL, "--json"))["closes"]] == links
    assert desk.report("calibrate", *PORTAL, "--csv-out", "look.csv").code == 0
    written = (desk.folder / "look.csv").read_text("utf-8")
    assert [link for link in links if link not in written] == []


def test_an_account_has_its_own_addresses(desk: Desk) -> None:
    """The template by which tickets are given their link is that of the report, too."""
    desk.seeded(chats=[waiting()])
    desk.has(INPUTS + '\n[inputs.create_ticket]\nlink_template = "https://example.org/{portal_id}/chat/{thread_id}"\n')
    told = desk.told(desk.report("drops", *PORTAL, "--json"))
    assert [row["link"] for row in told["closes"]] == ["https://example.org/4711001/chat/8000000001"]


def test_a_zone_that_nobody_knows_is_shown_as_utc(desk: Desk) -> None:
    """HubSpot may name a zone of its own: what was gathered is told all the same."""
    desk.seeded(chats=[waiting()])
    desk.gathers()
    with duckdb.connect(str(desk.folder / ".report" / "local.duckdb")) as connection:
        connection.execute("UPDATE marks SET value = 'Not/Known' WHERE name = 'zone'")
    told = desk.told(desk.report("drops", *PORTAL, "--offline", "--json"))
    assert (told["totals"]["dropped"], told["until"][-6:]) == (1, "+00:00")


def test_names_that_cannot_be_read_cost_no_number(desk: Desk) -> None:
    """Where the budget ends with the names, the account is told by ids, and then why."""
    desk.seeded(chats=[waiting()])
    desk.gathers()
    desk.requests()
    desk.report("drops", *PORTAL)
    said = desk.report("drops", *PORTAL, "--names", "--json", "--budget", str(len(desk.requests())))
    assert (said.code, json.loads(said.stdout)["totals"]["dropped"]) == (1, 1)
    assert said.stderr.splitlines()[-1].startswith(
        f"report: GET /conversations/conversations/2026-09/inboxes at {desk.hub.address}: expected to be done within"
    )


def test_more_inboxes_than_a_page_holds_have_their_names(desk: Desk) -> None:
    """The name of the last of 101 inboxes is read, too."""
    inboxes = [{"name": f"Inbox {number}"} for number in range(1, 102)]
    desk.seeded(inboxes=inboxes, chats=[waiting(inbox="Inbox 101")])
    desk.has(INPUTS.replace("1200001", "1200101"))
    told = desk.told(desk.report("drops", *PORTAL, "--names", "--json"))
    assert [each["name"] for each in told["inboxes"]] == ["Inbox 101"]


def test_what_cannot_be_is_refused_before_a_call(desk: Desk) -> None:
    """No days at all, and a folder where a file is to be written."""
    desk.seeded(chats=[waiting()])
    for wrong in (("--days", "0"), ("--csv", "."), ("--markdown", "."), ("--html", ".")):
        desk.requests()
        assert (desk.report("drops", *PORTAL, *wrong).code, desk.requests()) == (1, [])


def test_how_long_is_kept_can_be_typed(desk: Desk) -> None:
    """More days than are kept are refused; what is older than is kept leaves with the run that says so."""
    desk.seeded(chats=[waiting("50 days"), waiting("10 days")])
    desk.has()
    said = desk.report("drops", *PORTAL, "--days", "60")
    assert (said.code, said.stderr.splitlines()[-1]) == (
        1,
        "report: --days: expected as many days as are kept at most (45), found 60. "
        "Ask for fewer, or keep more: --keep-days, or keep_days in deploy/portals/local.toml, [report].",
    )
    longer = desk.told(desk.report("drops", *PORTAL, "--days", "60", "--keep-days", "60", "--json"))
    shorter = desk.told(desk.report("drops", *PORTAL, "--days", "5", "--keep-days", "5", "--json"))
    kept = desk.told(desk.report("drops", *PORTAL, "--days", "60", "--keep-days", "60", "--offline", "--json"))
    assert [each["totals"]["dropped"] for each in (longer, shorter, kept)] == [2, 0, 0]


def test_ctrl_c_while_it_loads_says_nothing(desk: Desk) -> None:
    """Before the command is there to be interrupted, nothing is lost, and no traceback is of use."""
    with desk.running_report("drops", *PORTAL, PYTHONVERBOSE="1") as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "import 'report.drops'" in line:
                process.send_signal(signal.SIGINT)
                break
        stderr = process.communicate(timeout=60)[1]
    assert (process.returncode, "Traceback" in stderr) == (130, False)
