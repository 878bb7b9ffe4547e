"""Which other record does a flow's data source find for an enrolled one?

Documented: the spec's kinds of data source. Walked here are those by association; of several records the first in the
source's own order, where it names one (documented field), else the one that was associated first (guessed).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from contract.flow import Flow
from harness.portal import Portal
from harness.portal.associations.kinds import KINDS
from harness.workflow.setting import unknown_kind
from harness.workflow.values import property_text
from harness.workflow.wording import amiss, among, mapping


class Fetcher:
    """The data sources of one flow."""

    def __init__(self, flow: Flow, portal: Portal) -> None:
        self._portal = portal
        self._own = flow.object_type_id
        self._sources = {source["name"]: source for source in sources(flow)}

    def text(self, record_id: str, source: str, name: str) -> str | None:
        """A property of the record that a source finds, as it is handed over."""
        given = self._sources[source]
        end = given["objectTypeId"]
        kind = KINDS[self._own, end, given["associationTypeId"]]
        found = [self._portal.values(end, id) or {} for id in self._portal.ends(self._own, record_id, kind)]
        if order := given.get("sortBy"):
            found.sort(key=lambda values: values.get(order["property"], ""), reverse=order["order"] == "DESC")
        return property_text(found[0].get(name), self._portal.property_types(end)[name]) if found else None


def sources(flow: Flow) -> Sequence[Mapping[str, Any]]:
    """The data sources of a flow that values can name."""
    given = flow.definition.get("dataSources")
    return [each for each in given if isinstance(each, Mapping)] if isinstance(given, list) else []


def fetched(flow: Flow, properties: Mapping[str, Collection[str]]) -> dict[str, Collection[str]]:
    """By data source: the properties of the records that it finds."""
    return {str(each.get("name")): properties.get(str(each.get("objectTypeId")), ()) for each in sources(flow)}


def unsupported(flow: Flow, properties: Mapping[str, Collection[str]]) -> Iterator[str]:
    """Why a data source cannot find anything here."""
    for source in sources(flow):
        where = f"data source {source.get('name')}"
        if not isinstance(source.get("name"), str):
            yield f"data source: {amiss('a text as name', source.get('name'))}"
            continue
        if source.get("type") != "ASSOCIATION":
            yield f"{where}: {amiss('one of type ASSOCIATION', source.get('type'))}"
            continue
        end = str(source.get("objectTypeId"))
        yield from (f"{where}: {problem}" for problem in unknown_kind(source, flow.object_type_id, end))
        if source.get("sortBy"):
            order = mapping(source["sortBy"]) or {}
            if not among(order.get("property"), properties.get(end, ())) or order.get("order") not in ("ASC", "DESC"):
                yield f"{where}: {amiss('a property that the portal has, ASC or DESC, as sortBy', source['sortBy'])}"
