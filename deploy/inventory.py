"""Which custom code does an account have? Every such action of every workflow, whoever wrote it, in JavaScript too."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from contract.action import digest
from deploy.desired import CUSTOM_CODE
from deploy.ends import RUNTIMES, SOON, days_left
from deploy.showing import shown

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Code:
    """One action with code; texts of HubSpot's are on one line, without tokens."""

    workflow: str
    flow_id: str
    on: bool
    action_id: str
    runtime: str
    size: int  # bytes
    sha256: str  # of the canonical text, as ours have it
    secrets: tuple[str, ...]
    file: str  # of which file of ours this is the text; "" of none
    ours: bool  # the portal's file names this workflow
    copies: int  # how many actions have this text, this one too
    ends: str  # the runtime's end, if one is known
    ends_soon: bool

    def as_json(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)


def inventory(flows: Iterable[Row], our_ids: Iterable[str], our_texts: Mapping[str, str], on: date) -> list[Code]:
    """All code of these workflows; `our_texts` is SHA-256 to file name."""
    found = [(flow, raw) for flow in flows for raw in flow.get("actions") or [] if raw.get("type") == CUSTOM_CODE]
    hashes = [digest(str(raw.get("sourceCode") or "")) for _, raw in found]
    copies, ours = Counter(hashes), set(our_ids)
    return [
        _code(flow, raw, sha256, copies[sha256], our_texts.get(sha256, ""), str(flow["id"]) in ours, on)
        for (flow, raw), sha256 in zip(found, hashes, strict=True)
    ]


def _code(flow: Row, raw: Row, sha256: str, copies: int, file: str, is_ours: bool, on: date) -> Code:
    end, secrets = RUNTIMES.get(str(raw.get("runtime"))), raw.get("secretNames")
    return Code(
        workflow=shown(str(flow.get("name") or "")),
        flow_id=str(flow["id"]),
        on=bool(flow.get("isEnabled")),
        action_id=shown(str(raw.get("actionId"))),
        runtime=shown(str(raw.get("runtime"))),
        size=len(str(raw.get("sourceCode") or "").encode("utf-8", "surrogatepass")),
        sha256=sha256,
        secrets=tuple(shown(str(name)) for name in secrets if name) if isinstance(secrets, list) else (),
        file=file,
        ours=is_ours,
        copies=copies,
        ends=end.day.isoformat() if end else "",
        ends_soon=end is not None and days_left(end, on) <= SOON,
    )
