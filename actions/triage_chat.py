"""Triage chat: is this closed live chat unresolved, and why?

Runs one minute after a conversation was closed. Reads the thread, its messages and who wrote them, and judges the
latest sitting: everything since the last close that half an hour of silence followed. It only reads: no record is
changed, nothing is sent. What it cannot tell counts as unresolved, because a superfluous ticket is cheaper than a lost
visitor. The rules stand in docs/rules.md, section 3.
"""

# /// script
# requires-python = ">=3.9"
# dependencies = ["hubspot-api-client>=8,<9"]
#
# [tool.hubspot]
# runtime = ["PYTHON39"]
# secrets = ["CHAT_HANDOFF_TOKEN"]
# scopes = ["conversations.read"]
#
# [tool.hubspot.inputs.thread_id]
# type = "string"
# required = true
# description = "The conversation's thread id: choose the enrolled conversation's property Thread ID."
#
# [tool.hubspot.inputs.channels]
# type = "string"
# default = "1000"
# description = "Channel ids to judge, parted by commas. 1000 is live chat."
#
# [tool.hubspot.inputs.inboxes]
# type = "string"
# description = "Inbox ids to judge, parted by commas. Empty: all (create_ticket wants them named to go live)."
#
# [tool.hubspot.inputs.teams]
# type = "string"
# description = "Team markers that agents may type as #team in an internal comment, parted by commas, as in the routes."
#
# [tool.hubspot.inputs.resolution]
# type = "enumeration"
# options = ["unresolved", "resolved"]
# description = "Leave empty. A value decides every chat that this action sees; for a branch that already knows."
#
# [tool.hubspot.inputs.min_visitor_words]
# type = "number"
# default = 2
# description = "Fewer words than this from a visitor whom no person answered are not a request."
#
# [tool.hubspot.inputs.same_sitting_minutes]
# type = "number"
# default = 30
# description = "Minutes of silence after a close that make what follows a new sitting."
#
# [tool.hubspot.inputs.ai_unclear]
# type = "enumeration"
# options = ["unless_solved", "unresolved", "resolved"]
# default = "unless_solved"
# description = "Only a bot or AI answered and the visitor spoke last: unresolved unless it said that it solved it."
#
# [tool.hubspot.inputs.agent_asked_last]
# type = "enumeration"
# options = ["resolved", "unresolved"]
# default = "resolved"
# description = "What a chat is in which the agent asked last and the visitor never answered."
#
# [tool.hubspot.inputs.unclear]
# type = "enumeration"
# options = ["unresolved", "resolved"]
# default = "unresolved"
# description = "What a chat is in a language that no word list fits."
#
# [tool.hubspot.inputs.api_version]
# type = "enumeration"
# options = ["2026-09", "v3"]
# default = "2026-09"
# description = "HubSpot's API version. v3 only where the portal's rules refuse tickets made by automation."
#
# [tool.hubspot.outputs.resolution]
# type = "enumeration"
# options = ["unresolved", "resolved", "skipped"]
# description = "Branch on this: only unresolved chats go on."
#
# [tool.hubspot.outputs.reason]
# type = "string"
# description = "Why, in one word, for branches and reports."
#
# [tool.hubspot.outputs.explanation]
# type = "string"
# description = "Why, in a sentence."
#
# [tool.hubspot.outputs.marker]
# type = "string"
# description = "The marker an agent typed, without its sign; empty where there was none."
#
# [tool.hubspot.outputs.thread_id]
# type = "string"
# description = "The thread that was judged."
#
# [tool.hubspot.outputs.contact_id]
# type = "string"
# description = "The contact HubSpot names on the thread; for an anonymous visitor an id without a contact behind it."
#
# [tool.hubspot.outputs.visitor_email]
# type = "string"
# description = "The address a visitor left in the chat; empty where there is none."
#
# [tool.hubspot.outputs.inbox_id]
# type = "string"
# description = "The inbox the thread is in."
#
# [tool.hubspot.outputs.agent_id]
# type = "string"
# description = "The HubSpot user id of the agent who wrote last; empty where no person wrote."
#
# [tool.hubspot.outputs.language]
# type = "string"
# description = "The visitor's language: en, de, fr, es, pt, nl, it or ja; empty where it is another."
#
# [tool.hubspot.outputs.started_at]
# type = "datetime"
# description = "When the sitting's first message was written."
#
# [tool.hubspot.outputs.closed_at]
# type = "datetime"
# description = "When the chat was closed. The clock of the ticket starts here."
#
# [tool.hubspot.outputs.earlier_closes]
# type = "string"
# description = "Earlier closes of this chat that were unresolved too, and that no resolved one overtook since."
# ///

import difflib
import html
import json
import os
import re
import time
import unicodedata
from collections import namedtuple
from datetime import datetime, timedelta, timezone
from urllib.parse import quote

from hubspot.crm.contacts import ApiClient, ApiException, Configuration

PAGE = 100  # messages asked for at a time; larger pages are not documented
RESERVE = 6.0  # seconds kept for judging and answering when a chat has very many pages
LATE_MS = 3 * 86400000  # a run may come as late as HubSpot retries (documented: three days)


def main(event):
    given = Inputs("triage_chat", event)
    judging, silence_ms, resolution = settings(given)
    hubspot = HubSpot(
        secret("triage_chat", "CHAT_HANDOFF_TOKEN"), given.choice("api_version", HUBSPOT_PATHS, "2026-09")
    )
    thread = enrolled_thread(hubspot, given, event)
    if outside(thread, [], judging) not in ("", "no_visitor_message"):
        return answer(thread, judge(thread, [], judging), [], [])
    messages = messages_of(hubspot, thread["id"], silence_ms)
    *earlier, lines = sittings(lines_of(messages, actor_types(hubspot, messages)), silence_ms)
    verdict = judge(thread, lines, judging, resolution)
    waiting = still_waiting(thread, earlier, judging) if verdict.resolution == "unresolved" else []
    return answer(thread, verdict, lines, messages, waiting)


def settings(given):
    """What the side panel says, checked before the first request."""
    teams = [team.lower().lstrip("#") for team in given.names("teams")]
    judging = Judging(
        channels=given.names("channels", "1000"),
        inboxes=given.names("inboxes"),
        min_words=given.number("min_visitor_words", 2),
        teams=teams,
        ai_unclear=given.choice("ai_unclear", ("unless_solved", "unresolved", "resolved"), "unless_solved"),
        agent_asked_last=given.choice("agent_asked_last", ("resolved", "unresolved"), "resolved"),
        unclear=given.choice("unclear", ("unresolved", "resolved"), "unresolved"),
    )
    silence_ms = int(given.number("same_sitting_minutes", 30) * 60000)
    return judging, silence_ms, given.choice("resolution", ("", "unresolved", "resolved"), "")


def enrolled_thread(hubspot, given, event):
    """The thread by its input; by the enrolled record only if a thread answers to that id (guessed: it may not)."""
    enrolled = str(((event or {}).get("object") or {}).get("objectId") or "")
    thread_id = given.record_id("thread_id", "the conversation's thread id", required=not enrolled.isdigit())
    thread = read_thread(hubspot, thread_id or enrolled)
    if thread is None:
        raise given.wrong("thread_id", *NO_THREAD)
    return thread


def messages_of(hubspot, thread_id, silence_ms):
    """Newest first, page after page, until all that a late run may have missed is there, or its time is nearly over."""
    found, after = [], None
    while True:
        page = hubspot.get("conversations/threads/{}/messages".format(thread_id), limit=PAGE, after=after) or {}
        found += page.get("results") or []
        after = ((page.get("paging") or {}).get("next") or {}).get("after")
        lines = lines_of(found, {})
        enough = len(sittings(lines, silence_ms)) > 1 and lines[-1].at - lines[0].at > LATE_MS
        if not after or not page.get("results") or enough or hubspot.left() < RESERVE:
            return found


def still_waiting(thread, earlier, judging):
    """Closes of sittings that ended unresolved before this one, as far back as the last resolved one."""
    closes = []
    for spell in reversed(earlier):
        verdict = judge(thread, spell, judging).resolution
        if verdict == "resolved":
            break
        closes += [closed_at_end(spell)] if verdict == "unresolved" else []
    return sorted(filter(None, closes))


def actor_types(hubspot, messages):
    """Who is a person and who is not, in one read; empty where HubSpot refuses, so that the id's prefix decides."""
    wanted = sorted({sender(message) for message in messages} - {""})
    try:
        read = hubspot.post("conversations/actors/batch/read", {"inputs": wanted}) if wanted else {}
    except Refused:
        return {}
    return {actor["id"]: actor.get("type") or "" for actor in (read or {}).get("results") or [] if actor.get("id")}


def answer(thread, verdict, lines, messages, waiting=()):
    """Every declared output, on every path."""
    visitor = [line.text for line in lines if line.kind == "said" and line.who == "visitor"]
    agents = [line.actor for line in lines if line.kind == "said" and line.who == "agent"]
    outputs = {
        "resolution": verdict.resolution,
        "reason": verdict.reason,
        "explanation": REASONS[verdict.reason],
        "marker": verdict.marker,
        "thread_id": str(thread["id"]),
        "contact_id": str(thread.get("associatedContactId") or ""),
        "visitor_email": visitor_email(messages),
        "inbox_id": str(thread.get("inboxId") or ""),
        "agent_id": agents[-1][2:] if agents and agents[-1].startswith("A-") else "",
        "language": language_of(" ".join(visitor)[:5000]),
        "started_at": next((line.at for line in lines if line.kind == "said"), None),
        "closed_at": millis(thread.get("closedAt")) or closed_at_end(lines),
        "earlier_closes": ", ".join(str(close) for close in waiting),
    }
    told = ("resolution", "reason", "explanation", "marker", "thread_id", "inbox_id", "language", "closed_at")
    say("triage_chat", messages=len(messages), **{name: outputs[name] for name in told})
    return {"outputFields": outputs}


# --- part: hubspot ---
# Where each area lives, by version. The dated version is generally available since September 2026; v4 is unsupported
# from 30 March 2027 and v1-v3 from September 2027 (documented: HubSpot's changelog). "v3" is for portals whose
# validation rules refuse automated tickets: the older paths do not enforce them (documented: write validation).
HUBSPOT_PATHS = {
    "2026-09": {
        "objects": "/crm/objects/2026-09",
        "associations": "/crm/associations/2026-09",
        "links": "/crm/objects/2026-09",
        "pipelines": "/crm/pipelines/2026-09",
        "owners": "/crm/owners/2026-09",
        "properties": "/crm/properties/2026-09",
        "conversations": "/conversations/conversations/2026-09",
        "account": "/account-info/2026-09",
        "single-send": "/marketing/transactional/2026-09/single-email/send",
    },
    "v3": {
        "objects": "/crm/v3/objects",
        "associations": "/crm/v4/associations",
        "links": "/crm/v4/objects",
        "pipelines": "/crm/v3/pipelines",
        "owners": "/crm/v3/owners",
        "properties": "/crm/v3/properties",
        "conversations": "/conversations/v3/conversations",
        "account": "/account-info/v3",
        "single-send": "/marketing/v3/transactional/single-email/send",
    },
}
HUBSPOT_WAITS = (1.0, 2.0, 4.0)  # seconds before an attempt is repeated inside the run
HUBSPOT_SLOWEST = 8.0  # seconds one request may take
# Property names in HubSpot's prose: `Property values were not valid: [{..., "name": "x"}]` (seen in public code).
NAMED = re.compile(r'\\"name\\": ?\\"([a-z0-9_]+)')


class Refused(Exception):
    """HubSpot said no for good. `status`, `category`, `properties` (names it objected to) and `taken` tell why."""

    def __init__(self, request, status, body):
        answer = body if isinstance(body, dict) else {}
        errors = [item for item in answer.get("errors") or [] if isinstance(item, dict)]
        text = json.dumps(answer)
        self.status = status
        self.category = str(answer.get("category") or "")[:60]
        self.properties = sorted(named_in(answer) | set(NAMED.findall(text)))
        self.taken = "CONFLICTING_UNIQUE_VALUE" in text or status == 409
        contexts = [item.get("context") or {} for item in errors] + [answer.get("context") or {}]
        self.scopes = sorted({scope for found in contexts for scope in found.get("requiredGranularScopes", [])})
        super().__init__("HubSpot refused {} ({} {}): {}".format(request, status, self.category, self.remedy()))

    def remedy(self):
        """What the operator can do, in words."""
        if self.status == 401:
            return "the service key in the secret is wrong, expired or of another portal; renew the secret's value."
        if self.status == 403:
            missing = ", ".join(self.scopes) or "one that this request needs"
            return "the service key lacks a scope: {}; add it to the key.".format(missing)
        if self.properties:
            return (
                "it objects to: {}; create what is missing (properties.toml) and see the rules of the others.".format(
                    ", ".join(self.properties)
                )
            )
        return "see the request in HubSpot's API log for the whole answer."


class HubSpot:
    """HubSpot's API for one run: `seconds` is what the run may still take of HubSpot's 20 (documented)."""

    def __init__(self, token, version="2026-09", seconds=17.0):
        configuration = Configuration()
        configuration.access_token = token
        configuration.retries = False  # urllib3 would ask four times on its own, past the 20 seconds (verified)
        self.client = ApiClient(configuration)
        self.paths = HUBSPOT_PATHS[version]
        self.until = time.monotonic() + seconds

    def get(self, path, **query):
        """The answer as a dict, or None where HubSpot knows no such record."""
        try:
            return self.call("GET", path, query=query)
        except Refused as refusal:
            if refusal.status == 404:
                return None
            raise

    def post(self, path, body, repeatable=True):
        """`repeatable=False` where a second write would not be recognised as the same."""
        return self.call("POST", path, body=body, repeatable=repeatable)

    def patch(self, path, body, **query):
        return self.call("PATCH", path, query=query, body=body)

    def put(self, path, body):
        return self.call("PUT", path, body=body)

    def left(self):
        """Seconds this run still has."""
        return self.until - time.monotonic()

    def call(self, method, path, query=None, body=None, repeatable=True):
        """One request, repeated while the failure may pass and the deadline allows. `path` is `area/rest`."""
        area, _, rest = path.partition("/")
        request = "{} {}".format(method, re.sub(r"[0-9]{3,}|%.*", "…", path))
        target = self.paths[area] + ("/" + rest if rest else "")
        for wait in (*HUBSPOT_WAITS, None):
            if self.left() < 1.0:
                raise ApiException(status=503, reason="this run is out of time before {}".format(request))
            status, answer, asked = self.attempt(method, target, query, body)
            if 200 <= status < 300:
                return answer
            passing = status in (0, 423, 429, 477) or status >= 500
            if not passing:
                raise Refused(request, status, answer) from None
            pause = max(wait or 0.0, asked)
            if wait is None or not repeatable or pause + 1.0 > self.left():
                break
            time.sleep(pause)
        # HubSpot retries 429 and 5xx only, so a lock (423), a migration (477) or no answer at all leaves as 503.
        final = status if status == 429 or status >= 500 else 503
        raise ApiException(status=final, reason="no success for {} (last answer {})".format(request, status)) from None

    def attempt(self, method, target, query, body):
        """(status, answer, seconds HubSpot asked us to wait); status 0 where no whole answer came."""
        try:
            answer = self.client.call_api(
                target,
                method,
                query_params=[(key, value) for key, value in (query or {}).items() if value is not None],
                header_params={"Accept": "application/json", "Content-Type": "application/json"},
                body=body,
                response_types_map=dict.fromkeys(range(200, 300), "object"),
                auth_settings=["oauth2"],
                _return_http_data_only=True,
                _request_timeout=(3.0, max(1.0, min(HUBSPOT_SLOWEST, self.left()))),
            )
        except ApiException as error:
            return error.status or 0, decoded(error.body), seconds_asked(error.headers)
        except Exception:  # urllib3's errors differ by version; none of them is an answer
            return 0, None, 0.0
        return (200, answer, 0.0) if answer is None or isinstance(answer, dict) else (0, None, 0.0)


def named_in(answer):
    """The names of properties that an error's contexts carry, wherever they stand."""
    found = set()
    for part in answer.values() if isinstance(answer, dict) else answer:
        if isinstance(part, (dict, list)):
            found |= named_in(part)
    for key in ("propertyName", "properties", "idProperty") if isinstance(answer, dict) else ():
        names = answer.get(key)
        found |= {name for name in (names if isinstance(names, list) else [names]) if isinstance(name, str)}
    return found


def decoded(body):
    try:
        return json.loads(body)
    except (TypeError, ValueError):
        return None


def seconds_asked(headers):
    try:
        return min(60.0, float((headers or {}).get("Retry-After") or 0))
    except (TypeError, ValueError):
        return 0.0


def in_path(value):
    """A value as one segment of a path."""
    return quote(str(value), safe="")


# --- part: inputs ---
class BadInput(ValueError):
    """An input, secret or setting that an operator has to put right."""


class Inputs:
    """The event's input fields of one action, read by name and type."""

    def __init__(self, action, event):
        self.action = action
        fields = event.get("inputFields") if isinstance(event, dict) else None
        self.fields = fields if isinstance(fields, dict) else {}

    def wrong(self, name, expected, found, where="this action's side panel in the workflow editor"):
        return BadInput(
            "{}: input '{}': expected {}, found {}. Correct it in {}.".format(self.action, name, expected, found, where)
        )

    def text(self, name, default=""):
        """The value as trimmed text; the default where HubSpot sent nothing."""
        value = self.fields.get(name)
        if value is None:
            return default
        if isinstance(value, bool):
            value = "true" if value else "false"
        elif isinstance(value, float) and value.is_integer():
            value = int(value)
        return str(value).strip() or default

    def record_id(self, name, what, required=False):
        """The id of a HubSpot record: digits."""
        value = self.text(name)
        if value.isascii() and value.isdigit():
            return value
        if value or required:
            found = "text of {} characters that is not an id".format(len(value)) if value else "nothing"
            raise self.wrong(name, "{} (digits, for example 5391823)".format(what), found)
        return ""

    def choice(self, name, options, default):
        """One of `options`, upper and lower case alike."""
        value = self.text(name, default).lower()
        if value in options:
            return value
        raise self.wrong(name, "one of {}".format(", ".join(filter(None, options))), shown(value, options))

    def flag(self, name, default=False):
        """Yes or no."""
        value = self.text(name, "true" if default else "false").lower()
        if value in ("true", "yes", "1", "on"):
            return True
        if value in ("false", "no", "0", "off"):
            return False
        raise self.wrong(name, "true or false", shown(value, ("true", "false")))

    def number(self, name, default, lowest=0.0, highest=1e9):
        """A number within bounds."""
        value = self.text(name)
        if not value:
            return default
        try:
            number = float(value) if re.fullmatch(r"[-+0-9.]{1,20}", value) else None
        except ValueError:
            number = None
        if number is None or not lowest <= number <= highest:
            raise self.wrong(name, "a number from {:g} to {:g}".format(lowest, highest), shown(value))
        return number

    def moment(self, name):
        """Epoch milliseconds; None where HubSpot sent nothing."""
        value = self.text(name)
        moment = millis(value) if value else None
        if value and moment is None:
            raise self.wrong(name, "a date and time as epoch milliseconds or ISO text", shown(value))
        return moment

    def names(self, name, default=""):
        """A list written as text, parted by commas, semicolons or line ends."""
        return [item.strip() for item in re.split(r"[,;\n]", self.text(name, default)) if item.strip()]

    def json(self, name, kind, example):
        """JSON text of the given kind (dict or list); an empty one where nothing was given."""
        value = self.fields.get(name)
        if isinstance(value, kind):
            return value
        text = self.text(name)
        if not text:
            return kind()
        try:
            found = json.loads(text)
        except (ValueError, RecursionError) as error:
            where = " at character {}".format(error.pos) if isinstance(error, json.JSONDecodeError) else ""
            raise self.wrong(name, "JSON text like {}".format(example), "broken JSON" + where) from None
        if not isinstance(found, kind):
            raise self.wrong(name, "JSON text like {}".format(example), "a JSON {}".format(type(found).__name__))
        return found


def shown(value, options=()):
    """A wrong value by its length alone, because a wrongly chosen property may be personal; the option it may mean."""
    meant = difflib.get_close_matches(value, list(options), 1, 0.5)
    hint = " (did you mean {}?)".format(meant[0]) if meant else ""
    return "text of {} characters{}".format(len(value), hint)


def secret(action, name):
    """The value of a secret that the workflow's editor hands to this action as an environment variable."""
    value = (os.environ.get(name) or "").strip()
    if not value:
        raise BadInput(
            "{}: secret '{}' is not here. Create it under Secrets in the custom code editor with the value of a "
            "service key, and tick it for this action.".format(action, name)
        )
    return value


def say(action, **facts):
    """One line of JSON in HubSpot's action log: ids, verdicts, counts and times, never a person's words."""
    print(json.dumps(dict({"action": action}, **facts), ensure_ascii=False, default=str))


# --- part: moments ---
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def millis(value):
    """Epoch milliseconds from what HubSpot sends (ISO text, epoch-ms text or number); None where it is no moment."""
    text = str(value if value is not None else "").strip()
    if re.fullmatch(r"[0-9]{1,16}(\.0+)?", text):
        return in_range(int(float(text)))
    match = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(\.\d{1,9})?)?(Z|[+-][01]\d:?[0-5]\d)?", text)
    if not match:
        return None
    day, clock, fraction, offset = match.groups()
    try:
        moment = datetime.fromisoformat("{}T{}+00:00".format(day, clock or "00:00"))
        if offset and offset != "Z":
            shift = timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
            moment = moment - shift if offset[0] == "+" else moment + shift
    except (ValueError, OverflowError):
        return None
    return in_range(int(moment.timestamp()) * 1000 + int(float(fraction or 0) * 1000 + 0.5))


def in_range(moment_ms):
    """A moment between the years 2000 and 2200; what lies outside is a mistake, not a moment of a help desk."""
    return moment_ms if 946684800000 <= moment_ms < 7258118400000 else None


def iso(moment_ms):
    """HubSpot's text of a moment: UTC, milliseconds only where there are any."""
    whole = datetime.fromtimestamp(moment_ms // 1000, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
    return "{}.{:03d}Z".format(whole, moment_ms % 1000) if moment_ms % 1000 else whole + "Z"


def zone_named(name):
    """The tzinfo of an IANA zone, with or without the system's zone database; None where nobody knows it."""
    if name.upper() in ("UTC", "GMT", "Z"):
        return timezone.utc
    if not re.fullmatch(r"[A-Za-z][\w+-]*(/[\w+-]+)*", name):
        return None
    try:
        from zoneinfo import ZoneInfo

        return ZoneInfo(name)
    except (ImportError, OSError, ValueError, KeyError):  # no database here, or no such zone
        return zone_of_dateutil(name)


def zone_of_dateutil(name):
    """HubSpot's client brings dateutil, which carries a zone database of its own."""
    try:
        from dateutil import tz

        return tz.gettz(name)
    except (ImportError, OSError, ValueError):
        return None


def shifts(text):
    """`Mon-Fri 09:00-17:30, Sat 10:00-14:00` as (weekday, first minute, minutes long); None where it is not that."""
    found = []
    for piece in [item.strip() for item in re.split(r"[,;]", text) if item.strip()]:
        match = re.fullmatch(r"([a-z]{3})(?:\s*-\s*([a-z]{3}))?\s+(\d\d?):(\d\d)\s*-\s*(\d\d?):(\d\d)", piece.lower())
        if not match or match.group(1) not in WEEKDAYS or (match.group(2) or "mon") not in WEEKDAYS:
            return None
        first = WEEKDAYS.index(match.group(1))
        last = WEEKDAYS.index(match.group(2)) if match.group(2) else first
        opens = int(match.group(3)) * 60 + int(match.group(4))
        shuts = int(match.group(5)) * 60 + int(match.group(6))
        if opens >= 1440 or shuts > 1440 or opens == shuts or int(match.group(4)) > 59 or int(match.group(6)) > 59:
            return None
        for step in range((last - first) % 7 + 1):
            found.append(((first + step) % 7, opens, (shuts - opens) % 1440 or 1440))
    return found


def is_day(text):
    """Is this a day of the calendar, as 2026-12-25?"""
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text) and datetime.fromisoformat(text))
    except ValueError:
        return False


def due_at(start_ms, minutes, opening, zone, holidays=()):
    """When `minutes` of business time are over, counted from `start_ms` (epoch ms).

    `opening`: what `shifts` returned, or empty for around the clock. A shift belongs to the day it begins on and may
    cross midnight; a holiday (`2026-12-25`) takes away the shifts that begin on it. An hour that a clock change skips
    or repeats counts as it is lived: wall-clock times mark the shift's edges, the time between them is real.
    """
    left = int(minutes * 60000)
    if not opening:
        return start_ms + left
    day = datetime.fromtimestamp(start_ms / 1000, zone).date() - timedelta(days=1)
    for _ in range(3700):  # ten years: holidays that leave no open day must not loop for ever
        edges = (
            []
            if day.isoformat() in holidays
            else sorted((opens, opens + length) for weekday, opens, length in opening if weekday == day.weekday())
        )
        for opens, shuts in edges:
            begin = max(wall(day, opens, zone), start_ms)
            end = wall(day, shuts, zone)
            if end - begin >= left:
                return begin + left
            left -= max(0, end - begin)
        day += timedelta(days=1)
    return start_ms + left


def wall(day, minute, zone):
    """Epoch ms of a wall-clock minute of a day; the minute may lie in the next day."""
    moment = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(minutes=minute)
    return int(moment.timestamp() * 1000)


# --- part: threads ---
# What the operator is told where no thread answers: (expected, found).
NO_THREAD = (
    "a thread id that HubSpot knows; choose the conversation's Thread ID, not a contact's or a ticket's id",
    "an id that no thread answers to",
)


def read_thread(hubspot, thread_id):
    """HubSpot's thread; None where there is none. An archived one has to be asked for as such (documented)."""
    path = "conversations/threads/" + in_path(thread_id)
    return hubspot.get(path, association="TICKET") or hubspot.get(path, association="TICKET", archived="true")


# --- part: transcript ---
TEXT_LIMIT = 65536  # characters of a text property (documented)
BLOCKS = re.compile(r"(?i)<\s*(?:br|/p|/div|/li|/tr|/h[1-6])\b[^>]*>")
HIDDEN = re.compile(r"(?is)<\s*(script|style)\b.*?(?:<\s*/\s*\1\s*>|\Z)")
TAGS = re.compile(r"<[a-zA-Z/!][^<>]*>")
# Card and account numbers: 13 digits or more, however parted, or an IBAN. A telephone number begins with + or 00.
PARTING = r"[ \u00a0\u2000-\u200a\u202f.\-\u2010-\u2015/_\n]{0,2}"
NUMBERS = re.compile(r"(?<![0-9+])(?!00)(?:[0-9]" + PARTING + r"){12,}[0-9](?![0-9])")
ACCOUNTS = re.compile(r"\b[A-Z]{2}[0-9]{2}(?: ?[0-9A-Z]{4}){2,7}(?: ?[0-9A-Z]{1,3})?\b", re.IGNORECASE)


def plain(message):
    """The words of one message; some messages carry only rich text (seen in public code)."""
    text = message.get("text") or ""
    if not text.strip():
        text = HIDDEN.sub(" ", message.get("richText") or "")
        text = html.unescape(TAGS.sub("", BLOCKS.sub("\n", text)))
    return "".join(char for char in text.replace("\r\n", "\n") if char in "\n\t" or ord(char) >= 32).strip()


def harmless(text):
    """Text in which a property that renders HTML finds no tag, and nobody finds a card or account number."""
    text = HIDDEN.sub(" ", text)
    text = TAGS.sub("", BLOCKS.sub("\n", text)).replace("<", "‹").replace(">", "›")
    text = "".join(str(unicodedata.digit(char, char)) if char > "\u007f" else char for char in text)
    return NUMBERS.sub(masked, ACCOUNTS.sub(masked, text))


def masked(match):
    """A number by its last four digits; what only looks like an account number stays."""
    signs = re.sub(r"[^0-9A-Za-z]", "", match.group())
    return "•••• " + signs[-4:] if sum(sign.isdigit() for sign in signs) >= 10 else match.group()


def transcript(lines, extent, header=""):
    """`lines`: (epoch ms, who, text), oldest first. `extent`: excerpt (the last 20), full or none."""
    if extent == "none":
        return header.strip()
    chosen = lines[-20:] if extent == "excerpt" else lines
    said = ["{} {}: {}".format(clock(at), who, harmless(text)) for at, who, text in chosen]
    if len(chosen) < len(lines):
        said.insert(0, "({} earlier messages are in the conversation)".format(len(lines) - len(chosen)))
    return shortened((header + "\n\n" if header else "") + "\n".join(said))


def shortened(text, limit=TEXT_LIMIT):
    """The text within HubSpot's limit, the middle left out: how it began and how it ended matter."""
    if units(text) <= limit:
        return text
    notice = "\n(… the middle is left out; open the conversation for the whole …)\n"
    room = limit - units(notice)
    head, tail = room // 4, room - room // 4
    while units(text[:head]) > room // 4:
        head -= max(1, (units(text[:head]) - room // 4) // 2)
    while units(text[-tail:]) > room - room // 4:
        tail -= max(1, (units(text[-tail:]) - (room - room // 4)) // 2)
    return text[:head] + notice + text[-tail:]


def units(text):
    """Length in UTF-16 units, the stricter way to count (guessed: HubSpot does not say how it counts)."""
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


def clock(at_ms):
    return datetime.fromtimestamp(at_ms / 1000, timezone.utc).strftime("%Y-%m-%d %H:%M")


# --- part: conversation ---
# at: epoch ms · kind: said, comment, welcome, assigned, closed, opened · who: visitor, agent, automation, system
# actor: HubSpot's actor id · text: plain words
Line = namedtuple("Line", "at kind who actor text")

KINDS = {"MESSAGE": "said", "COMMENT": "comment", "WELCOME_MESSAGE": "welcome", "ASSIGNMENT": "assigned"}
# By the actors endpoint's type (documented); an unknown type is automation, never a human.
WHO = {"VISITOR": "visitor", "EMAIL": "visitor", "AGENT": "agent", "SYSTEM": "system"}
# By the prefix of the actor's id, only where the endpoint did not answer (documented for A, V, B, S, I, E).
PREFIXES = {"V-": "visitor", "E-": "visitor", "A-": "agent", "S-": "system"}


def lines_of(messages, actor_types):
    """Lines, oldest first, from HubSpot's messages, newest first. `actor_types`: actor id → type, may be empty."""
    found = {}
    for message in reversed(messages):  # of two in the same millisecond the first stays the first
        at = millis(message.get("createdAt"))
        kind = KINDS.get(message.get("type"))
        if message.get("type") == "THREAD_STATUS_CHANGE":
            kind = "closed" if message.get("newStatus") == "CLOSED" else "opened"
        if at is None or kind is None or message.get("archived"):
            continue
        actor = sender(message)
        who = WHO.get(actor_types[actor], "automation") if actor in actor_types else None
        who = who or PREFIXES.get(actor[:2], "automation")
        if kind == "said" and message.get("direction") == "INCOMING" and who == "automation":
            who = "visitor"  # what came in from outside was not said by automation of ours (guessed)
        text = message.get("assignedTo") or "" if kind == "assigned" else plain(message)
        if kind == "said" and not text and message.get("attachments"):
            text = "[attachment]"
        found[message.get("id") or (at, len(found))] = Line(at, kind, who, actor, text)
    return sorted(found.values(), key=lambda line: line.at)


def sender(message):
    for one in message.get("senders") or []:
        if one.get("actorId"):
            return one["actorId"]
    return message.get("createdBy") or ""


def visitor_email(messages):
    """The e-mail address a visitor gave, as the newest message carries it; empty where there is none."""
    for message in messages:
        if message.get("direction") == "INCOMING":
            for one in message.get("senders") or []:
                identifier = one.get("deliveryIdentifier") or {}
                if identifier.get("type") == "HS_EMAIL_ADDRESS" and "@" in str(identifier.get("value")):
                    return str(identifier["value"]).strip().lower()
    return ""


def sittings(lines, silence_ms):
    """The lines parted into sittings, oldest first; the last one is what is judged now.

    A sitting begins behind a close after which the visitor was silent for `silence_ms`: until his next line, or where
    he wrote no more, until the last close.
    """
    last_close = closed_at_end(lines)
    heard_next, parted = None, [[]]
    for line in reversed(lines):  # from behind, so that each close knows when the visitor was heard next
        if line.kind == "closed":
            silent_until = last_close if heard_next is None else heard_next
            if silent_until - line.at >= silence_ms:
                parted.append([])
        if line.kind == "said" and line.who == "visitor":
            heard_next = line.at
        parted[-1].append(line)
    return [spell[::-1] for spell in reversed(parted)]


def closed_at_end(spell):
    """Epoch ms of the close that ended a sitting; None while it is open."""
    closes = [line.at for line in spell if line.kind == "closed"]
    return closes[-1] if closes else None


# --- part: phrases ---
PHRASES = {
    "satisfied": {
        "en": "thank you | thanks | thx | ty | tysm | cheers | perfect | great | awesome | brilliant"
        " | wonderful | lovely | amazing | excellent | fantastic | that helps | that helped"
        " | very helpful | that works | it works | works now | working now | it worked"
        " | that worked | that did it | that did the trick | solved | all good | all set"
        " | all sorted | sorted | got it | good to know | makes sense | that is all | that's all"
        " | that's everything | that was all | no that's it | nothing else | appreciate*"
        " | much appreciated | ok good | okay good | cool | super | nice one | problem gone"
        " | fixed | understood | sounds good | nope that's it",
        "de": "danke* | vielen dank | besten dank | herzlichen dank | dankeschon | merci | perfekt"
        " | super | prima | klasse | spitze | toll | wunderbar | hervorragend | geklappt"
        " | klappt jetzt | klappt | funktioniert jetzt | geht jetzt | jetzt geht es"
        " | jetzt geht's | hat geholfen | sehr hilfreich | alles klar | alles gut | passt"
        " | passt so | das war alles | das war's | mehr nicht | hat sich erledigt | erledigt"
        " | gelost | verstanden | sehr nett",
        "fr": "merci* | parfait* | super | genial* | nickel | impeccable | top | c'est bon | ca marche"
        " | ca fonctionne | c'est resolu | resolu | tres bien | c'est clair | compris | entendu"
        " | c'est note | c'est tout | ce sera tout | rien d'autre | formidable | excellent*"
        " | ca m'aide | probleme regle | regle",
        "es": "gracias | muchas gracias | mil gracias | perfecto | genial | estupendo | excelente"
        " | fenomenal | de lujo | vale perfecto | ya funciona | funciona | ya va | ya esta"
        " | solucionado | resuelto | listo | entendido | de acuerdo | muy amable | me sirve"
        " | me ha servido | eso es todo | eso era todo | nada mas | ok gracias | buenisimo",
        "pt": "obrigad* | muito obrigad* | valeu | perfeito | otimo | excelente | maravilha | show"
        " | beleza | deu certo | funcionou | ja funciona | agora foi | resolvido | resolveu"
        " | entendi | entendido | era so isso | so isso | e tudo | nada mais | ajudou muito | top"
        " | fixe | impecavel | agradec*",
        "nl": "dank* | bedankt | dankjewel | dankuwel | hartelijk dank | top | super | perfect"
        " | geweldig | fijn | mooi | prima | het werkt | werkt nu | doet het weer | doet het"
        " | gelukt | opgelost | duidelijk | helder | begrepen | dat was alles | dat was het"
        " | verder niets | helemaal goed | komt goed zo | fantastisch | thanks",
        "it": "grazie* | mille grazie | grazie mille | perfetto | ottimo | fantastico | benissimo"
        " | eccellente | magnifico | ora funziona | adesso funziona | funziona | risolto"
        " | tutto chiaro | tutto ok | capito | chiaro | va bene cosi | e tutto | nient'altro"
        " | gentilissim* | molto gentile | a posto | ringrazio",
        "ja": "ありがとう | 有難う | 有り難う | 助かりま | 助かった | 解決しま | 解決で | 直りました"
        " | できました | 出来ました | 動きました | わかりました | 分かりました | 承知しました"
        " | 了解 | 大丈夫です | 問題ありません | 問題ないです | 感謝 | 完璧 | 以上です | 納得しま"
        " | よかったです | 良かったです | サンキュー",
    },
    "farewell": {
        "en": "bye | goodbye | bye bye | see you | see ya | have a good | have a great | have a nice"
        " | take care | good night | cheerio | ciao | you too | same to you",
        "de": "tschuss | tschuess | auf wiedersehen | schonen tag | schonen abend | schones wochenende"
        " | bis bald | ciao | bis dann | mach's gut | ebenso | ihnen auch | dir auch | gute nacht"
        " | servus",
        "fr": "au revoir | bonne journee | bonne soiree | bon week-end | bon weekend | a bientot"
        " | bonne continuation | vous aussi | toi aussi | de meme | bonne nuit | bye | salut",
        "es": "adios | hasta luego | hasta pronto | buen dia | que tenga buen | igualmente"
        " | buenas noches | chao | chau | buena tarde | feliz dia | nos vemos",
        "pt": "tchau | adeus | ate logo | ate mais | bom dia para | boa tarde para | bom fim de semana"
        " | igualmente | abraco* | boa noite | para voce tambem | ate breve",
        "nl": "doei | dag | tot ziens | fijne dag | prettige dag | fijne avond | fijn weekend"
        " | groetjes | hoi hoi | jij ook | u ook | insgelijks | tot later",
        "it": "arrivederci | ciao | buona giornata | buona serata | buon weekend | a presto"
        " | altrettanto | buonanotte | anche a lei | anche a te | saluti",
        "ja": "失礼します | 失礼いたします | さようなら | さよなら | おやすみなさい | ではまた"
        " | それでは失礼 | よい一日を | 良い一日を",
    },
    "still_wrong": {
        "en": "still not | still doesn't | still does not | still can't | still fails | still failing"
        " | still waiting | still broken | still the same | still wrong | still getting"
        " | not working | doesn't work | does not work | didn't work | did not work"
        " | doesn't help | not helpful | didn't help | no help | not solved | not resolved"
        " | not fixed | not really | no thanks to | but | however | thanks for nothing | useless"
        " | great another | just great | fed up | ridiculous | unacceptable | disappointed"
        " | waste of | cancel* | no luck | same error | same problem | again | wrong",
        "de": "immer noch | noch immer | geht nicht | funktioniert nicht | klappt nicht | hilft nicht"
        " | hilft mir nicht | nicht geholfen | nicht gelost | aber | leider | trotzdem"
        " | nicht hilfreich | danke fur nichts | na toll | frechheit | unverschamt | enttauscht"
        " | unmoglich | noch nicht | gleicher fehler | wieder nicht | kundig*",
        "fr": "toujours pas | ne marche pas | marche pas | ne fonctionne pas | fonctionne pas | mais"
        " | pas resolu | n'aide pas | aide pas | ca ne m'aide | merci pour rien | inadmissible"
        " | inacceptable | decu | decue | encore | pas vraiment | meme erreur | meme probleme"
        " | inutile | honte*",
        "es": "no funciona | sigue sin | sigue igual | no me sirve | no sirve | todavia no | aun no"
        " | pero | no ayuda | gracias por nada | inaceptable | decepcion* | mismo error"
        " | mismo problema | no se ha resuelto | no resuelto | verguenza | inutil",
        "pt": "nao funciona | ainda nao | continua | mas | nao resolveu | nao resolvido | nao ajuda"
        " | nao ajudou | obrigado por nada | inaceitavel | decepcion* | mesmo erro"
        " | mesmo problema | nao deu | absurdo | inutil | nao serve",
        "nl": "werkt niet | nog steeds | doet het niet | lukt niet | maar | helaas | niet opgelost"
        " | helpt niet | hielp niet | bedankt voor niets | belachelijk | teleurgesteld"
        " | zelfde fout | zelfde probleem | nog niet | schandalig",
        "it": "non funziona | ancora non | continua a | ma | pero | purtroppo | non risolto"
        " | non e risolto | non aiuta | non mi aiuta | grazie per niente | grazie di niente"
        " | inaccettabile | delus* | stesso errore | stesso problema | vergogn* | inutile"
        " | non va",
        "ja": "まだ | 動きません | できません | 出来ません | 直りません | 直らない | 直っていま | だめ"
        " | ダメ | でも | ですが | しかし | 解決していま | 解決しません | 困って | 困り"
        " | 届いていま | 届きません | 同じエラー | 最悪 | 残念 | ひどい",
    },
    "promise": {
        "en": "get back to you | come back to you | be in touch | keep you posted | keep you updated"
        " | follow up | let you know | i'll update you | we'll update you | i will update you"
        " | i'll email you | i will email you | we'll email you | we will email you"
        " | i'll call you | we'll call you | call you back | call you | contact you"
        " | reach out to you | reach out as soon | write to you | write back | send you ~ later"
        " | send you ~ tomorrow | hear from us | hear back | hear from me | looking into"
        " | look into | investigat* | i'll check | i will check | we'll check | we will check"
        " | let me check with | need to check | have to check | i'll find out | find out and"
        " | i'll ask | get this fixed | get that fixed | we're working on | are working on"
        " | as soon as we know | as soon as i know | as soon as we have | as soon as i have"
        " | by tomorrow | by end of day | by the end of | by monday | by friday | within ~ hours"
        " | within ~ days | within ~ business | in the next few | later today | tomorrow morning"
        " | raised a ticket | open a ticket | opened a ticket | create a ticket | log a ticket"
        " | raise this",
        "de": "melde mich | melden uns | melde ich mich | melden wir uns | meldet sich | bescheid"
        " | halte sie auf dem laufenden | halten sie auf dem | auf dem laufenden | ruckmeldung"
        " | rufe sie | rufen sie ~ zuruck | ruckruf | zuruckrufen | schreibe ihnen"
        " | schreiben ihnen | schreibe dir | sende ihnen ~ spater | schicke ihnen ~ morgen"
        " | bekommen sie ~ mail | erhalten sie ~ mail | per mail | prufe das | prufen das"
        " | prufen wir | klare das | klaren das | klare ich | klaren wir | ich klare"
        " | kummere mich | kummern uns | gehe dem nach | gehen dem nach | schaue mir das"
        " | sehe mir das | frage nach | frage ~ nach | hake nach | muss ~ nachfragen"
        " | muss ~ prufen | muss ~ klaren | bis morgen | morgen fruh | im laufe des"
        " | innerhalb von | spatestens | sobald ich | sobald wir | arbeiten daran"
        " | wird nachgereicht | komme auf sie zu | kommen auf sie zu | ticket erstell*"
        " | ticket angelegt",
        "fr": "reviens vers vous | revenons vers vous | reviendrai | reviendrons | recontact*"
        " | tiens au courant | tiendrai au courant | tenons au courant | tiendrons"
        " | tiens informe* | tenons informe* | vous rappel* | vous ecri* | vous contact*"
        " | vous envo* ~ demain | ferai un retour | fais un retour | un retour | vais verifier"
        " | vais voir | vais me renseigner | me renseigne | vais demander | je verifie"
        " | nous verifions | faut que je verifie | dois verifier | nous y travaillons"
        " | je m'en occupe | nous nous en occupons | d'ici demain | d'ici la | sous 24 | sous 48"
        " | dans les ~ heures | dans la journee | des que j'ai | des que nous | des que possible"
        " | demain matin | au plus vite | ouvre un ticket | ouvert un ticket",
        "es": "le contact* | te contact* | nos pondremos en contacto | me pongo en contacto"
        " | ponerme en contacto | le aviso | te aviso | avisare | avisaremos | le avisar*"
        " | le informar* | mantendre informad* | mantendremos | le llam* | te llam* | le escrib*"
        " | te escrib* | le enviare ~ manana | voy a revisar | voy a comprobar | voy a verificar"
        " | voy a consultar | voy a preguntar | lo reviso | lo consulto | lo estamos revisando"
        " | lo miro y | estamos trabajando | tengo que consultar | tengo que revisar | manana"
        " | en cuanto sepa | en cuanto tenga | en cuanto ten* | tan pronto como | en las proximas"
        " | en un plazo | antes de 24 | dentro de ~ horas | abro un ticket | abrire un"
        " | le respondere | respuesta por correo",
        "pt": "entro em contato | entraremos em contato | entrarei em contato | entramos em contacto"
        " | entraremos em contacto | retorno | retornarei | retornaremos | dou um retorno"
        " | te aviso | aviso voce | aviso assim | avisarei | avisaremos | mantenho ~ informad*"
        " | manteremos ~ informad* | ligo para | ligaremos | te ligo | envio ~ amanha"
        " | vou verificar | vou checar | vou confirmar | vou conferir | vou consultar"
        " | vou perguntar | vou averiguar | vamos verificar | vamos analisar | vou analisar"
        " | estamos analisando | estamos a analisar | preciso verificar | preciso confirmar"
        " | preciso consultar | amanha | assim que tiver | assim que soub* | assim que possivel"
        " | nas proximas | dentro de | em ate | ate o fim do dia | abri um chamado | vou abrir"
        " | por e-mail ainda",
        "nl": "kom ~ op terug | komen ~ op terug | kom erop terug | hoor* ~ van ons | hoor* ~ van mij"
        " | laat ~ weten | laten ~ weten | neem contact | nemen contact | neem ik contact"
        " | nemen we contact | nemen wij contact | op de hoogte | bel je | bel u | bellen u"
        " | bellen je | terugbel* | mail u | mail je | mailen u | stuur ~ morgen | ga het na"
        " | ga dit na | ga na | zoek het uit | zoek dit uit | zoeken het uit | zoeken dit uit"
        " | uitzoeken | ga het navragen | navragen | vraag het na | vraag dit na"
        " | moet ~ nakijken | moet ~ navragen | kijk het na | zijn ermee bezig"
        " | wordt aan gewerkt | morgen | zodra ik | zodra we | zodra wij | binnen ~ uur"
        " | binnen ~ dagen | binnen ~ werkdagen | uiterlijk | ticket aangemaakt | ticket aan",
        "it": "le faccio sapere | ti faccio sapere | faremo sapere | faro sapere | vi faremo sapere"
        " | la ricontatt* | ti ricontatt* | la contatt* | ti contatt* | la richiam* | ti richiam*"
        " | la aggiorn* | ti aggiorn* | la terro | aggiornat* | le scriv* | ti scriv*"
        " | le mando ~ domani | verifico | verifichiamo | controllo e | sto controllando"
        " | devo verificare | devo controllare | devo chiedere | chiedo ~ collegh* | mi informo"
        " | mi informero | ci stiamo lavorando | stiamo verificando | stiamo controllando"
        " | me ne occupo | ce ne occupiamo | domani | appena so | appena ho | appena possibile"
        " | non appena | entro ~ ore | entro domani | entro ~ giorni | entro oggi"
        " | nelle prossime | in giornata | apro un ticket | aperto un ticket",
        "ja": "折り返し | 後ほど | のちほど | 改めて | あらためて | 追って | 確認してご連絡"
        " | 確認のうえ | 確認の上 | 確認いたします | 確認します | 確認して | 確認中 | お調べ"
        " | 調べて | 調査 | ご連絡いたします | ご連絡します | 連絡します | ご連絡差し上げ"
        " | 連絡いたします | ご連絡させて | ご案内いたします ~ メール | メールでご | メールにて"
        " | お電話いたします | お電話します | お電話差し上げ | 明日 | 明後日 | 翌営業日"
        " | 営業日以内 | 以内に | わかり次第 | 分かり次第 | 判明次第 | 本日中 | 週明け"
        " | 対応いたします | 対応中 | 少々お時間 | お時間をいただ | 進捗",
    },
    "other_team": {
        "en": "forward* this | forward* it | forward* that | forward* your | forwarded to | forward to"
        " | pass* this on | pass* it on | pass* that on | pass this to | pass it to | passed to"
        " | pass* your | hand* this over | hand it over | hand this to | handed over to"
        " | escalat* | transferr* | transfer you | transfer this | raised it with | raise it with"
        " | raised this with | raise this with | check with our | check with the | speak to our"
        " | speak with our | talk to our | ask our | ask the | our ~ team will | the ~ team will"
        " | our ~ department will | a colleague will | my colleague will | colleague from"
        " | another team | different team | different department | our engineers | our developers"
        " | second level | tier 2 | someone from our | someone from the | billing will"
        " | sales will | assigned to our | our specialists",
        "de": "weitergeleitet | leite ~ weiter | leiten ~ weiter | weiterleiten | gebe ~ weiter"
        " | geben ~ weiter | weitergegeben | weitergeben | ubergeb* an | ubergeben"
        " | kollegen ~ melden | kollege ~ meldet | kollegin ~ meldet | kollegen aus"
        " | kollegin aus | kollege aus | an die kollegen | an meine kollegen | an unsere"
        " | fachabteilung | zustandige abteilung | zustandigen abteilung | andere abteilung"
        " | buchhaltung ~ meldet | an die buchhaltung | an die technik | technik ~ meldet"
        " | eskalier* | zweiten ebene | an den vertrieb | an unser team | team ~ kummert",
        "fr": "transfer* | transmet* | transmis* | fais suivre | faire suivre | je passe le dossier"
        " | je passe votre | mes collegues | un collegue | une collegue | notre equipe ~ va"
        " | l'equipe ~ va | au service | le service ~ va | service ~ vous | equipe technique"
        " | service technique | service comptab* | remont* | escalad* | autre service"
        " | aux developpeurs | notre technicien",
        "es": "transfier* | transferir* | paso ~ al | lo paso a | se lo paso | derivo | derivar*"
        " | derivado | traslado | trasladar* | remito | remitir* | reenvi* | escalo | escalar*"
        " | escalado | mi companer* | un companer* | compañer* | otro departamento"
        " | departamento de | al equipo de | el equipo de ~ le | nuestro equipo de | area de"
        " | equipo tecnico",
        "pt": "encaminh* | transfer* | repass* | passei para | vou passar | escal* | outra equipe"
        " | outro setor | outra equipa | setor de | departamento de | departamento ~ vai"
        " | a equipe de | equipe tecnica | equipa de | equipa tecnica | meu colega | minha colega"
        " | um colega | nosso time | time de | nossos tecnicos",
        "nl": "doorgestuurd | stuur ~ door | sturen ~ door | doorsturen | doorgezet | zet ~ door"
        " | zetten ~ door | doorzetten | geef ~ door | geven ~ door | doorgegeven | doorgeven"
        " | verbind ~ door | collega ~ van | mijn collega | een collega | collega's"
        " | andere afdeling | afdeling ~ neemt | de afdeling | technische dienst"
        " | technische afdeling | escale* | geescaleerd | tweede lijn | het team van"
        " | ons team ~ neemt | de boekhouding",
        "it": "inoltr* | trasferi* | passo ~ al | passo la | lo passo | girat* | giro ~ al"
        " | segnalat* al | segnalo ~ al | escal* | mio collega | mia collega | un collega"
        " | i colleghi | altro reparto | reparto ~ | ufficio ~ la | all'ufficio | al team"
        " | il team ~ la | nostro team | reparto tecnico | tecnici | amministrazione ~ la",
        "ja": "担当部署 | 担当部門 | 別部署 | 他部署 | 担当者より | 担当者から | 担当の者 | 技術チーム"
        " | 開発チーム | 専門チーム | 専門部署 | 引き継ぎ | 引継ぎ | 引き継が | 転送 | エスカレ"
        " | 経理 | 営業担当 | 上席 | 部署に | 部門に | チームに",
    },
    "closing": {
        "en": "anything else | is there anything | any other questions | any further questions"
        " | have a great | have a nice | have a good | have a lovely | thanks for contacting"
        " | thank you for contacting | thanks for reaching | thank you for reaching"
        " | thanks for chatting | thank you for chatting | you're welcome | youre welcome"
        " | my pleasure | glad i could | happy to help | happy to have helped | take care"
        " | closing this chat | close this chat | close the chat | closing the chat"
        " | chat will be closed | rate this | rate your | feedback | bye | goodbye | no problem"
        " | no worries | don't hesitate | feel free to",
        "de": "sonst noch | noch etwas | weitere fragen | noch fragen | schonen tag | schonen abend"
        " | schones wochenende | gern geschehen | gerne | sehr gerne | keine ursache"
        " | kein problem | danke fur ihre anfrage | danke fur deine | vielen dank fur ihre"
        " | auf wiedersehen | tschuss | chat wird | beende den chat | schliesse den chat"
        " | bewert* | freut mich | jederzeit wieder",
        "fr": "autre chose | d'autres questions | autre question | bonne journee | bonne soiree"
        " | bon week-end | je vous en prie | avec plaisir | de rien | merci de nous avoir"
        " | merci d'avoir | au revoir | je cloture | je ferme | n'hesitez pas | votre avis"
        " | excellente journee | a votre service",
        "es": "algo mas | alguna otra | otra consulta | otra duda | buen dia | buena tarde"
        " | buenas tardes | buenas noches | de nada | un placer | con gusto"
        " | gracias por contactar | gracias por comunicar* | gracias por escribir | hasta luego"
        " | cierro el chat | cerrare el chat | su opinion | no dude en | feliz dia | que tenga",
        "pt": "mais alguma | algo mais | outra duvida | mais alguma coisa | bom dia | boa tarde"
        " | boa noite | de nada | por nada | disponha | foi um prazer | obrigado por entrar"
        " | obrigada por entrar | obrigado pelo contato | agradecemos o contato"
        " | agradeco o contato | vou encerrar | encerrar o atendimento | avali*"
        " | bom fim de semana | ate logo",
        "nl": "nog iets | verder nog | andere vragen | nog vragen | fijne dag | prettige dag"
        " | fijne avond | fijn weekend | graag gedaan | geen probleem | geen dank"
        " | bedankt voor het contact | bedankt voor je | bedankt voor uw | ik sluit de chat"
        " | sluit deze chat | tot ziens | beoorde* | tot uw dienst | aarzel niet",
        "it": "altro | altre domande | qualcos'altro | buona giornata | buona serata | buon weekend"
        " | prego | di nulla | di niente | e stato un piacere | grazie per averci"
        " | grazie per aver | chiudo la chat | chiudo il | arrivederci | a disposizione | valut*"
        " | figurati | si figuri",
        "ja": "他に | ほかに | その他 | 何かござい | ご不明な点 | お問い合わせいただき"
        " | お問い合わせありがとう | ご利用ありがとう | どういたしまして | とんでもない"
        " | お役に立て | 良い一日 | よい一日 | 失礼いたします | チャットを終了 | アンケート"
        " | またのご利用",
    },
    "wants_person": {
        "en": "speak to a person | talk to a person | speak to a human | talk to a human | real person"
        " | human please | human agent | live agent | an agent | to an agent | speak to someone"
        " | talk to someone | speak with someone | talk with someone | representative"
        " | speak to a manager | speak to your manager | a human | actual person | actual human"
        " | a supervisor | can someone call | call me | operator",
        "de": "mitarbeiter sprechen | mit einem menschen | mit einem mitarbeiter"
        " | mit jemandem sprechen | mit jemandem reden | echten menschen | echter mensch"
        " | richtigen menschen | einen mitarbeiter | einen menschen | mensch bitte"
        " | mitarbeiter bitte | vorgesetzt* | rufen sie mich | ruckruf | kundenberater"
        " | personlich sprechen",
        "fr": "parler a quelqu'un | parler a un conseiller | parler a une personne | parler a un humain"
        " | un humain | une vraie personne | vraie personne | un conseiller | un agent"
        " | un responsable | un operateur | rappelez moi | rappelez-moi | m'appeler | me rappeler"
        " | service client humain",
        "es": "hablar con una persona | hablar con un humano | hablar con alguien"
        " | hablar con un agente | persona real | un humano | un agente | una persona | un asesor"
        " | un operador | un responsable | que me llamen | llamenme",
        "pt": "falar com uma pessoa | falar com um humano | falar com alguem | falar com um atendente"
        " | atendente | pessoa de verdade | pessoa real | um humano | ser humano | um operador"
        " | um responsavel | me liguem | me ligar",
        "nl": "medewerker spreken | met een medewerker | met een mens | een echt persoon | echt mens"
        " | echte persoon | iemand spreken | met iemand spreken | met iemand praten"
        " | een medewerker | leidinggevende | bel me | bel mij | mens alsjeblieft | mens graag",
        "it": "parlare con una persona | parlare con un operatore | parlare con qualcuno"
        " | parlare con un umano | operatore | persona reale | persona vera | un umano"
        " | un responsabile | un consulente | chiamatemi | essere richiamat*",
        "ja": "オペレーター | 人と話 | 人間と | 人間に | 担当者と話 | 担当者に繋 | 担当者につな"
        " | 担当者をお願い | 担当者に代わ | 有人 | 電話してほしい | 電話をください"
        " | お電話ください | 責任者 | スタッフと話 | 直接話",
    },
    "hand_over": {
        "en": "connect you | connecting you | transfer* you | hand you over | handing you over"
        " | pass you to | passing you | someone will be with you | someone will be right"
        " | someone from our | a member of our | team member will | agent will | an agent"
        " | human agent | our team will | a person will | specialist will | i can't help"
        " | i cannot help | can't help with | unable to help | not able to help"
        " | don't have information | do not have information | don't have that information"
        " | couldn't find | could not find | i don't know | not sure i understand"
        " | didn't understand | we are offline | we're offline | currently offline"
        " | currently closed | outside of our | outside our | leave your email | leave a message",
        "de": "verbinde sie | verbinde dich | weiterleiten | leite sie | leite dich | ubergebe"
        " | ein mitarbeiter | eine mitarbeiterin | mitarbeiter wird | mitarbeiter ~ meldet"
        " | unser team | jemand aus | kollege ~ ubernimmt | kollegin ~ ubernimmt"
        " | kann ich ~ nicht helfen | kann ~ nicht weiterhelfen | nicht weiterhelfen"
        " | keine informationen | habe ich leider nicht | nicht verstanden"
        " | derzeit nicht erreichbar | ausserhalb unserer | geschlossen | hinterlassen sie",
        "fr": "mets en relation | mettre en relation | vous transfere | transferer | un conseiller"
        " | un agent | un collegue | un membre de | notre equipe | quelqu'un va"
        " | ne peux pas vous aider | pas en mesure | pas d'information* | pas trouve"
        " | pas compris | actuellement ferme* | hors ligne | laissez",
        "es": "le comunico | te comunico | le paso con | te paso con | le transfiero | te transfiero"
        " | transferir* | un agente | un asesor | un companer* | nuestro equipo | alguien de"
        " | no puedo ayudar* | no tengo informacion | no he encontrado | no he entendido"
        " | no encontre | fuera de horario | fuera de nuestro | deje su | deja tu",
        "pt": "transferir | transferindo | vou te passar | vou passar voce | um atendente | um agente"
        " | um especialista | nossa equipe | nossa equipa | alguem da | nao consigo ajudar"
        " | nao posso ajudar | nao tenho informac* | nao encontrei | nao entendi"
        " | fora do horario | deixe seu | deixe o seu",
        "nl": "verbind u door | verbind je door | doorverbinden | een medewerker | een collega"
        " | ons team | iemand van | kan ~ niet helpen | kan ik niet | geen informatie"
        " | niet gevonden | niet begrepen | begrijp ~ niet | buiten onze | gesloten"
        " | laat ~ achter",
        "it": "la metto in contatto | ti metto in contatto | metto in contatto | trasferisco | la passo"
        " | ti passo | un operatore | un agente | un collega | il nostro team | qualcuno del"
        " | non posso aiutar* | non sono in grado | non ho informazioni | non ho trovato"
        " | non ho capito | fuori orario | al momento chius* | lasci | lascia",
        "ja": "担当者におつなぎ | 担当者にお繋ぎ | おつなぎ | お繋ぎ | オペレーター | 担当者が"
        " | 担当者より | 担当者に | スタッフが | 有人 | お答えできません | お答えできかね"
        " | 回答できません | わかりません | 分かりません | わかりかね | 見つかりません"
        " | 見つかりませんでした | 営業時間外 | 理解できません",
    },
    "solved": {
        "en": "glad that | glad it | glad to hear | great to hear | happy to hear | that's resolved"
        " | is resolved | been resolved | has been updated | has been changed"
        " | has been cancelled | has been reset | have updated | have changed | have reset"
        " | have cancelled | i've updated | i've changed | i've reset | i've cancelled | all set"
        " | all done | is now active | problem is solved | issue is solved | is fixed"
        " | has been fixed | is done",
        "de": "freut mich | schon zu horen | ist gelost | ist behoben | wurde behoben | wurde geandert"
        " | habe ich geandert | habe ~ geandert | wurde zuruckgesetzt | habe ~ zuruckgesetzt"
        " | ist erledigt | ist nun aktiv | ist jetzt aktiv | wurde storniert | habe ~ storniert"
        " | habe ~ aktualisiert",
        "fr": "ravi | ravie | est resolu | a ete resolu | a ete modifie* | a ete mis* | a ete annule*"
        " | est annule* | j'ai modifie | j'ai annule | j'ai mis a jour | j'ai reinitialise"
        " | c'est fait | est maintenant active*",
        "es": "me alegra | me alegro | queda resuelto | ha sido resuelto | esta resuelto"
        " | ha sido actualizad* | he actualizado | he cambiado | he cancelado | he restablecido"
        " | ya esta hecho | esta listo | ha quedado",
        "pt": "que bom | fico feliz | foi resolvido | esta resolvido | foi atualizad* | foi alterad*"
        " | foi cancelad* | atualizei | alterei | cancelei | redefini | esta feito"
        " | ja esta ativ* | prontinho | tudo certo",
        "nl": "fijn om te horen | goed om te horen | is opgelost | is hersteld | is aangepast"
        " | heb ik aangepast | heb ~ aangepast | is gewijzigd | heb ~ gewijzigd | is geannuleerd"
        " | heb ~ geannuleerd | is nu actief | is klaar | is geregeld",
        "it": "mi fa piacere | sono contento | sono contenta | e risolto | e stato risolto"
        " | e stato aggiornato | ho aggiornato | ho modificato | ho annullato | ho reimpostato"
        " | e stato annullato | e ora attivo | e fatto | tutto fatto",
        "ja": "解決して何より | 解決いたしました | 解決しました | 変更いたしました | 変更しました"
        " | 更新しました | 更新いたしました | キャンセルしました | リセットしました"
        " | 完了しました | 完了いたしました | 良かったです | よかったです | 設定しました",
    },
}

# Little words by which a language is told; none of them stands in two lists.
LITTLE_WORDS = {
    "en": "the and is are you your my can't what how with not this have for it of to i'm please was do",
    "de": "und ist ich nicht das mit wie mein meine der die sie ein eine auf fur kann wir bitte zu den wo noch",
    "fr": "est le je pas les vous mon ma une et pour dans avec ne du sur votre bonjour c'est j'ai comment ou",
    "es": "el los las mi por para con una es que como puedo pero su hola se del y lo al cuando donde",
    "pt": "os meu minha nao uma com voce para por como e um do da em posso ola meus isso tem eu ao",
    "nl": "het ik een niet mijn met van voor hoe kan u wat dat naar aan je hallo maar deze zijn wij er",
    "it": "il non di che per con mio mia una come posso sono gli della ho nel mi buongiorno si ma grazie anche",
}

SCRIPT_JA = re.compile("[\u3040-\u30ff]")
COMPILED = {}


def speaks_of(topic, text):
    """Does the text hold one of the topic's phrases, in any of the languages?"""
    if topic not in COMPILED:
        COMPILED[topic] = compiled(PHRASES[topic])
    latin, japanese = COMPILED[topic]
    words = folded(text)
    return bool(latin.search(words) or japanese.search(words))


def compiled(lists):
    latin = [pattern(phrase) for language, text in lists.items() if language != "ja" for phrase in text.split(" | ")]
    japanese = [re.escape(folded(phrase)).replace(r"\ \~\ ", ".{0,12}") for phrase in lists["ja"].split(" | ")]
    return re.compile(r"(?<!\w)(?:" + "|".join(latin) + r")(?!\w)"), re.compile("|".join(japanese))


def pattern(phrase):
    words = re.escape(folded(phrase)).replace(r"\*", r"\w*").replace(r"\~\ ", r"(?:\S+\ ){0,4}")
    return words.replace(r"\ ", r"\W{1,3}").replace(r"\S+\W{1,3}", r"\S+\s")


def folded(text):
    """Lower case, no accents, plain apostrophes and single spaces; kana keep their marks."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'").replace("\u00b4", "'")
    text = "".join(char for char in unicodedata.normalize("NFD", text) if not "\u0300" <= char <= "\u036f")
    return " ".join(unicodedata.normalize("NFC", text).replace("\u00df", "ss").split())


def language_of(text):
    """The language whose little words fill the text best; empty where none fits."""
    if SCRIPT_JA.search(text):
        return "ja"
    words = re.findall(r"[\w']+", folded(text))
    counts = {name: sum(word in listed.split() for word in words) for name, listed in LITTLE_WORDS.items()}
    best = max(counts, key=counts.get)
    return best if counts[best] >= 2 and counts[best] * 6 >= len(words) else ""


def asks(text):
    """Does the text end in a question? What follows the last question mark may be a smile or a thank-you."""
    ending = unicodedata.normalize("NFKC", text).strip()
    return bool(re.search(r"\?[^?.!\u3002]{0,12}[.!]?$", ending)) or ending.endswith(
        ("ですか", "ますか", "ですか。", "ますか。")
    )


def only_signs(text):
    """An emoji or a sign alone, none of them an unhappy one or a question mark."""
    return bool(text.strip()) and not re.search(r"\w|\?|[😞😠😡😢😭😤👎🙁☹😒🤬💔]", text)


def words_in(text):
    """How many words; where there are no spaces between words, two signs count as one."""
    signs = len(re.findall("[\u3040-\u30ff\u3400-\u9fff]", text))
    return len(re.findall(r"[^\W\u3040-\u30ff\u3400-\u9fff]+", text)) + (signs + 1) // 2


def markers_in(text):
    """`#words` of an internal comment in the order they stand, without the sign, in lower case."""
    return [marker.lower() for marker in re.findall(r"[#\uff03]([\w-]+)", text)]


# --- part: resolution ---
# resolution: unresolved, resolved or skipped · reason: one word for branches and reports · marker: without its #
Verdict = namedtuple("Verdict", "resolution reason marker")
Judging = namedtuple("Judging", "channels inboxes min_words teams ai_unclear agent_asked_last unclear")

REASONS = {
    "not_closed": "The chat is open again; it will be judged when it closes.",
    "spam": "HubSpot marked the chat as spam.",
    "archived": "The chat is archived.",
    "other_channel": "The chat came over a channel that is not among this action's channels.",
    "other_inbox": "The chat is in an inbox that is not among this action's inboxes.",
    "no_visitor_message": "The visitor wrote nothing.",
    "too_short": "The visitor wrote too little to be a request, and no person had answered.",
    "input": "The input 'resolution' says so.",
    "marker": "An agent said so with a marker in an internal comment.",
    "no_answer": "Nobody answered the visitor.",
    "handed_over": "The visitor was to be served by a person, and no person wrote.",
    "visitor_last": "The visitor spoke last and was neither satisfied nor saying goodbye.",
    "ai_unclear": "Only a bot or AI answered, and the visitor was not satisfied.",
    "promised": "The agent promised to come back to the visitor.",
    "other_team": "The agent said that another team takes it on.",
    "waiting_on_visitor": "The agent asked something, and the visitor did not answer.",
    "unclear": "The chat is in a language that no word list fits.",
    "answered_in_session": "The visitor was answered in the chat.",
}


def judge(thread, lines, judging, resolution=""):
    """The verdict on one sitting. `thread`: HubSpot's thread; `lines`: of the sitting, oldest first."""
    left_out = outside(thread, lines, judging)
    if left_out:
        return Verdict("skipped", left_out, "")
    if resolution:
        return Verdict(resolution, "input", "")
    return marked(lines, judging.teams) or heard(lines, judging)


def outside(thread, lines, judging):
    """Rule 1: why this chat is nothing to judge; empty where it is."""
    asked = [line for line in lines if line.kind == "said" and line.who == "visitor"]
    answered = any(line.kind == "said" and line.who == "agent" for line in lines)
    refusals = (
        ("not_closed", thread.get("status") != "CLOSED"),
        ("spam", thread.get("spam")),
        ("archived", thread.get("archived")),
        ("other_channel", judging.channels and thread.get("originalChannelId") not in judging.channels),
        ("other_inbox", judging.inboxes and thread.get("inboxId") not in judging.inboxes),
        ("no_visitor_message", not asked),
        ("too_short", not answered and sum(words_in(line.text) for line in asked) < judging.min_words),
    )
    return next((reason for reason, holds in refusals if holds), "")


def marked(lines, teams):
    """Rule 3: the latest marker that an agent left in an internal comment."""
    for line in reversed(lines):
        if line.kind == "comment" and line.who == "agent":
            for marker in reversed(markers_in(line.text)):
                if marker == "resolved":
                    return Verdict("resolved", "marker", marker)
                if marker in ("unresolved", "followup") or marker in teams:
                    return Verdict("unresolved", "marker", marker)
    return None


def heard(lines, judging):
    """Rules 4 to 10: what the conversation itself says."""
    said = [line for line in lines if line.kind == "said" and line.who != "system" and line.text]
    first = next(at for at, line in enumerate(said) if line.who == "visitor")
    answers = [line for line in said[first:] if line.who != "visitor"]
    people = [line for line in answers if line.who == "agent"]
    if not answers:
        return Verdict("unresolved", "no_answer", "")
    if waits_for_person(lines, said[first].at):
        return Verdict("unresolved", "handed_over", "")
    closing = closing_words(said)
    if said[-1].who == "visitor" and not content(closing):
        return Verdict("unresolved", "visitor_last", "") if people else by_automation(answers, judging)
    own = own_last_words(people)
    if any(speaks_of("promise", line.text) for line in own):
        return Verdict("unresolved", "promised", "")
    if any(speaks_of("other_team", line.text) for line in own):
        return Verdict("unresolved", "other_team", "")
    if own and said[-1].who == "agent" and asks(own[-1].text):
        return Verdict(judging.agent_asked_last, "waiting_on_visitor", "")
    if not understood(said):
        return Verdict(judging.unclear, "unclear", "")
    return Verdict("resolved", "answered_in_session", "")


def waits_for_person(lines, since):
    """Rule 5: a person was asked for or announced, and no person wrote after that."""
    called = None
    for line in lines:
        if line.at < since:
            continue
        if line.kind == "said" and line.who == "agent":
            called = None
        elif line.kind == "assigned" and line.text.startswith("A-"):
            called = called or line
        elif line.kind == "said" and line.who == "visitor" and speaks_of("wants_person", line.text):
            called = called or line
        elif line.kind == "said" and line.who == "automation" and sends_on(line.text):
            called = called or line
    return called is not None


def sends_on(text):
    """Did automation hand over, give up, or promise that somebody will come back?"""
    return speaks_of("hand_over", text) or speaks_of("promise", text)


def closing_words(said):
    """The visitor's last words, from the last answer on."""
    last = []
    for line in reversed(said):
        if line.who != "visitor":
            break
        last.insert(0, line.text)
    return last


def content(texts):
    """Satisfied or saying goodbye, and asking nothing more."""
    if not texts or any(asks(text) or speaks_of("still_wrong", text) for text in texts):
        return False
    return any(speaks_of("satisfied", text) or speaks_of("farewell", text) or only_signs(text) for text in texts[-2:])


def by_automation(answers, judging):
    """Rule 6 where only a bot or AI had answered."""
    solved = any(speaks_of("solved", line.text) for line in answers[-2:])
    if judging.ai_unclear == "unless_solved":
        return Verdict("resolved" if solved else "unresolved", "ai_unclear", "")
    return Verdict(judging.ai_unclear, "ai_unclear", "")


def own_last_words(people):
    """The agent's last words that are not a closing line: the last one, and what was written within a minute of it."""
    own = [line for line in people if not closing_line(line.text)]
    return [line for line in own if own[-1].at - line.at <= 60000]


def closing_line(text):
    """A line that only ends a chat: nothing in it promises or names another team."""
    return speaks_of("closing", text) and not speaks_of("promise", text) and not speaks_of("other_team", text)


def understood(said):
    """Does any of our languages fit what was said?"""
    return any(language_of(line.text) for line in said) or any(
        speaks_of(topic, line.text) for line in said for topic in ("satisfied", "farewell", "closing")
    )
