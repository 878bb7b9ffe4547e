"""Which associations HubSpot defines between the types we know: their ids, both ways, and the default one.

Ids: documented (association_type.py of HubSpot's client), except 31 and 277, inferred: the reverse of 32 and
278.
A primary company also has the plain association (documented); the reverse ids are stored along with each.
"""

from dataclasses import dataclass

from harness.portal.objects.types import COMPANY, CONTACT, CONVERSATION, NOTE, TICKET, ObjectType, find


@dataclass(frozen=True, slots=True)
class Kind:
    """One association type, in one direction."""

    id: int
    start: str  # type id
    end: str
    reverse: int
    label: str | None = None  # what a reader of associations sees; None for a plain one
    single: bool = False  # a record has at most one of these


_PAIRS: list[tuple[ObjectType, ObjectType, int, int]] = [  # the first of a pair is the default
    (CONTACT, COMPANY, 279, 280),
    (TICKET, CONTACT, 16, 15),
    (TICKET, COMPANY, 339, 340),
    (TICKET, CONVERSATION, 32, 31),
    (TICKET, CONVERSATION, 278, 277),
    (NOTE, TICKET, 228, 227),
    (NOTE, CONTACT, 202, 201),
    (NOTE, COMPANY, 190, 189),
]
_PRIMARY: list[tuple[ObjectType, ObjectType, int, int]] = [
    (CONTACT, COMPANY, 1, 2),
    (TICKET, COMPANY, 26, 25),
]
_SAME: list[tuple[ObjectType, int]] = [(TICKET, 452), (CONTACT, 449), (COMPANY, 450)]
THREAD_KINDS = (32, 31)  # a thread id stands at their conversation's end; with 278 and 277 a record's id


def _all() -> list[Kind]:
    kinds = []
    for start, end, forth, back in _PAIRS:
        kinds += [Kind(forth, start.id, end.id, back), Kind(back, end.id, start.id, forth)]
    for start, end, forth, back in _PRIMARY:
        kinds += [
            Kind(forth, start.id, end.id, back, "Primary", single=True),
            Kind(back, end.id, start.id, forth, "Primary"),
        ]
    return kinds + [Kind(id, type.id, type.id, id) for type, id in _SAME]


KINDS: dict[tuple[str, str, int], Kind] = {(k.start, k.end, k.id): k for k in _all()}
DEFAULTS: dict[tuple[str, str], Kind] = {}
for _kind in KINDS.values():
    DEFAULTS.setdefault((_kind.start, _kind.end), _kind)


def name(start: str, end: str) -> str:
    """How an answer names an association: ticket_to_contact."""
    return f"{find(start).singular}_to_{find(end).singular}"
