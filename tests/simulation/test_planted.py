"""Are mistakes found that people make? Each is planted in a copy of a real file and has to be found soon."""

from pathlib import Path

import pytest

from tests.simulation.planted import PLANTS, Plant
from tests.simulation.planted_joins import PLANTS_OF_JOINS
from tests.simulation.planted_words import SAID
from tests.simulation.seam import Starter
from tests.simulation.telling import told_of

MOST_SEEDS, CHATS = 20, 20


@pytest.mark.parametrize("plant", [*PLANTS, *PLANTS_OF_JOINS, *SAID], ids=lambda plant: plant.name)
def test_a_planted_mistake_is_found_within_twenty_seeds(starter: Starter, plant: Plant, tmp_path: Path) -> None:
    """A changed copy of an action breaks the promise that it is against, in at most twenty seeds of twenty chats."""
    actions = plant.planted_in(tmp_path)

    found = (told_of(seed, CHATS, starter, actions)[0].breaks for seed in range(1, MOST_SEEDS + 1))

    assert any(plant.breaks in {one.invariant for one in breaks} for breaks in found)
