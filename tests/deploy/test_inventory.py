"""What `inventory` lists: every custom-code action of an account, whoever wrote it."""

from hashlib import sha256
from typing import Any

from tests.deploy.desk import Desk
from tests.deploy.test_doctor_workflows import CODE, flow

SCRIPT = "exports.main = async (event) => ({ outputFields: {} })\n"


def test_every_action_with_code(desk: Desk) -> None:
    """Python and JavaScript, on and off, ours and others': each with its runtime, size, hash, secrets and twins."""
    two: list[dict[str, Any]] = [
        {"actionId": "1", "runtime": "NODE20X", "sourceCode": SCRIPT, "secretNames": ["A_KEY"]},
        {"actionId": "2", "runtime": "PYTHON39"},
    ]
    off = flow("Off", "0-1", {"runtime": "NODE24X", "sourceCode": SCRIPT.replace("\n", "\r\n")}) | {"isEnabled": False}
    desk.seeded(flows=[flow("Mixed", "0-5", *two), off | {"type": "CONTACT_FLOW"}, flow("No code", "0-5")])
    said = desk.deploy("inventory", "--json")
    common = {"file": "", "ours": False}
    js, py = sha256(SCRIPT.encode()).hexdigest(), sha256(CODE["sourceCode"].encode()).hexdigest()
    mixed: dict[str, Any] = common | {"workflow": "Mixed", "flow_id": "1800000001", "on": True}
    assert (said.code, said.json) == (
        0,
        {
            "portal": "local",
            "workflows": 3,
            "unread": [],
            "odd": {},
            "actions": [
                mixed
                | {"action_id": "1", "runtime": "NODE20X", "size": len(SCRIPT), "sha256": js, "secrets": ["A_KEY"]}
                | {"copies": 2, "ends": "2026-11-17", "ends_soon": True},
                mixed
                | {"action_id": "2", "runtime": "PYTHON39", "size": len(CODE["sourceCode"]), "sha256": py}
                | {"secrets": [], "copies": 1, "ends": "2027-02-01", "ends_soon": True},
                common
                | {"workflow": "Off", "flow_id": "1800000002", "on": False, "action_id": "1", "runtime": "NODE24X"}
                | {"size": len(SCRIPT) + 1, "sha256": js, "secrets": [], "copies": 2, "ends": "", "ends_soon": False},
            ],
        },
    )


def test_ours_are_known_by_their_workflow_and_their_text(desk: Desk) -> None:
    """After a shipment each action is ours and names the file whose text it is; after a hotfix it names none."""
    desk.has("[workflows.tickets_made_by_hand]\n")
    assert desk.deploy("apply", "--untested", "a try").code == 0
    files = [(row["ours"], row["file"]) for row in desk.deploy("inventory", "--json").json["actions"]]
    assert files == [(True, f"{name}.py") for name in ("create_ticket", "stamp_chat_closed_at", "send_confirmation")]
    id = desk.call("GET", "/automation/v4/flows").body["results"][0]["id"]
    live = desk.call("GET", f"/automation/v4/flows/{id}").body
    code = next(raw for raw in live["actions"] if raw["type"] == "CUSTOM_CODE")
    code["sourceCode"] += "# a hotfix\n"
    for name in ("createdAt", "updatedAt", "dataSources"):
        live.pop(name, None)
    assert desk.call("PUT", f"/automation/v4/flows/{id}", live).status == 200
    after = [(row["ours"], row["file"]) for row in desk.deploy("inventory", "--json").json["actions"]]
    assert after == [(True, ""), *files[1:]]


def test_three_hundred_workflows_take_a_list_and_a_read_per_hundred(desk: Desk) -> None:
    """300 workflows are three list calls and three batch reads, and the one that says whose token it is."""
    desk.seeded(flows=[flow(f"Number {number}", "0-5", {}) for number in range(300)])
    said = desk.deploy("inventory", "--json")
    assert (said.json["workflows"], len(said.json["actions"])) == (300, 300)
    lists, reads = ["GET /automation/v4/flows"] * 3, ["POST /automation/v4/flows/batch/read"] * 3
    assert desk.requests() == ["GET /account-info/2026-09/details", *lists, *reads]


def test_piped_it_is_a_line_per_action(desk: Desk) -> None:
    """Piped, it is a heading, a line with tabs for each action, and a sum."""
    desk.seeded(flows=[flow("One", "0-5", {})])
    said = desk.deploy("inventory")
    digest = sha256(CODE["sourceCode"].encode()).hexdigest()[:12]
    size = str(len(CODE["sourceCode"]))
    assert said.stdout.splitlines() == [
        "workflow\tflow\ton\taction\truntime\tends\tbytes\tsha256\tcopies\tsecrets\tours",
        f"One\t1800000001\ton\t1\tPYTHON39\t2027-02-01\t{size}\t{digest}\t1\t\t",
        "1 workflows, 1 custom-code actions, 0 with a twin, 1 on a runtime near its end.",
    ]
    assert (said.code, said.stderr) == (0, "3 calls.\n")


def test_a_key_without_the_scope(desk: Desk) -> None:
    """A key that may not read workflows is refused in one line that names the scope."""
    desk.hub.control("POST", "tokens", {"value": "local-tickets", "scopes": ["tickets"]})
    said = desk.deploy("inventory", HUBSPOT_DEPLOY_TOKEN="local-tickets")
    assert (said.code, said.stdout, len(said.stderr.splitlines())) == (1, "", 1)
    assert said.stderr.endswith("Give the key in HUBSPOT_DEPLOY_TOKEN one of the scopes automation.\n")
