"""The portal beside a plain model: whatever is done through its API, in whatever order, both are the same account.

As many runs as MODEL_RUNS says (the usual few are always the same ones): MODEL_RUNS=2000 looks further.
"""

import os

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from harness.portal import Portal
from tests.harness.portal.app import UNIQUE, Answer, App
from tests.harness.portal.comparison import NOBODY, Comparison, unique_value
from tests.harness.portal.model import CONTACTS, TICKETS, Account, Kind, Record

RUNS = os.environ.get("MODEL_RUNS", "")
KINDS = st.sampled_from([TICKETS, CONTACTS])
PICK = st.integers(0, 39)  # which of the ids there ever were
LIVE = st.integers(0, 29).map(lambda pick: pick - 30) | PICK  # mostly, which of the live ones
NUMBER = st.integers(1, 4)
TEXT = st.sampled_from(["Lost parcel", "lost PARCEL", "Refund"])
UNIQUE_NUMBER = st.sampled_from(
    [None, 0, 1, 2, 3, 4, 1, 2, 3, 4]
)  # leave it, empty it, one of a few that are fought for
CHANGE = st.tuples(UNIQUE_NUMBER, st.none() | TEXT)
ASSOCIATION = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 16}]


class PortalAndModel(Comparison):
    """Does everything to both, and compares."""

    @initialize(people=st.integers(0, 3))
    def begin(self, people: int) -> None:
        """An account that is empty, or has some contacts with a ticket each."""
        portal = Portal()
        portal.provision([UNIQUE])
        self.app = App(portal, portal.token())
        self.model = Account()
        for number in range(people):
            self.create(CONTACTS, (number + 1, "Refund"), None)
            self.create(TICKETS, (number + 1, "Lost parcel"), number)

    @rule(kind=KINDS, change=CHANGE, contact=st.none() | LIVE)
    def create(self, kind: Kind, change: tuple[int | None, str | None], contact: int | None) -> None:
        """Make one record; a ticket perhaps for a contact."""
        values = self._values(kind, change, new=True)
        end = None if contact is None or kind is CONTACTS else self._id(CONTACTS, contact)
        associations = [] if end is None else [{"to": {"id": end}, "types": ASSOCIATION}]
        answer = self.app.post(kind.path, {"properties": values, "associations": associations})
        if end is not None and not self.model.contacts.live(end):
            assert answer.status == 400
        elif self.model.of(kind).conflicts([(None, values)]):
            assert answer.status == kind.conflict
        else:
            record = self._made(kind, answer, values)
            if end is not None:
                self.model.link(record.id, end)

    @rule(kind=KINDS, pick=LIVE, change=CHANGE)
    def update(self, kind: Kind, pick: int, change: tuple[int | None, str | None]) -> None:
        """Change one by any id it ever had."""
        id, values = self._id(kind, pick), self._values(kind, change)
        answer = self.app.patch(f"{kind.path}/{id}", {"properties": values})
        self._changed(kind, answer, self.model.of(kind).live(id), values)

    @rule(kind=KINDS, number=NUMBER, change=CHANGE)
    def update_by_unique(self, kind: Kind, number: int, change: tuple[int | None, str | None]) -> None:
        """Change the one that holds a value."""
        value, values = unique_value(kind, number), self._values(kind, change)
        answer = self.app.patch(f"{kind.path}/{value}", {"properties": values}, idProperty=kind.unique)
        self._changed(kind, answer, self.model.of(kind).holder(value), values)

    @rule(kind=KINDS, pick=PICK)
    def archive(self, kind: Kind, pick: int) -> None:
        """Put one away; a second time is no error."""
        id, records = self._id(kind, pick), self.model.of(kind)
        answer = self.app.delete(f"{kind.path}/{id}")
        assert answer.status == (204 if records.named(id) in records.made else 404)
        if record := records.live(id):
            records.archive(record)

    @rule(kind=KINDS, changes=st.lists(CHANGE, min_size=1, max_size=4))
    def batch_create(self, kind: Kind, changes: list[tuple[int | None, str | None]]) -> None:
        """Make several or none."""
        every = [self._values(kind, change, new=True) for change in changes]
        inputs = [{"properties": values, "associations": []} for values in every]
        answer = self.app.post(f"{kind.path}/batch/create", {"inputs": inputs})
        if self.model.of(kind).conflicts((None, values) for values in every):
            assert answer.status == kind.conflict
            return
        assert (answer.status, len(answer.body["results"])) == (201, len(every))
        for result, values in zip(answer.body["results"], every, strict=True):
            self.model.of(kind).make(result["id"], values)

    @rule(kind=KINDS, changes=st.dictionaries(LIVE, CHANGE, min_size=1, max_size=4))
    def batch_update(self, kind: Kind, changes: dict[int, tuple[int | None, str | None]]) -> None:
        """Change several or none; those that are not there are named."""
        records = self.model.of(kind)
        wanted = {records.named(self._id(kind, pick)): self._values(kind, change) for pick, change in changes.items()}
        inputs = [{"id": id, "properties": values} for id, values in wanted.items()]
        answer = self.app.post(f"{kind.path}/batch/update", {"inputs": inputs})
        found = [(record, values) for id, values in wanted.items() if (record := records.live(id))]
        if records.conflicts(found):
            assert answer.status == kind.conflict
            return
        missing = [id for id in wanted if not records.live(id)]
        assert answer.status == (207 if missing else 200)
        assert [ids for error in answer.body.get("errors", []) for ids in error["context"]["ids"]] == missing
        for record, values in found:
            records.change(record, values)

    @rule(kind=KINDS, entries=st.lists(st.tuples(NUMBER, TEXT), min_size=1, max_size=4))
    def batch_upsert(self, kind: Kind, entries: list[tuple[int, str]]) -> None:
        """Make or change several by their unique values."""
        records = self.model.of(kind)
        wanted = [(unique_value(kind, number), self._values(kind, (None, text), new=True)) for number, text in entries]
        inputs = [{"id": value, "idProperty": kind.unique, "properties": values} for value, values in wanted]
        answer = self.app.post(f"{kind.path}/batch/upsert", {"inputs": inputs})
        if len({number for number, _ in entries}) < len(entries):
            assert answer.status == 400
            return
        assert answer.status == 200
        for result, (value, values) in zip(answer.body["results"], wanted, strict=True):
            holder = records.holder(value)
            assert (result["new"], holder is None or result["id"] == holder.id) == (holder is None, True)
            if holder is None:
                records.make(result["id"], {kind.unique: value} | values)
            else:
                records.change(holder, values)

    @rule(kind=KINDS, picks=st.sets(PICK, min_size=1, max_size=3))
    def batch_archive(self, kind: Kind, picks: set[int]) -> None:
        """Put several away; those that are not there are no error."""
        ids = [self._id(kind, pick) for pick in picks]
        answer = self.app.post(f"{kind.path}/batch/archive", {"inputs": [{"id": id} for id in ids]})
        assert answer.status == 204
        for id in ids:
            if record := self.model.of(kind).live(id):
                self.model.of(kind).archive(record)

    @rule(kind=KINDS, first=LIVE, other=LIVE)
    def merge(self, kind: Kind, first: int, other: int) -> None:
        """Make one of two."""
        records, ids = self.model.of(kind), (self._id(kind, first), self._id(kind, other))
        answer = self.app.post(f"{kind.path}/merge", {"primaryObjectId": ids[0], "objectIdToMerge": ids[1]})
        one, two = (records.live(id) for id in ids)
        if one is None or two is None:
            assert answer.status == 404
        elif one is two:
            assert answer.status == 400
        else:
            assert answer.status == 200
            records.merge(answer.body["id"], one, two)

    @rule(kind=KINDS, ticket=LIVE, contact=LIVE, together=st.booleans(), many=st.booleans())
    def associate(self, kind: Kind, ticket: int, contact: int, together: bool, many: bool) -> None:
        """Link two, or separate them, from either end, alone or in a batch."""
        pair = self._id(TICKETS, ticket), self._id(CONTACTS, contact)
        (start, mine), (end, other) = sorted(
            zip((TICKETS, CONTACTS), pair, strict=True), key=lambda e: e[0] is not kind
        )
        there = bool(self.model.tickets.live(pair[0]) and self.model.contacts.live(pair[1]))
        if many:
            batch = f"/crm/associations/2026-09/{start.name}/{end.name}/batch"
            one, to = {"id": mine}, {"id": other}
            if together:
                answer = self.app.post(f"{batch}/associate/default", {"inputs": [{"from": one, "to": to}]})
            else:
                answer = self.app.post(f"{batch}/archive", {"inputs": [{"from": one, "to": [to]}]})
            assert answer.status == (200 if there or not together else 207)
        elif together:
            answer = self.app.put(
                f"{kind.path.rpartition('/')[0]}/{start.name}/{mine}/associations/default/{end.name}/{other}"
            )
            assert answer.status == (200 if there else 404)
        else:
            answer = self.app.delete(f"{start.path}/{mine}/associations/{end.name}/{other}")
            assert answer.status == 204
        if together and there:
            self.model.link(*pair)
        elif not together:
            self.model.separate(*pair)

    def _values(self, kind: Kind, change: tuple[int | None, str | None], new: bool = False) -> dict[str, str]:
        unique, text = change
        values = {} if unique is None else {kind.unique: unique_value(kind, unique)}
        text = text or ("Refund" if new else None)
        values |= {kind.text: text} if text else {}
        return values | ({"hs_pipeline_stage": "1"} if new and kind is TICKETS else {})

    def _id(self, kind: Kind, pick: int) -> str:
        records = self.model.of(kind)
        live = [record.id for record in records.all()] if pick < 0 else []
        ids = live or [*records.made, NOBODY]
        return ids[pick % len(ids)]

    def _made(self, kind: Kind, answer: Answer, values: dict[str, str]) -> Record:
        assert answer.status == 201, answer.body
        return self.model.of(kind).make(answer.body["id"], values)

    def _changed(self, kind: Kind, answer: Answer, record: Record | None, values: dict[str, str]) -> None:
        if record is None:
            assert answer.status == 404
        elif self.model.of(kind).conflicts([(record, values)]):
            assert answer.status == kind.conflict
        else:
            assert (answer.status, answer.body["id"]) == (200, record.id)
            self.model.of(kind).change(record, values)


TestPortalAndModel = PortalAndModel.TestCase
TestPortalAndModel.settings = settings(
    max_examples=int(RUNS or 100),
    stateful_step_count=30,
    derandomize=not RUNS,
    database=None,
    deadline=None,
)
