"""What of HubSpot's API does the local portal answer, and how is that known? Computed into docs/coverage.md.

`python -m tests.claims.coverage [--specs DIR] --write` writes it anew. From the specs comes one list, which operations
there are (operations.txt beside this file); the rest comes from the portal's routes, the claims and the ledger.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import tests.claims.areas  # noqa: F401 - knows all claims
from harness.facts.ledger import marked, read
from harness.facts.runtime import FACTS
from harness.portal.door import ROUTER
from harness.portal.routing import Operation
from tests.claims.claim import ANSWER, CLAIMS, EFFECT, OPERATIONS, REFUSAL, Claim
from tests.claims.emulation import emulated

HERE = Path(__file__).parent
TABLE = HERE.parents[1] / "docs" / "coverage.md"
LIST = HERE / "operations.txt"

HEAD = """\
# What the local HubSpot answers, and how that is known

Computed by `python -m tests.claims.coverage --write` from HubSpot's OpenAPI files, the portal's routes and the claims
in `tests/claims`; a test computes it again. A *claim* is one sentence about what HubSpot does, with a scenario that
shows it. Each is put to the local portal and, with `nox -s live`, to a real account. Its mark:

* **verified** (with the day): a real account did so; **contradicted**: a real account did otherwise;
* **documented**: HubSpot says so, in the place named;
* **guessed**: seen in other people's code or notes, or a guess of ours, as named.

"""


def main() -> int:
    """Write the table, or say whether it is as it should be."""
    asked = argparse.ArgumentParser(
        prog="python -m tests.claims.coverage", description="The table of what is emulated."
    )
    asked.add_argument("--specs", type=Path, metavar="DIR", help="HubSpot's OpenAPI files, to list the operations anew")
    asked.add_argument("--write", action="store_true", help="write docs/coverage.md, and operations.txt with --specs")
    told = asked.parse_args()
    listed = listed_in(told.specs) if told.specs else LIST.read_text("utf-8")
    if told.write:
        LIST.write_text(listed, encoding="utf-8")
        TABLE.write_text(table(), encoding="utf-8")
        return 0
    same = LIST.read_text("utf-8") == listed and TABLE.read_text("utf-8") == table()
    print("docs/coverage.md is as computed." if same else "docs/coverage.md is not as computed: add --write.")
    return 0 if same else 1


def listed_in(folder: Path) -> str:
    """One line for each operation of each spec: the spec, the method, the path."""
    from tests.specs.files import read as read_specs
    from tests.specs.operations import Operations

    all = Operations.of(read_specs(folder)).all
    return "".join(sorted(f"{each.spec.name}: {each.method} {each.path}\n" for each in all))


def table() -> str:
    """The whole file."""
    seen = read()
    marks = Counter(marked(claim.mark, seen.get(claim.id)).partition(" ")[0] for claim in CLAIMS.values())
    counts = ", ".join(f"{number} {mark}" for mark, number in sorted(marks.items()))
    listed = LIST.read_text("utf-8").splitlines()
    named = [each for each in ROUTER.operations if not emulated(each)]
    lines = [
        f"HubSpot's {len({line.partition(':')[0] for line in listed})} specs of these areas "
        f"have {len(listed)} operations, "
        f"those of each object type counted for themselves. The portal has {len(ROUTER.operations)} by path: "
        f"{len(ROUTER.operations) - len(named)} are emulated, {len(named)} answer by name that they are not. "
        f"{len(CLAIMS)} claims: {counts}.",
        "",
        *_operations(),
        *_claims(),
        *_facts(),
        *_named(named),
    ]
    return HEAD + "\n".join(lines) + "\n"


def _operations() -> Iterator[str]:
    yield "## Operations"
    yield ""
    yield "| Operation | Versions | Effects | Answers | Refusals |"
    yield "|---|---|---|---|---|"
    for name, versions in OPERATIONS.items():
        if emulated(next(iter(versions.values()))):
            area, _, rest = name.partition(" ")
            cells = [_ids(claim for claim in _of(name) if claim.kind == kind) for kind in (EFFECT, ANSWER, REFUSAL)]
            yield f"| {area}: `{rest}` | {', '.join(versions)} | {' | '.join(cells)} |"
    yield ""


def _claims() -> Iterator[str]:
    seen = read()
    yield "## Claims"
    yield ""
    yield "| Claim | What HubSpot does | Mark | Source |"
    yield "|---|---|---|---|"
    for claim in sorted(CLAIMS.values(), key=lambda claim: claim.id):
        says = claim.says.replace("|", "\\|")
        yield f"| {claim.id} | {says} | {marked(claim.mark, seen.get(claim.id))} | {claim.source} |"
    yield ""


def _facts() -> Iterator[str]:
    seen = read()
    yield "## The runtime"
    yield ""
    yield "What the runtime assumes; `actions/probe.py` asks HubSpot, `harness facts import` takes its log."
    yield ""
    yield "| Fact | What HubSpot does | Mark | Source |"
    yield "|---|---|---|---|"
    for fact in FACTS:
        yield f"| {fact.id} | {fact.says} | {marked(fact.mark, seen.get(fact.id))} | {fact.source} |"
    yield ""


def _named(operations: Iterable[Operation]) -> Iterator[str]:
    yield "## Not emulated"
    yield ""
    yield "These answer 501 and say so by name:"
    yield ""
    for operation in operations:
        yield f"* `{operation.route.method} {operation.template}`"


def _of(operation: str) -> list[Claim]:
    return [claim for claim in CLAIMS.values() if operation in claim.operations]


def _ids(claims: Iterable[Claim]) -> str:
    return ", ".join(sorted(claim.id for claim in claims))


if __name__ == "__main__":
    sys.exit(main())
