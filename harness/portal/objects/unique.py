"""Who holds which unique value: of one property no two live records have the same."""

from collections.abc import Iterator


class UniqueValues:
    """The unique values of one type of record, by property, each with the id of its holder."""

    def __init__(self) -> None:
        self._holders: dict[str, dict[str, str]] = {}
        self._held: dict[str, list[tuple[str, str]]] = {}  # by a record's id: what it holds

    def start(self, name: str, holders: dict[str, str]) -> None:
        """From now on values of this property are unique."""
        self._holders[name] = {}
        for value, id in holders.items():
            self.hold(name, id, value)

    def has(self, name: str) -> bool:
        """Whether a value of this property names one record."""
        return name in self._holders

    def names(self) -> Iterator[str]:
        """The properties whose values name one record."""
        return iter(self._holders)

    def holder(self, name: str, value: str) -> str | None:
        """The id of the record that holds a value."""
        return self._holders.get(name, {}).get(value)

    def hold(self, name: str, id: str, value: str) -> None:
        """A record holds a value; it may hold several, such as a merged contact's addresses."""
        self._holders[name][value] = id
        self._held.setdefault(id, []).append((name, value))

    def swap(self, name: str, id: str, before: str | None, after: str | None) -> None:
        """A record gives one value up and takes another."""
        if before is not None and self._holders[name].get(before) == id:
            del self._holders[name][before]
            self._held[id].remove((name, before))
        if after:
            self.hold(name, id, after)

    def release_all(self, id: str) -> None:
        """A record gives up all it holds."""
        for name, value in self._held.pop(id, ()):
            if self._holders[name].get(value) == id:
                del self._holders[name][value]
