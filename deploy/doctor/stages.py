"""Do the pipelines and stages of the settings exist, and which stage waits on the contact?

The API tells of a stage whether its tickets are open, not on whom they wait. That is proposed by the stage's label.
"""

from collections.abc import Iterator
from typing import Any

from deploy.doctor.exam import DEFAULT_ROUTE, Exam
from deploy.doctor.line import Line, by_hand, look, ready

WAITS_ON_CONTACT = (
    "waiting on contact", "waiting on customer", "waiting for contact", "waiting for customer", "pending customer",
    "awaiting customer", "wartet auf kontakt", "warten auf kontakt", "wartet auf kunde", "warten auf kunde",
    "en attente du contact", "en attente du client", "esperando al contacto", "esperando al cliente",
    "en espera del contacto", "en espera del cliente", "aguardando contato", "aguardando o contato",
    "aguardando cliente", "aguardando o cliente", "wachten op contact", "wachten op klant", "wacht op klant",
    "in attesa del contatto", "in attesa del cliente", "コンタクト待ち", "顧客の返信待ち",
)  # fmt: skip
WAITS_ON_US = (
    "waiting on us", "waiting for us", "wartet auf uns", "warten auf uns", "en attente de notre", "en attente de nous",
    "esperándonos", "en espera de nosotros", "aguardando nós", "aguardando nossa", "wachten op ons", "in attesa di noi",
    "自社の対応待ち",
)  # fmt: skip
"""Guessed: HubSpot's own labels and what people make of them."""
FREE = "CRM_PERMISSIONS_ENFORCEMENT"

Row = dict[str, Any]


def stages(exam: Exam) -> Iterator[Line]:
    """Routes, moves and the rest that names a stage."""
    pipelines = {str(row["id"]): row for row in exam.readings.pipelines()}
    routes = exam.routes() or [DEFAULT_ROUTE]
    for number, route in enumerate(routes, 1):
        yield _route(exam, number, route, pipelines)
    used = list(dict.fromkeys([*(route["pipeline"] for route in routes), *exam.names("dedup_check", "pipelines")]))
    yield from _searched(exam, routes, pipelines)
    yield from _named(exam, pipelines)
    for id in used:
        if id in pipelines:
            yield from _pipeline(exam, pipelines[id])


def _route(exam: Exam, number: int, route: dict[str, str], pipelines: dict[str, Row]) -> Line:
    facts: Row = {"pipeline": route["pipeline"], "stage": route["stage"]}
    name = f"Route {number}" if exam.routes() else "The default route"
    pipeline = pipelines.get(route["pipeline"])
    if pipeline is None:
        listed = "; ".join(f"{id} {row['label']}" for id, row in pipelines.items())
        what = f"{name} names pipeline {route['pipeline']}, which is not there."
        return by_hand(what, f"Correct routes in {exam.portal.where}. There are: {listed}.", **facts)
    stage = _by_id(pipeline).get(route["stage"])
    if stage is None:
        listed = "; ".join(f"{id} {row['label']}" for id, row in _by_id(pipeline).items())
        what = f"{name} names stage {route['stage']}, which {pipeline['label']} does not have."
        return by_hand(what, f"Correct routes in {exam.portal.where}. There are: {listed}.", **facts)
    place = f"{pipeline['label']} ({route['pipeline']}), {stage['label']} ({route['stage']})"
    if _closed(stage):
        return by_hand(f"{name} makes tickets in {place}, where they are closed.", "Choose an open stage.", **facts)
    if stage.get("writePermissions", FREE) != FREE:
        return by_hand(f"{name} makes tickets in {place}, which no key may write.", "Choose another stage.", **facts)
    return ready(f"{name} makes tickets in {place}.", **facts)


def _searched(exam: Exam, routes: list[dict[str, str]], pipelines: dict[str, Row]) -> Iterator[Line]:
    """A pipeline into which tickets go and in which none is looked for would get a second ticket for a visitor."""
    if "dedup_check" not in exam.actions:
        return
    searched = exam.names("dedup_check", "pipelines")
    missed = [id for id in dict.fromkeys(route["pipeline"] for route in routes) if id not in searched]
    if missed:
        every = ", ".join(f'"{id}"' for id in [*searched, *missed])
        yield by_hand(
            f"Tickets go into pipeline {', '.join(missed)}, and dedup_check does not look there for open ones.",
            f"Write pipelines = [{every}] under [inputs.dedup_check] in {exam.portal.where}.",
        )
    for id in searched:
        if id not in pipelines:
            yield by_hand(f"dedup_check looks in pipeline {id}, which is not there.", "Correct [inputs.dedup_check].")


def _named(exam: Exam, pipelines: dict[str, Row]) -> Iterator[Line]:
    """Stages in other settings."""
    known = {id for row in pipelines.values() for id in _by_id(row)}
    moves = exam.table("create_ticket", "stage_moves")
    named = {
        "stage_moves": [*moves, *(str(id) for id in moves.values())],
        "reopen_stage": exam.names("create_ticket", "reopen_stage"),
    }
    if "waiting_stages" in {name for table in exam.values.values() for name in table}:
        named["waiting_stages"] = exam.names("stamp_chat_closed_at", "waiting_stages")
    for setting, ids in named.items():
        for id in ids:
            if id not in known:
                yield by_hand(f"Stage {id} is in {setting}, and is not there.", f"Correct it in {exam.portal.where}.")


def _pipeline(exam: Exam, pipeline: Row) -> Iterator[Line]:
    """What the labels propose, and stages of which it is not told whether they are open."""
    rows = _by_id(pipeline)
    silent = [row["label"] for row in rows.values() if not (row.get("metadata") or {}).get("ticketState")]
    if silent:
        yield look(f"{pipeline['label']}: whether {', '.join(silent)} is open is not told; ours takes it for open.")
    moves = exam.table("create_ticket", "stage_moves")
    waiting = exam.names("stamp_chat_closed_at", "waiting_stages")
    for id, row in rows.items():
        if not _says(row, WAITS_ON_CONTACT) or _closed(row):
            continue
        target = _target(rows)
        if id not in moves and target:
            yield look(
                f"{pipeline['label']}: {row['label']} ({id}) seems to wait on the contact; "
                f"a chat could move its ticket to {rows[target]['label']} ({target}).",
                f'A proposal: add "{id}" = "{target}" to stage_moves under [inputs.create_ticket].',
                guessed=True,
                stage_moves={id: target},
            )
        if id not in waiting and "stamp_chat_closed_at" in exam.actions:
            every = ", ".join(f'"{each}"' for each in [*waiting, id])
            yield look(
                f"{pipeline['label']}: the clock does not know that {row['label']} ({id}) waits on the contact.",
                f"A proposal: waiting_stages = [{every}] under [inputs.stamp_chat_closed_at].",
                guessed=True,
                waiting_stages=[*waiting, id],
            )


def _target(rows: dict[str, Row]) -> str:
    """The stage that waits on us; else the first open one that does not wait on the contact."""
    free = {id: row for id, row in rows.items() if not _closed(row) and not _says(row, WAITS_ON_CONTACT)}
    ours = [id for id, row in free.items() if _says(row, WAITS_ON_US)]
    return next(iter([*ours, *free]), "")


def _says(stage: Row, words: tuple[str, ...]) -> bool:
    label = " ".join(str(stage.get("label")).casefold().split())
    return any(word in label for word in words)


def _closed(stage: Row) -> bool:
    return (stage.get("metadata") or {}).get("ticketState") == "CLOSED"


def _by_id(pipeline: Row) -> dict[str, Row]:
    rows = sorted(pipeline["stages"], key=lambda row: (row.get("displayOrder", 0), str(row.get("label"))))
    return {str(row["id"]): row for row in rows}
