"""What `doctor` says of workflows, their secrets and e-mails, and how long what they stand on is kept."""

from datetime import date
from typing import Any

import pytest

from tests.deploy.desk import Desk
from tests.deploy.test_doctor import lines, short

FILE = "[workflows.unresolved_chats]\n"
EDITOR = "Automation > Workflows"
CODE: dict[str, Any] = {
    "type": "CUSTOM_CODE",
    "actionId": "1",
    "runtime": "PYTHON39",
    "secretNames": [],
    "sourceCode": "def main(event):\n    return {'outputFields': {}}\n",
    "inputFields": [],
    "outputFields": [],
}


def flow(name: str = "Somebody's", type_id: str = "0-5", *actions: dict[str, Any]) -> dict[str, Any]:
    """A workflow that somebody built."""
    return {
        "name": name,
        "type": "PLATFORM_FLOW",
        "flowType": "WORKFLOW",
        "objectTypeId": type_id,
        "isEnabled": True,
        "startActionId": "1",
        "actions": [CODE | action for action in actions],
        "enrollmentCriteria": {"type": "MANUAL", "shouldReEnroll": False},
        "timeWindows": [],
        "blockedDates": [],
        "customProperties": {},
    }


def seeded_id(desk: Desk, *flows: dict[str, Any], conversation_flows: str = "listed") -> str:
    """The account has these workflows, and as many as it tells of; the id of the first."""
    desk.seeded(flows=list(flows), account={"conversation_flows": conversation_flows})
    return "1800000001"


def test_a_secret_that_a_workflow_names_is_there(desk: Desk) -> None:
    """A secret of ours that a stored action names is ready; one that none names is to be made and ticked."""
    desk.has(FILE)
    by_hand = lines(desk, "Secrets")
    assert [(line["state"], line["what"], line["guessed"]) for line in by_hand] == [
        ("by hand", "No workflow names the secret CHAT_HANDOFF_TOKEN, and no API tells whether it is there.", True)
    ]
    id = seeded_id(desk, flow("Somebody's", "0-5", {"secretNames": ["CHAT_HANDOFF_TOKEN"]}))
    assert short(lines(desk, "Secrets")) == [
        ("ready", f"The secret CHAT_HANDOFF_TOKEN is there: action 1 of Somebody's ({id}) names it.", "")
    ]


def test_a_listed_workflow_of_conversations_is_managed(desk: Desk) -> None:
    """Where the API lists one, deploy manages them."""
    desk.has(FILE)
    seeded_id(desk, flow("Chats", "0-11", {}))
    line = lines(desk, "Workflows")[0]
    assert (line["state"], line["facts"]) == ("ready", {"road": "managed"})


@pytest.mark.parametrize(
    ("how", "road", "state", "what"),
    [
        ("unlisted", "managed", "ready", "The API does not list workflow {id}, and knows it by its id: managed."),
        (
            "unknown",
            "by hand",
            "by hand",
            "The API does not know workflow {id}: by hand. It is pasted into HubSpot's editor.",
        ),
    ],
)
def test_a_workflow_that_the_api_hides(desk: Desk, how: str, road: str, state: str, what: str) -> None:
    """Not listed and known by its id: managed. Not known at all: by hand, with the command for that road."""
    id = seeded_id(desk, flow("Chats", "0-11", {}), conversation_flows=how)
    desk.has(f'{FILE}id = "{id}"\n')
    line = lines(desk, "Workflows")[0]
    remedy = "" if state == "ready" else "python -m deploy export --all --portal local, then its checklist."
    assert (line["facts"], line["state"], line["what"], line["remedy"]) == (
        {"road": road},
        state,
        what.format(id=id),
        remedy,
    )


def test_none_listed_and_none_named(desk: Desk) -> None:
    """With no workflow of conversations to be seen, a person makes an empty one, so that it shows."""
    seeded_id(desk, flow("Chats", "0-11", {}), conversation_flows="unknown")
    desk.has(FILE)
    assert short(lines(desk, "Workflows"))[0] == (
        "by hand",
        "The API lists no workflow of conversations: there is none, or it does not tell of them.",
        f"Make an empty one in {EDITOR} (conversation-based), write its id under [workflows.unresolved_chats] in "
        "deploy/portals/local.toml, and run this again.",
    )


def test_a_workflow_that_was_changed_in_hubspot_is_for_a_person(desk: Desk) -> None:
    """After a shipment and a change in the editor, the line names plan, which shows it."""
    desk.has("[workflows.release_lock]\n")
    assert desk.deploy("apply", "--untested", "a try").code == 0
    id = desk.call("GET", "/automation/v4/flows").body["results"][0]["id"]
    live = desk.call("GET", f"/automation/v4/flows/{id}").body
    read_only = ("createdAt", "updatedAt", "dataSources")
    changed = {name: value for name, value in live.items() if name not in read_only} | {"name": "Mine now"}
    assert desk.call("PUT", f"/automation/v4/flows/{id}", changed).status == 200
    assert short(lines(desk, "Workflows"))[1] == (
        "by hand",
        f"release_lock (flow {id}): drift.",
        "python -m deploy plan --portal local shows what a person decides.",
    )


def test_who_tells_the_visitor(desk: Desk) -> None:
    """Without e-mail and workflow nobody would; an id cannot be checked; the workflow's e-mail must be chosen."""
    desk.has(FILE)
    assert [state for state, _, _ in short(lines(desk, "E-mail"))] == ["by hand"]
    desk.has(f'{FILE}[inputs.send_confirmation]\nemail_id = "77"\n')
    assert [(line["state"], line["facts"]) for line in lines(desk, "E-mail")] == [("look", {"email_ids": ["77"]})]
    desk.has("[workflows.native_confirmation]\n" + FILE)
    assert [state for state, _, _ in short(lines(desk, "E-mail"))] == ["look"]
    mail = {"type": "SINGLE_CONNECTION", "actionId": "1", "actionTypeId": "0-4", "actionTypeVersion": 0}
    for content, state in (("0", "by hand"), ("123456", "ready")):
        native = flow("Confirmation") | {"actions": [mail | {"fields": {"content_id": content}}]}
        id = seeded_id(desk, native)
        desk.has(f'[workflows.native_confirmation]\nid = "{id}"\n{FILE}')
        assert [line["state"] for line in lines(desk, "E-mail")] == [state]


@pytest.mark.parametrize(
    ("day", "states", "when"),
    [
        ("2026-11-22", ["look", "ready", "ready", "look"], "in 128 days"),
        ("2027-03-20", ["by hand", "look", "ready", "by hand"], "in 10 days"),
        ("2027-04-01", ["by hand", "look", "ready", "by hand"], "2 days ago"),
    ],
)
def test_how_long_it_is_kept(desk: Desk, day: str, states: list[str], when: str) -> None:
    """Each API version and runtime in use has its day, how many are left, and who uses it; soon it is to be done."""
    desk.has(FILE + '[inputs.triage_chat]\napi_version = "v3"\n')
    found = lines(desk, "Ends", "--on", day)
    ends = [date(2027, 3, 30), date(2027, 9, 1), date(2028, 3, 1), date(2027, 2, 1)]
    assert [(line["state"], line["facts"]) for line in found] == [
        (state, {"ends": str(end), "days": (end - date.fromisoformat(day)).days})
        for state, end in zip(states, ends, strict=True)
    ]
    assert [line["what"] for line in found[:2]] == [
        f"API v4 ends on 2027-03-30 ({when}): unsupported (documented: HubSpot's changelog). "
        "Used by deploy (workflows).",
        f"API v3 ends on 2027-09-01 (in {found[1]['facts']['days']} days): unsupported; the day in September is not "
        "said (documented: changelog). Used by deploy, triage_chat.",
    ]


def test_the_beta_has_no_end_yet(desk: Desk) -> None:
    """An API version of which nobody said when it ends is shown as that."""
    desk.has(FILE)
    desk.portal_file.write_text('flows_api = "2026-09-beta"\n' + desk.portal_file.read_text("utf-8"), encoding="utf-8")
    assert short(lines(desk, "Ends"))[0] == (
        "look",
        "API 2026-09-beta (deploy (workflows)): when it ends is not known.",
        "",
    )


def test_other_people_s_code_on_a_dying_runtime(desk: Desk) -> None:
    """Custom code that is not ours and whose runtime ends soon is counted, and inventory names it."""
    desk.has(FILE)
    seeded_id(desk, flow("One", "0-5", {"runtime": "NODE20X"}), flow("Two", "0-5", {"runtime": "NODE24X"}))
    said = lines(desk, "Ends")[-1]
    assert (said["state"], said["what"].split(":")[0], said["remedy"]) == (
        "look",
        "1 custom-code actions that are not ours",
        "python -m deploy inventory --portal local",
    )
