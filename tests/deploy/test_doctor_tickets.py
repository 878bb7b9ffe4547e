"""What `doctor` says of pipelines, owners, rules and HubSpot's own SLA: whether the account takes our tickets."""

import pytest

from tests.deploy.desk import Desk
from tests.deploy.test_doctor import lines, short

FILE = """
[workflows.unresolved_chats]
[workflows.tickets_made_by_hand]
[inputs.create_ticket]
stage_moves = { "2" = "3" }
"""
DEFAULT = ("ready", "The default route makes tickets in Support Pipeline (0), New (1).", "")


def test_all_of_the_default_pipeline(desk: Desk) -> None:
    """With the moves set, the default pipeline is ready."""
    desk.has(FILE)
    assert short(lines(desk, "Pipelines and stages")) == [DEFAULT]


@pytest.mark.parametrize(
    ("route", "what", "remedy"),
    [
        (
            '{ pipeline = "99", stage = "1" }',
            "Route 1 names pipeline 99, which is not there.",
            "Correct routes in deploy/portals/local.toml. There are: 0 Support Pipeline.",
        ),
        (
            '{ pipeline = "0", stage = "99" }',
            "Route 1 names stage 99, which Support Pipeline does not have.",
            "Correct routes in deploy/portals/local.toml. There are: 1 New; 2 Waiting on contact; 3 Waiting on us; "
            "4 Closed.",
        ),
        (
            '{ pipeline = "0", stage = "4" }',
            "Route 1 makes tickets in Support Pipeline (0), Closed (4), where they are closed.",
            "Choose an open stage.",
        ),
    ],
)
def test_a_route_that_leads_nowhere(desk: Desk, route: str, what: str, remedy: str) -> None:
    """A route to a pipeline or stage that is not there, or is closed, is named with those that are."""
    desk.has(f"{FILE}routes = [{route}]\n")
    assert short(lines(desk, "Pipelines and stages"))[0] == ("by hand", what, remedy)


def test_another_pipeline_is_searched_too_and_its_stages_are_proposed(desk: Desk) -> None:
    """A German pipeline: the stage that waits is proposed by its label, and dedup_check must look there."""
    stages = [("Neu", "OPEN"), ("Wartet auf Kunden", "OPEN"), ("Wartet auf uns", "OPEN"), ("Fertig", "CLOSED")]
    rows = [{"label": label, "state": state} for label, state in stages]
    desk.seeded(pipelines=[{"label": "Hilfe", "stages": rows}])
    pipeline = desk.call("GET", "/crm/pipelines/2026-09/tickets").body["results"][1]
    id, (new, waiting, us, _) = pipeline["id"], [stage["id"] for stage in pipeline["stages"]]
    desk.has(f'{FILE}routes = [{{ pipeline = "{id}", stage = "{new}" }}]\n')
    assert short(lines(desk, "Pipelines and stages")) == [
        ("ready", f"Route 1 makes tickets in Hilfe ({id}), Neu ({new}).", ""),
        (
            "by hand",
            f"Tickets go into pipeline {id}, and dedup_check does not look there for open ones.",
            f'Write pipelines = ["0", "{id}"] under [inputs.dedup_check] in deploy/portals/local.toml.',
        ),
        (
            "look",
            f"Hilfe: Wartet auf Kunden ({waiting}) seems to wait on the contact; a chat could move its ticket to "
            f"Wartet auf uns ({us}).",
            f'A proposal: add "{waiting}" = "{us}" to stage_moves under [inputs.create_ticket].',
        ),
        (
            "look",
            f"Hilfe: the clock does not know that Wartet auf Kunden ({waiting}) waits on the contact.",
            f'A proposal: waiting_stages = ["2", "{waiting}"] under [inputs.stamp_chat_closed_at].',
        ),
    ]
    proposals = [line for line in lines(desk, "Pipelines and stages") if line["guessed"]]
    assert [line["facts"] for line in proposals] == [
        {"stage_moves": {waiting: us}},
        {"waiting_stages": ["2", waiting]},
    ]


def test_stages_of_other_settings(desk: Desk) -> None:
    """A stage that is named in moves, for reopening or as waiting and is not there is named."""
    more = 'reopen_stage = "71"\n[inputs.stamp_chat_closed_at]\nwaiting_stages = ["2", "72"]\n'
    desk.has(FILE.replace('"3"', '"70"') + more)
    correct = "Correct it in deploy/portals/local.toml."
    assert short(lines(desk, "Pipelines and stages")) == [
        DEFAULT,
        ("by hand", "Stage 70 is in stage_moves, and is not there.", correct),
        ("by hand", "Stage 71 is in reopen_stage, and is not there.", correct),
        ("by hand", "Stage 72 is in waiting_stages, and is not there.", correct),
    ]


def test_owners(desk: Desk) -> None:
    """Each owner that a route names by id is active, deactivated or not there; others are not asked about."""
    desk.seeded(agents=["Agent 3"], former_agents=["Agent 4"], queues=["Second level"])
    owners = desk.call("GET", "/crm/owners/2026-09").body["results"]
    former = desk.call("GET", "/crm/owners/2026-09?archived=true").body["results"]
    agent, queue, gone = owners[0]["id"], owners[1]["id"], former[0]["id"]
    named = [agent, f"queue:{queue}", gone, "12", "agent", "none"]
    routes = ", ".join(f'{{ pipeline = "0", owner = "{owner}" }}' for owner in named)
    desk.has(f"{FILE}routes = [{routes}]\n")
    choose = "Choose another owner in routes of deploy/portals/local.toml; see Settings > Users & Teams."
    assert short(lines(desk, "Owners")) == [
        ("ready", f"Owner {agent} is active.", ""),
        ("ready", f"Owner {queue} is active.", ""),
        ("by hand", f"Owner {gone} is deactivated; tickets would be made without an owner.", choose),
        ("by hand", "Owner 12 is not there; tickets would be made without an owner.", choose),
    ]


def test_a_rule_about_values_that_could_refuse_our_ticket(desk: Desk) -> None:
    """A rule on a property that ours writes is named, one on another is not."""
    for name in ("subject", "hs_ticket_category"):
        path = f"/crm/property-validations/2026-09/0-5/{name}/rule-type/MAX_LENGTH"
        assert desk.call("PUT", path, {"ruleArguments": ["40"]}).status == 204
    found = lines(desk, "Rules")
    assert short(found)[:-1] == [
        (
            "by hand",
            "The rule MAX_LENGTH (40) on subject may refuse a ticket of ours.",
            "See whether what ours writes there meets it, else take it away: "
            "Settings > Data Management > Properties > Ticket properties > subject > Rules.",
        )
    ]
    assert (found[-1]["state"], found[-1]["guessed"]) == ("look", True)


def test_properties_that_the_settings_write(desk: Desk) -> None:
    """One that tickets do not have, and one that nobody can write, are named."""
    desk.has(FILE + 'extra_properties = { tier = "gold", hs_ticket_category = "X", hs_time_to_close_sla_at = "1" }\n')
    correct = "Correct deploy/portals/local.toml."
    assert short(lines(desk, "Rules"))[:2] == [
        ("by hand", "The settings write tier, which tickets do not have.", correct),
        ("by hand", "The settings write hs_time_to_close_sla_at, which is read-only.", correct),
    ]


def test_properties_are_told_as_provision_sees_them(desk: Desk) -> None:
    """One in the way is for a person, with provision's own words; the others are for the command."""
    lock = {"name": "chat_open_key", "label": "Chat lock", "type": "string", "fieldType": "text"}
    desk.seeded(properties={"tickets": [lock]})
    found = lines(desk, "Properties")
    assert [(line["state"], len(line["facts"].get("missing", []))) for line in found] == [
        ("deploy", 14),
        ("by hand", 0),
    ]
    assert found[1]["what"] == "chat_open_key is not unique, and cannot be made so later."


def test_hubspot_s_own_sla(desk: Desk) -> None:
    """Where a ticket has a time of HubSpot's SLA, it runs beside ours, and somebody has to decide."""
    assert short(lines(desk, "SLA")) == [("ready", "No ticket has a time of HubSpot's own SLA.", "")]
    due = {"hs_time_to_close_sla_at": "2027-01-01T00:00:00Z"}
    desk.seeded(tickets=[{"subject": "One with an SLA", "properties": due}])
    found = lines(desk, "SLA")
    assert [(line["state"], line["facts"]) for line in found] == [
        ("look", {"properties": ["hs_time_to_close_sla_at"]}),
    ]
