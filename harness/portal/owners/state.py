"""What is stored of owners: who is active, and which user each one is."""

from dataclasses import dataclass


@dataclass(slots=True)
class Owner:
    """One owner. Its id is not its user's id: a thread names the user (A-<userId>), a record the owner."""

    id: str
    user_id: int
    first_name: str
    email: str
    created: int
    kind: str = "PERSON"  # or QUEUE
    archived: bool = False


class Owners:
    """All owners of the account."""

    def __init__(self) -> None:
        self._owners: dict[str, Owner] = {}

    def add(self, name: str, at: int, kind: str = "PERSON") -> Owner:
        """A new owner, with a user of its own."""
        number = len(self._owners) + 1
        owner = Owner(
            id=str(60_000_000 + number),
            user_id=2_000_000 + number,
            first_name=name,
            email=f"{name.lower().replace(' ', '.')}@example.org",
            created=at,
            kind=kind,
        )
        self._owners[owner.id] = owner
        return owner

    def get(self, id: str) -> Owner | None:
        """An owner by id, active or not."""
        return self._owners.get(id)

    def by_user(self, user_id: str) -> Owner | None:
        """An owner by its user's id."""
        return next((o for o in self._owners.values() if str(o.user_id) == user_id), None)

    def all(self) -> list[Owner]:
        """Every owner, in the order they came."""
        return list(self._owners.values())
