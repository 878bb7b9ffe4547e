"""The search operation: filters, words, one sort, and pages of what they find."""

import json
from typing import Any

from harness.portal import pages
from harness.portal import refusals as shared
from harness.portal.call import Answer, Call, list_of, optional_text, text_of, texts_of
from harness.portal.objects import filters, searching, views
from harness.portal.objects import search_refusals as refusals
from harness.portal.objects.records import Table
from harness.portal.objects.routes import reading, type_of
from harness.portal.objects.searching import PAGE, Found, Search
from harness.portal.objects.types import ObjectType
from harness.portal.properties.definitions import Definition
from harness.portal.routing import Route

# All documented (search guide, and the spec's texts).
USUAL_PAGE, MOST, LONGEST = 10, 10_000, 3_000
MOST_NAMES = 1_000  # properties that an answer is asked for; guessed
DIRECTIONS = ("ASCENDING", "DESCENDING")
REMEMBERED = 8  # searches whose order is kept for their next pages while nothing is written
LARGEST = 10_000  # characters of a search that is remembered


def search(call: Call) -> Answer:
    """POST search: one page of the records that meet the filters, and how many there are."""
    type, body = type_of(call), call.body()
    asked = texts_of(body, "properties", "the search")
    if len(asked) > MOST_NAMES:
        raise shared.validation(f"properties must have at most {MOST_NAMES} names")
    table = call.world.records.of(type)
    limit, start = _limit(body), _start(body)
    stale = table.stale(call.now)
    found = _found(call, type, table, body, stale)
    page = found.page(start, min(limit, MOST - start))
    rows = [stale.get(id) or table.rows[id] for id in page]
    answer: dict[str, Any] = {
        "total": found.total,
        "results": [views.record(call.world, type, row, asked) for row in rows],
    }
    following = start + len(page)
    return 200, answer | ({"paging": pages.paging(str(following))} if page and following < found.total else {})


def _found(call: Call, type: ObjectType, table: Table, body: dict[str, Any], stale: searching.Stale) -> Found:
    """What a search finds, from memory if it is the next page of one and nothing was written since."""
    asked = json.dumps([body.get(name) for name in ("filterGroups", "filters", "sorts", "query")])
    version, found = table.recent.get(asked, (-1, None))
    if isinstance(found, Found) and version == table.version and not stale:
        return found
    found = searching.find(table, _read(call, type, body), stale)
    if not stale and filters.PSEUDO not in asked and len(asked) <= LARGEST:
        table.recent[asked] = (table.version, found)
        if len(table.recent) > REMEMBERED:
            del table.recent[next(iter(table.recent))]
    return found


def _read(call: Call, type: ObjectType, body: dict[str, Any]) -> Search:
    query = optional_text(body, "query", "the search")
    if len(query) > LONGEST:
        raise refusals.too_long(LONGEST)
    sort, descending = _sort(call, type, list_of(body, "sorts", "the search"))
    groups = filters.read(call.world, type, body)
    return Search(groups, filters.words(query, prefix=True), sort, descending)


def _limit(body: dict[str, Any]) -> int:
    limit = body.get("limit")
    if limit is None:
        return USUAL_PAGE
    if isinstance(limit, str) and limit.isascii() and limit.isdigit() and len(limit) < 10:
        limit = int(limit)
    if isinstance(limit, bool) or not isinstance(limit, int) or not 0 <= limit <= PAGE:
        raise refusals.bad_limit(PAGE)
    return limit


def _start(body: dict[str, Any]) -> int:
    """Where the page begins: a cursor, or a plain number, as the guide and public code have it."""
    after = body.get("after")
    if after in (None, ""):
        return 0
    text = text_of(body, "after", "the search")
    number = text if text.isascii() and text.isdigit() else pages.opened(text)
    if not (number.isdigit() and len(number) < 10):
        raise shared.bad_parameter("The paging cursor is not valid", "after", value=text)
    if int(number) >= MOST:
        raise refusals.too_far(MOST)
    return int(number)


def _sort(call: Call, type: ObjectType, sorts: list[Any]) -> tuple[Definition | None, bool]:
    """The one sort (documented): a name, -name, or an object, which some clients send as text."""
    if not sorts:
        return None, False
    if len(sorts) > 1:
        raise refusals.bad_sort(f"expected at most one, found {len(sorts)}")
    sort = sorts[0]
    if isinstance(sort, str):
        sort = _from_text(sort)
    if not isinstance(sort, dict) or not isinstance(sort.get("propertyName"), str):
        raise refusals.bad_sort("expected a property's name, or an object with propertyName and direction")
    direction = sort.get("direction") or DIRECTIONS[0]
    if direction not in DIRECTIONS:
        raise refusals.bad_sort(f"direction must be {' or '.join(DIRECTIONS)}")
    definition = call.world.definitions.get(type, sort["propertyName"])
    if definition is None:
        raise refusals.unknown_property(sort["propertyName"])
    return definition, direction == DIRECTIONS[1]


def _from_text(sort: str) -> Any:
    if sort.startswith("{"):
        try:
            return json.loads(sort)
        except ValueError:
            return None
    direction = DIRECTIONS[1] if sort.startswith("-") else DIRECTIONS[0]
    return {"propertyName": sort.removeprefix("-"), "direction": direction}


ROUTES = (Route("POST", "objects", "/{objectType}/search", search, reading),)
