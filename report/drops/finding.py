"""What do the stored verdicts of an account come to? The same for what was just gathered and for what stood there."""

import time
from functools import partial
from pathlib import Path

from deploy.refusals import Refused
from report.analysis.answer import findings
from report.analysis.findings import Findings
from report.analysis.tables import Tables, of_connection
from report.gather.gathering import Gathered
from report.settings import Settings
from report.store.store import Store
from report.window import Window, window


def found(store: Store, settings: Settings, gathered: Gathered, within: int) -> Findings:
    """The findings of what was just gathered."""
    return _found(store, settings, gathered.window, gathered.until, within, complete=gathered.complete)


def found_before(store: Store, settings: Settings, days: int, within: int) -> Findings:
    """The findings of what was gathered earlier, without a call; a Refused where there is nothing."""
    portal = settings.portal.portal_id
    until = int(store.mark(portal, "until") or 0)
    if not until:
        raise Refused(
            f".report/{settings.name}.duckdb",
            expected="what an earlier run gathered",
            found="nothing yet",
            remedy="Run it once without --offline.",
        )
    ended = store.ask("SELECT ended_at FROM runs WHERE portal_id = $1 ORDER BY began_at DESC LIMIT 1", portal)
    zone = store.mark(portal, "zone") or "UTC"
    return _found(store, settings, window(zone, until, days), until, within, complete=bool(ended and ended[0][0]))


def found_in(warehouse: Path, settings: Settings, days: int, within: int, zone: str) -> Findings:
    """The findings of the tables that a warehouse's TOML names."""
    from report.analysis.warehouse import read

    now = int(time.time() * 1000)
    return _findings(
        read(warehouse), settings, window(zone, now, days), now, within, settings.portal.ui_host, complete=True
    )


def _found(store: Store, settings: Settings, days: Window, until: int, within: int, *, complete: bool) -> Findings:
    ui_host = store.mark(settings.portal.portal_id, "ui_host") or settings.portal.ui_host
    return _findings(of_connection(store.connection), settings, days, until, within, ui_host, complete=complete)


def _findings(
    tables: Tables, settings: Settings, days: Window, until: int, within: int, ui_host: str, *, complete: bool
) -> Findings:
    return findings(
        tables,
        portal=settings.portal.portal_id,
        first_day=days.first_day,
        last_day=days.last_day,
        within_ms=within,
        until=until,
        made_at=int(time.time() * 1000),
        name=settings.name,
        ui_host=ui_host,
        zone=days.zone,
        complete=complete,
        link=partial(settings.link, ui_host),
    )
