"""What is stored of associations: both directions of each, in the order they were made."""

from harness.portal.associations.kinds import DEFAULTS, KINDS, Kind

_Ends = dict[str, tuple[int, ...]]  # the other end's id -> the types of association to it


class Links:
    """All associations of the account."""

    def __init__(self) -> None:
        self._ends: dict[tuple[str, str, str], _Ends] = {}  # (type, id, other type)

    def add(self, kind: Kind, start: str, end: str) -> bool:
        """Associate two records; False if it is so already. A primary one takes the place of another."""
        if kind.id in self.types(kind.start, start, kind.end, end):
            return False
        if kind.single:
            self._release(kind, start)
        plain = DEFAULTS[kind.start, kind.end]
        if kind.label:  # a primary company is also a plain one
            self._put(plain, start, end)
        self._put(kind, start, end)
        return True

    def remove(self, start_type: str, start: str, end_type: str, end: str) -> None:
        """Take every association between two records away."""
        self._ends.get((start_type, start, end_type), {}).pop(end, None)
        self._ends.get((end_type, end, start_type), {}).pop(start, None)

    def ends(self, start_type: str, start: str, end_type: str) -> _Ends:
        """The other ends, oldest association first."""
        return self._ends.get((start_type, start, end_type), {})

    def types(self, start_type: str, start: str, end_type: str, end: str) -> tuple[int, ...]:
        """As what two records are associated."""
        return self.ends(start_type, start, end_type).get(end, ())

    def all(self) -> list[tuple[str, str, str, str, int]]:
        """Every association in its first direction: type, id, other type, other id, association type."""
        return [
            (start_type, start, end_type, end, id)
            for (start_type, start, end_type), ends in self._ends.items()
            for end, ids in ends.items()
            for id in ids
        ]

    def _put(self, kind: Kind, start: str, end: str) -> None:
        self._attach(kind, start, end)
        self._attach(KINDS[kind.end, kind.start, kind.reverse], end, start)

    def _attach(self, kind: Kind, start: str, end: str) -> None:
        ends = self._ends.setdefault((kind.start, start, kind.end), {})
        ids = ends.get(end, ())
        if kind.id not in ids:
            ends[end] = (*ids, kind.id)

    def _release(self, kind: Kind, start: str) -> None:
        for end, ids in list(self.ends(kind.start, start, kind.end).items()):
            if kind.id in ids:
                self._detach(kind, start, end)
                self._detach(KINDS[kind.end, kind.start, kind.reverse], end, start)

    def _detach(self, kind: Kind, start: str, end: str) -> None:
        ends = self._ends[kind.start, start, kind.end]
        ends[end] = tuple(id for id in ends[end] if id != kind.id)
