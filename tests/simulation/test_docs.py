"""Does the page about the simulation say what is judged?"""

from tests.simulation.invariants import INVARIANTS
from tests.simulation.stage import ROOT


def test_the_page_names_each_promise_in_its_own_words() -> None:
    """The table of docs/simulation.md has every promise, by name and sentence, and no other."""
    page = (ROOT / "docs/simulation.md").read_text(encoding="utf-8").replace("`", "")
    rows = [line.strip("|").split(" | ") for line in page.splitlines() if line.startswith("| ")][1:]

    told = [(name.strip(), sentence.strip()) for name, sentence in rows]

    assert told == [(invariant.name, invariant.sentence) for invariant in INVARIANTS]
