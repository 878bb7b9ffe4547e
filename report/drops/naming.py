"""What are inboxes and agents called? Asked only when names are wanted, shown, and kept nowhere."""

from collections.abc import Mapping

from report.analysis.findings import Findings
from report.asking.asking import Asking
from report.asking.pages import pages
from report.show.labels import Names

PER_BATCH = 100  # actors in one read (guessed: the spec names no limit)


def names_of(asking: Asking, paths: Mapping[str, str], findings: Findings) -> Names:
    """The names that HubSpot has for the inboxes and agents that are in the findings."""
    conversations = paths["conversations"]
    inboxes = [inbox for page in pages(asking, f"{conversations}/inboxes", None, 100) for inbox in page]
    agents = sorted(
        {each.key for each in findings.agents if each.key} | {row.agent_id for row in findings.closes} - {""}
    )
    called: dict[str, str] = {}
    for first in range(0, len(agents), PER_BATCH):
        inputs = [f"A-{id}" for id in agents[first : first + PER_BATCH]]
        read = asking.post(f"{conversations}/actors/batch/read", {"inputs": inputs})
        for actor in read.get("results") or []:
            called[str(actor.get("id", ""))[2:]] = str(actor.get("name") or "")
    return {
        "inboxes": {str(inbox.get("id")): str(inbox.get("name") or "") for inbox in inboxes},
        "agents": {id: name for id, name in called.items() if name},
    }
