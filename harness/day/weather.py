"""The weather of the day file: storms of refusals, and outages."""

import msgspec


class Storm(msgspec.Struct, forbid_unknown_fields=True):
    """So many requests, or all until a time of day, fail: with a status, or cut off."""

    times: int = 0
    until: str = ""
    status: int = 429
    after_write: bool = False
    drop: bool = False


class Outage(msgspec.Struct, forbid_unknown_fields=True):
    """Nothing is answered but `status`, until a time of day."""

    until: str
    status: int = 503


class WeatherEntry(msgspec.Struct, forbid_unknown_fields=True):
    """Weather that begins at a time of day."""

    at: str
    storm: Storm | None = None
    outage: Outage | None = None
