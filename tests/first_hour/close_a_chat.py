"""What does the log of each action say when a chat is closed? Played by the workflow as a served account has stored it.

`python -m tests.first_hour.close_a_chat ADDRESS TOKEN`: what a person does and sees in HubSpot in docs/first-hour.md.
"""

import sys
from pathlib import Path

import requests

from contract.flow import Flow
from harness import Portal, Runtime, Workflow
from harness.day.stage import provision

ROOT = Path(__file__).parents[2]
CONVERSATION = "0-11"


def main(address: str, token: str) -> int:
    """Print the log lines of the actions that ran, and how many tickets were made."""
    portal = Portal()
    inbox = portal.has_inbox("Support")
    portal.has_agent("agent-3")
    provision(portal, ROOT / "deploy" / "properties.toml")
    with Runtime(portal) as runtime:
        secrets = {"CHAT_HANDOFF_TOKEN": portal.token()}
        workflow = Workflow(stored(address, token), portal=portal, runtime=runtime, secrets=secrets)
        workflow.watches()
        chat = portal.has_chat(inbox=inbox, contact=portal.has_contact("visitor-12@example.org"))
        chat.says("My parcel has not come. Where is it?").closes()
        portal.clock.advance(600)
        for enrolment in workflow.enrolments:
            for run in enrolment.runs:
                print("\n".join(line for line in run.logs.splitlines() if line.startswith("{")))
    print(f"{len(portal.records('tickets'))} tickets")
    return 0


def stored(address: str, token: str) -> Flow:
    """The account's workflow of conversations that is on."""
    with requests.Session() as session:
        session.trust_env = False
        session.headers["Authorization"] = f"Bearer {token}"
        listed = session.get(f"{address}/automation/v4/flows", timeout=60).json()["results"]
        (id,) = [row["id"] for row in listed if row["objectTypeId"] == CONVERSATION and row["isEnabled"]]
        definition = session.get(f"{address}/automation/v4/flows/{id}", timeout=60).json()
    return Flow.parse(definition, ROOT / "deploy" / "workflows" / "stored.json")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
