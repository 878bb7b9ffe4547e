"""What is stored of associations: both directions of each, in the order they were made."""

from collections.abc import Callable

from harness.portal.associations.kinds import DEFAULTS, KINDS, Kind
from harness.portal.lags import Lags
from harness.portal.objects.types import TYPES

_Ends = dict[str, tuple[int, ...]]  # the other end's id -> the types of association to it
_Side = tuple[str, str, str]  # a type, the id of a record of it, the type at the other end


class Links:
    """All associations of the account."""

    def __init__(self, lags: Lags, now: Callable[[], int]) -> None:
        self._ends: dict[_Side, _Ends] = {}
        self._lags = lags
        self._now = now
        self._before: list[tuple[int, _Side, _Ends]] = []  # when, and how a side was before

    def add(self, kind: Kind, start: str, end: str) -> bool:
        """Associate two records; False if it is so already. A primary one takes the place of another."""
        if kind.id in self.types(kind.start, start, kind.end, end):
            return False
        for single, owner in ((kind, start), (KINDS[kind.end, kind.start, kind.reverse], end)):
            if single.single:
                self._release(single, owner)
        plain = DEFAULTS[kind.start, kind.end]
        if kind.label:  # a primary company is also a plain one
            self._put(plain, start, end)
        self._put(kind, start, end)
        return True

    def remove(self, start_type: str, start: str, end_type: str, end: str) -> None:
        """Take every association between two records away."""
        for side, other in (((start_type, start, end_type), end), ((end_type, end, start_type), start)):
            if other in self._ends.get(side, {}):
                self._remember(side)
                del self._ends[side][other]

    def drop(self, kind: Kind, start: str, end: str) -> bool:
        """Take one type of association between two records away; False if there is none.

        With an unlabelled one all labelled ones go, too (documented).
        """
        types = self.types(kind.start, start, kind.end, end)
        if kind.id not in types:
            return False
        for other in (KINDS[kind.start, kind.end, id] for id in types):
            if other is kind or (other.label and not kind.label):
                self._detach(other, start, end)
                self._detach(KINDS[other.end, other.start, other.reverse], end, start)
        return True

    def single(self, kind: Kind, start: str) -> str:
        """The other end of the one association of this type that a record can have; none: ""."""
        return next((end for end, ids in self.ends(kind.start, start, kind.end).items() if kind.id in ids), "")

    def take_over(self, type_id: str, former: tuple[str, str], new: str) -> None:
        """One record has the associations of two, the first one's before the other's.

        Documented: of several primary ones the first record's stays. Between the two: none is left (guessed).
        """
        for old in former:
            for other in TYPES:
                for end, ids in list(self.ends(type_id, old, other.id).items()):
                    self.remove(type_id, old, other.id, end)
                    itself = other.id == type_id and end in former
                    for kind in () if itself else (KINDS[type_id, other.id, id] for id in ids):
                        if not (kind.single and self._has(kind, new)):
                            self._put(kind, new, end)

    def seen(self, start_type: str, start: str, end_type: str) -> _Ends:
        """The other ends as a reader is told: without what was written within the lag of such reads."""
        side = (start_type, start, end_type)
        self._before = [entry for entry in self._before if entry[0] > self._now() - self._lags.associations]
        return next((ends for _, written, ends in self._before if written == side), self._ends.get(side, {}))

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
        side = (kind.start, start, kind.end)
        ids = self.ends(*side).get(end, ())
        if kind.id not in ids:
            self._remember(side)
            self._ends.setdefault(side, {})[end] = (*ids, kind.id)

    def _release(self, kind: Kind, start: str) -> None:
        for end, ids in list(self.ends(kind.start, start, kind.end).items()):
            if kind.id in ids:
                self.drop(kind, start, end)

    def _has(self, kind: Kind, start: str) -> bool:
        return self.single(kind, start) != ""

    def _detach(self, kind: Kind, start: str, end: str) -> None:
        side = (kind.start, start, kind.end)
        self._remember(side)
        left = tuple(id for id in self._ends[side][end] if id != kind.id)
        if left:
            self._ends[side][end] = left
        else:
            del self._ends[side][end]

    def _remember(self, side: _Side) -> None:
        if self._lags.associations:
            self._before.append((self._now(), side, dict(self._ends.get(side, {}))))
