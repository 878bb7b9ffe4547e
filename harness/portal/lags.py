"""How far HubSpot's reading sides are behind its writing ones: the search index, and association reads."""

from dataclasses import dataclass


@dataclass(slots=True)
class Lags:
    """Milliseconds by the clock. Documented for search ("seconds to minutes"); for associations nobody says."""

    search: int = 0
    associations: int = 0
