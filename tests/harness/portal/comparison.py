"""What the portal says of an account through its API, compared with the model: lists, reads, searches, associations."""

from collections.abc import Iterable
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine, invariant

from tests.harness.portal.app import App
from tests.harness.portal.model import CONTACTS, TICKETS, Account, Kind, Record

NOBODY = "7"  # an id that no record has


def unique_value(kind: Kind, number: int) -> str:
    """One of the unique values."""
    if not number:
        return ""
    return f"800000000{number}" if kind is TICKETS else f"visitor-{number}@example.org"


class Comparison(RuleBasedStateMachine):
    """A portal and a model to which the same is done; after each step both must be the same account."""

    app: App
    model: Account

    @invariant()
    def the_same_records(self) -> None:
        """Lists by pages, archived ones too, and reads by every id there ever was, alone and in a batch."""
        for kind in (TICKETS, CONTACTS):
            records = self.model.of(kind)
            for archived in (False, True):
                listed = self._pages(kind, archived)
                assert listed == [(record.id, record.values) for record in records.all(archived)]
            ids = [*records.made, NOBODY]
            answers = {id: self.app.get(f"{kind.path}/{id}", properties=f"{kind.unique},{kind.text}") for id in ids}
            live = {id: record for id in ids if (record := records.live(id))}
            assert {id for id, answer in answers.items() if answer.status == 200} == live.keys()
            assert {answer.status for answer in answers.values()} <= {200, 404}
            for id, record in live.items():
                assert self._seen(kind, answers[id].body) == (record.id, record.values)
            names = {
                "inputs": [{"id": id} for id in ids],
                "properties": [kind.unique, kind.text],
                "propertiesWithHistory": [],
            }
            read = self.app.post(f"{kind.path}/batch/read", names).body["results"]
            found = {record.id: record.values for record in live.values()}
            assert dict(self._seen(kind, record) for record in read) == found

    @invariant()
    def the_same_holders(self) -> None:
        """Every unique value names the record that the model has for it, in reads and in batches."""
        for kind in (TICKETS, CONTACTS):
            values = [unique_value(kind, number) for number in range(1, 5)]
            holders = {value: record.id for value in values if (record := self.model.of(kind).holder(value))}
            reads = {value: self.app.get(f"{kind.path}/{value}", idProperty=kind.unique) for value in values}
            assert {value: read.body["id"] for value, read in reads.items() if read.status == 200} == holders
            names = {
                "inputs": [{"id": value} for value in values],
                "idProperty": kind.unique,
                "properties": [],
                "propertiesWithHistory": [],
            }
            batch = self.app.post(f"{kind.path}/batch/read", names).body["results"]
            assert {record["id"] for record in batch} == set(holders.values())

    @invariant()
    def the_same_searches(self) -> None:
        """Searches by value, by several, by what is not there, and for all, find what the model has, oldest first."""
        for kind in (TICKETS, CONTACTS):
            records = self.model.of(kind).all()
            self._finds(kind, "hs_object_id", "HAS_PROPERTY", {}, records)  # also asked last: the portal remembers
            for number in range(1, 5):
                value = unique_value(kind, number)
                self._finds(
                    kind,
                    kind.unique,
                    "EQ",
                    {"value": value},
                    [r for r in records if r.values.get(kind.unique) == value],
                )
            texts = {record.id: record.values.get(kind.text, "").lower() for record in records}
            parcels = [record for record in records if texts[record.id] == "lost parcel"]
            others = [record for record in records if texts[record.id] not in ("", "lost parcel")]
            self._finds(kind, kind.text, "EQ", {"value": "LOST parcel"}, parcels)
            self._finds(kind, kind.text, "IN", {"values": ["lost parcel"]}, parcels)
            self._finds(kind, kind.text, "NEQ", {"value": "lost parcel"}, others)
            self._finds(kind, kind.text, "CONTAINS_TOKEN", {"value": "refund"}, others)
            without = [record for record in records if kind.unique not in record.values]
            self._finds(kind, kind.unique, "NOT_HAS_PROPERTY", {}, without)
            parcel = {"propertyName": kind.text, "operator": "EQ", "value": "lost parcel"}
            unnamed = {"propertyName": kind.unique, "operator": "NOT_HAS_PROPERTY"}
            self._finds_both(kind, parcel, unnamed, [record for record in parcels if record in without])
            self._finds(kind, "hs_object_id", "HAS_PROPERTY", {}, records)

    @invariant()
    def the_same_associations(self) -> None:
        """Whoever is asked, from either end and under any id, says the same of who belongs together."""
        for kind, end in ((TICKETS, CONTACTS), (CONTACTS, TICKETS)):
            records = self.model.of(kind)
            for id in records.made:
                read = self.app.get(f"/crm/v4/objects/{kind.name}/{id}/associations/{end.name}")
                if not records.live(id):
                    assert read.status == 404
                    continue
                ends = self.model.ends(kind, id)
                assert {result["toObjectId"] for result in read.body["results"]} == ends
                inline = self.app.get(f"{kind.path}/{id}", associations=end.name).body.get("associations", {})
                assert {result["id"] for result in inline.get(end.name, {}).get("results", [])} == ends
                batch = f"/crm/associations/2026-09/{kind.name}/{end.name}/batch/read"
                many = self.app.post(batch, {"inputs": [{"id": id}]}).body["results"]
                assert {to["toObjectId"] for result in many for to in result["to"]} == ends
                found = [record for record in self.model.of(end).all() if record.id in ends]
                self._finds(end, f"associations.{kind.singular}", "EQ", {"value": id}, found)
                mine = {"propertyName": f"associations.{kind.singular}", "operator": "EQ", "value": id}
                parcel = {"propertyName": end.text, "operator": "EQ", "value": "lost parcel"}
                parcels = [record for record in found if record.values.get(end.text, "").lower() == "lost parcel"]
                self._finds_both(end, mine, parcel, parcels)

    def _seen(self, kind: Kind, record: dict[str, Any]) -> tuple[str, dict[str, str]]:
        """Id and values as an answer has them, those that the model knows."""
        names = (kind.unique, kind.text)
        return record["id"], {name: value for name in names if (value := record["properties"].get(name))}

    def _pages(self, kind: Kind, archived: bool) -> list[tuple[str, dict[str, str]]]:
        seen, query = [], {"limit": 2, "properties": f"{kind.unique},{kind.text}", "archived": str(archived).lower()}
        while True:
            body = self.app.get(kind.path, **query).body
            seen += [self._seen(kind, record) for record in body["results"]]
            if "paging" not in body:
                return seen
            query["after"] = body["paging"]["next"]["after"]

    def _finds(self, kind: Kind, name: str, operator: str, values: dict[str, Any], wanted: Iterable[Record]) -> None:
        self._finds_all(kind, [{"propertyName": name, "operator": operator, **values}], wanted)

    def _finds_both(self, kind: Kind, one: dict[str, Any], other: dict[str, Any], wanted: Iterable[Record]) -> None:
        wanted = [*wanted]
        for filters in ([one, other], [other, one]):
            self._finds_all(kind, filters, wanted)

    def _finds_all(self, kind: Kind, filters: list[dict[str, Any]], wanted: Iterable[Record]) -> None:
        found: list[str] = []
        search: dict[str, Any] = {"filterGroups": [{"filters": filters}], "limit": 3}
        ids = [record.id for record in wanted]
        while True:
            body = self.app.post(f"{kind.path}/search", search).body
            assert body["total"] == len(ids), (search, body, ids)
            found += [record["id"] for record in body["results"]]
            if "paging" not in body:
                break
            search["after"] = body["paging"]["next"]["after"]
        assert found == ids, search
