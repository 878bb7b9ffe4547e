"""Stamp chat closed at: the ticket's clock starts when the chat closed, not when the ticket was made.

Runs after create_ticket. Writes when the wait now running began (`chat_closed_at`), the first close for ever
(`chat_first_closed_at`), when an answer is due (`chat_sla_due_at`) and the sentence the visitor is told
(`chat_expected_response`). The wait goes on while nobody has answered; it starts anew with a chat that closed while
the ticket waited on the contact or was closed. A second run writes nothing. Rules: docs/rules.md, section 5.
"""

# /// script
# requires-python = ">=3.9"
# dependencies = ["hubspot-api-client>=8,<9"]
#
# [tool.hubspot]
# runtime = ["PYTHON39"]
# secrets = ["CHAT_HANDOFF_TOKEN"]
# scopes = ["tickets"]
#
# [tool.hubspot.inputs.mode]
# type = "enumeration"
# options = ["off", "dry", "live"]
# default = "dry"
# description = "off: do nothing. dry: reckon and say so, write nothing. live: write."
#
# [tool.hubspot.inputs.ticket_id]
# type = "string"
# description = "create_ticket's output ticket_id."
#
# [tool.hubspot.inputs.closed_at]
# type = "datetime"
# description = "create_ticket's output closed_at; empty while the chat of a ticket made by hand is still open."
#
# [tool.hubspot.inputs.earlier_closes]
# type = "string"
# description = "create_ticket's output earlier_closes."
#
# [tool.hubspot.inputs.dry_run]
# type = "boolean"
# description = "create_ticket's output dry_run: after a dry run nothing is written here either."
#
# [tool.hubspot.inputs.language]
# type = "string"
# description = "triage_chat's output language."
#
# [tool.hubspot.inputs.waiting_stages]
# type = "string"
# default = "2"
# description = "Ids of the stages in which a ticket waits on the contact, parted by commas."
#
# [tool.hubspot.inputs.sla]
# type = "string"
# default = '{"URGENT": "1h", "HIGH": "4h", "default": "8h"}'
# description = "JSON: priority to the business time in which an answer is due: 30m, 4h or 2d (a d is 24 hours)."
# schema = '{"type": "object"}'
# example = '{"HIGH": "4h", "default": "8h"}'
#
# [tool.hubspot.inputs.business_hours]
# type = "string"
# description = "For example Mon-Fri 09:00-17:30, Sat 10:00-14:00. Empty: around the clock."
#
# [tool.hubspot.inputs.zone]
# type = "string"
# default = "UTC"
# description = "IANA time zone of the business hours, for example Europe/Berlin."
#
# [tool.hubspot.inputs.holidays]
# type = "string"
# description = "Days without business hours, parted by commas, for example 2026-12-25, 2027-01-01."
#
# [tool.hubspot.inputs.response_template]
# type = "string"
# description = "JSON: language to the sentence the visitor is told; {due} is replaced by day and time. Empty: ours."
# schema = '{"type": "object"}'
# example = '{"en": "You will hear from us by {due}."}'
#
# [tool.hubspot.inputs.api_version]
# type = "enumeration"
# options = ["2026-09", "v3"]
# default = "2026-09"
# description = "HubSpot's API version. v3 only where the portal's rules refuse tickets made by automation."
#
# [tool.hubspot.outputs.outcome]
# type = "enumeration"
# options = ["started", "restarted", "kept", "still_open", "skipped", "off"]
# description = "What became of the clock."
#
# [tool.hubspot.outputs.ticket_id]
# type = "string"
# description = "The ticket."
#
# [tool.hubspot.outputs.chat_closed_at]
# type = "datetime"
# description = "When the wait now running began."
#
# [tool.hubspot.outputs.sla_due_at]
# type = "datetime"
# description = "When an answer is due."
#
# [tool.hubspot.outputs.expected_response]
# type = "string"
# description = "The sentence the visitor is told."
#
# [tool.hubspot.outputs.dry_run]
# type = "boolean"
# description = "true: nothing was written."
# ///

import difflib
import json
import os
import re
import time
from collections import namedtuple
from datetime import datetime, timedelta, timezone
from urllib.parse import quote

from hubspot.crm.contacts import ApiClient, ApiException, Configuration

SENTENCES = {
    "en": "We will answer you by {due}.",
    "de": "Wir antworten Ihnen bis {due}.",
    "fr": "Nous vous répondrons d'ici le {due}.",
    "es": "Le responderemos antes del {due}.",
    "pt": "Responderemos até {due}.",
    "nl": "U krijgt antwoord vóór {due}.",
    "it": "Le risponderemo entro il {due}.",
    "ja": "{due} までにご返信いたします。",
}

SLA = {"URGENT": "1h", "HIGH": "4h", "default": "8h"}  # the input's default

Rules = namedtuple("Rules", "waiting sla opening zone zone_name holidays sentences language")


def main(event):
    given = Inputs("stamp_chat_closed_at", event)
    mode = given.choice("mode", ("off", "dry", "live"), "dry")
    mode = "dry" if mode == "live" and given.flag("dry_run") else mode
    rules, ticket_id = checked(given), given.record_id("ticket_id", "create_ticket's ticket id")
    closes, version = closes_given(given), given.choice("api_version", HUBSPOT_PATHS, "2026-09")
    if mode == "off" or not (ticket_id or (mode == "dry" and closes)):
        return answer(mode, "off" if mode == "off" else "skipped", ticket_id)
    hubspot = HubSpot(secret("stamp_chat_closed_at", "CHAT_HANDOFF_TOKEN"), version)
    # In a dry run the ticket may be one that was not made: it has nothing on it yet.
    ticket = next(iter(read_tickets(hubspot, [ticket_id])), None) if ticket_id else {"properties": {}}
    outcome, changes = reckoned(hubspot, ticket, closes, rules) if ticket else ("skipped", {})
    if changes and mode == "live" and not written(hubspot, "stamp_chat_closed_at", ticket["id"], changes):
        outcome, changes = "skipped", {}
    return answer(mode, outcome, ticket_id, dict(ticket["properties"], **changes) if ticket else {})


def checked(given):
    """The settings of the clock, checked before the first request."""
    opening_text, zone_name = given.text("business_hours"), given.text("zone", "UTC")
    opening, zone = shifts(opening_text), zone_named(zone_name)
    if opening is None:
        what = "hours like Mon-Fri 09:00-17:30, Sat 10:00-14:00 (a whole day is 00:00-24:00)"
        raise given.wrong("business_hours", what, shown(opening_text))
    if zone is None:
        raise given.wrong("zone", "an IANA time zone like Europe/Berlin", shown(zone_name))
    holidays = given.names("holidays")
    for day in holidays:
        if not is_day(day):
            raise given.wrong("holidays", "days of the calendar like 2026-12-25, parted by commas", shown(day))
    return Rules(
        waiting=given.codes("waiting_stages", "2"),
        sla=checked_sla(given),
        opening=opening,
        zone=zone,
        zone_name=zone_name,
        holidays=holidays,
        sentences=checked_sentences(given),
        language=given.text("language", "en").lower(),
    )


def checked_sla(given):
    """Priority in capitals → minutes."""
    spans = given.json("sla", dict, '{"HIGH": "4h", "default": "8h"}') or SLA
    units, minutes = {"m": 1, "min": 1, "h": 60, "d": 1440}, {}
    for name, span in spans.items():
        match = re.fullmatch(r"([1-9][0-9]{0,4}) ?(m|min|h|d)", str(span).strip().lower())
        if not match:
            what = 'a span like "30m", "4h" or "2d" (d: 24 hours of business time) for each priority'
            raise given.wrong("sla", what, shown(str(span)))
        minutes[str(name).upper()] = int(match.group(1)) * units[match.group(2)]
    return minutes


def checked_sentences(given):
    """Language → the sentence that the visitor is told."""
    own = given.json("response_template", dict, '{"en": "You will hear from us by {due}."}')
    for text in own.values():
        if not isinstance(text, str) or "{due}" not in text or len(text) > 1000:
            raise given.wrong("response_template", "for each language a sentence with {due} in it", "another value")
    return dict(SENTENCES, **{str(language).lower(): text for language, text in own.items()})


def closes_given(given):
    """The chat's closes, epoch ms; none while it is open."""
    closed_at = given.moment("closed_at")
    earlier = [moment for moment in map(millis, given.names("earlier_closes")) if moment]
    return [*earlier, closed_at] if closed_at else []


def reckoned(hubspot, ticket, closes, rules):
    """(what becomes of the clock, the properties that have to change: none on a second run)."""
    known = ticket["properties"]
    running, first = millis(known.get("chat_closed_at")), millis(known.get("chat_first_closed_at"))
    minutes = rules.sla.get(str(known.get("hs_ticket_priority") or "").upper(), rules.sla.get("DEFAULT", 480))
    if not closes:
        told = running or known.get("chat_expected_response")
        due = due_at(now_ms(), minutes, rules.opening, rules.zone, rules.holidays)
        return "still_open", {} if told else {"chat_expected_response": sentence(due, rules)}
    moments = sorted({*closes, *closes_on(ticket), running, first} - {None})
    began = wait_began(moments, ticket, rules, stages_of(hubspot) if len(moments) > 1 else {})
    outcome = "started" if running is None or began < running else "kept" if began == running else "restarted"
    due = due_at(began, minutes, rules.opening, rules.zone, rules.holidays)
    wanted = {"chat_closed_at": iso(began), "chat_first_closed_at": iso(moments[0]), "chat_sla_due_at": iso(due)}
    told = due if due > now_ms() else due_at(now_ms(), minutes, rules.opening, rules.zone, rules.holidays)
    if outcome != "kept" or millis(known.get("chat_sla_due_at")) != due or due <= now_ms():
        wanted["chat_expected_response"] = sentence(told, rules)  # nobody is promised a moment that is gone
    return outcome, {name: value for name, value in wanted.items() if not is_same(known.get(name), value)}


def wait_began(moments, ticket, rules, stages):
    """When the wait now running began, told from the closes and the history of the ticket's stage alone.

    So every run of every chat tells the same, whichever comes first. The wait goes on through a close unless somebody
    answered since it began: then the ticket went to a stage that waits on the contact before that close, or was closed
    before the chat reopened it.
    """
    began = moments[0]
    for close in moments[1:]:
        for entered, stage in stages_entered(ticket):
            closed = stages.get((stage_of(ticket)[0], stage))
            until = listed_at(ticket, close) if closed else close
            if (closed or stage in rules.waiting) and began < entered <= until:
                began = close
                break
    return began


def listed_at(ticket, close):
    """Epoch ms at which the ticket got the line of this close; the close itself where that is unknown."""
    line = " · closed {} · ".format(iso(close))
    history = (ticket.get("propertiesWithHistory") or {}).get("chat_threads") or []
    entered = [millis(one.get("timestamp")) or 0 for one in history if line in str(one.get("value"))]
    return max(close, min(entered, default=close))


def is_same(known, value):
    moment = millis(value)
    return known == value if moment is None else millis(known) == moment


def sentence(due, rules):
    """What the visitor is told, the date in a form that no country reads differently."""
    local = datetime.fromtimestamp(due / 1000, rules.zone).strftime("%Y-%m-%d %H:%M")
    template = rules.sentences.get(rules.language) or rules.sentences["en"]
    return template.replace("{due}", "{} ({})".format(local, rules.zone_name))


def answer(mode, outcome, ticket_id, known=None):
    """Every declared output, on every path."""
    known = known or {}
    outputs = {
        "outcome": outcome,
        "ticket_id": ticket_id,
        "chat_closed_at": millis(known.get("chat_closed_at")),
        "sla_due_at": millis(known.get("chat_sla_due_at")),
        "expected_response": known.get("chat_expected_response") or "",
        "dry_run": mode != "live",
    }
    say("stamp_chat_closed_at", mode=mode, **outputs)
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
        """`body` may be a function of whether this is a repeat: what is there is then looked at again."""
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
        for repeats, wait in enumerate((*HUBSPOT_WAITS, None)):
            sent = body(repeats > 0) if callable(body) else body
            if self.left() < 1.0:
                raise ApiException(status=503, reason="this run is out of time before {}".format(request))
            status, answer, asked = self.attempt(method, target, query, sent)
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

    def ids(self, name, default=""):
        """A list of HubSpot's ids: digits, not names."""
        found = self.names(name, default)
        if not all(item.isascii() and item.isdigit() for item in found):
            raise self.wrong(name, "ids, not names, parted by commas (digits, for example 5391823)", "something else")
        return found

    def codes(self, name, default=""):
        """A list of ids of pipelines or stages: no blanks in them, as their labels have."""
        found = self.names(name, default)
        if not all(re.fullmatch(r"[A-Za-z0-9_-]{1,64}", item) for item in found):
            raise self.wrong(name, "ids, not labels, parted by commas (for example 0, 94837)", "something else")
        return found

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
    told = {name: iso(value) if name.endswith("_at") and value else value for name, value in facts.items()}
    print(json.dumps(dict({"action": action}, **told), ensure_ascii=False, default=str))


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
    if text.strip() and not text.strip(" ,;"):
        return None
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
    day, counted = datetime.fromtimestamp(start_ms / 1000, zone).date() - timedelta(days=1), start_ms
    for _ in range(3700):  # ten years: holidays that leave no open day must not loop for ever
        edges = (
            []
            if day.isoformat() in holidays
            else sorted((opens, opens + length) for weekday, opens, length in opening if weekday == day.weekday())
        )
        for opens, shuts in edges:
            begin = max(wall(day, opens, zone), counted)  # shifts that overlap count once
            end = wall(day, shuts, zone)
            if end - begin >= left:
                return begin + left
            left -= max(0, end - begin)
            counted = max(counted, end)
        day += timedelta(days=1)
    return start_ms + left


def wall(day, minute, zone):
    """Epoch ms of a wall-clock minute of a day; the minute may lie in the next day."""
    moment = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(minutes=minute)
    return int(moment.timestamp() * 1000)


# --- part: tickets ---
# pipelines: ids to look in · since, until: epoch ms between which a ticket was created or last touched
Window = namedtuple("Window", "pipelines since until")

TICKET_PROPERTIES = (
    "hs_pipeline hs_pipeline_stage hs_is_closed createdate hs_last_message_received_at hs_inbox_id"
    " hs_conversations_originating_thread_id hs_ticket_priority chat_thread_id chat_open_key chat_threads chat_inbox"
    " chat_closed_at chat_first_closed_at chat_sla_due_at chat_expected_response chat_channel chat_agent"
    " chat_started_at conversation_link chat_confirmation_requested_at chat_confirmation_sent_at"
).split()
TOUCHES = ("createdate", "chat_closed_at", "hs_last_message_received_at")


def now_ms():
    return int(time.time() * 1000)


def read_contact(hubspot, contact_id, email, properties=("email",)):
    """The thread's own contact (a merged one answers to its old id), else the one with the address; None without."""
    for wanted, by in ((contact_id, None), (email, "email")):
        if wanted:
            body = {"inputs": [{"id": wanted}], "properties": list(properties), "propertiesWithHistory": []}
            found = hubspot.post("objects/contacts/batch/read", dict(body, idProperty=by) if by else body)
            for contact in (found or {}).get("results") or []:
                return contact
    return None


def lock_key(contact_id, email):
    """What `chat_open_key` holds for this visitor; empty for somebody who cannot be told from others."""
    if contact_id:
        return "contact:" + contact_id
    return "email:" + email.strip().lower() if email else ""


def read_tickets(hubspot, ids, id_property=None):
    """Tickets by record id or by a unique property, a hundred at a time; those that do not exist are left out."""
    found = []
    for first in range(0, len(ids), 100):
        body = {
            "inputs": [{"id": wanted} for wanted in ids[first : first + 100]],
            "properties": TICKET_PROPERTIES,
            "propertiesWithHistory": ["hs_pipeline_stage", "chat_threads"],
        }
        if id_property:
            body["idProperty"] = id_property
        read = hubspot.post("objects/tickets/batch/read", body) or {}
        found += [ticket for ticket in read.get("results") or [] if not ticket.get("archived")]
    return found


def stages_of(hubspot):
    """(pipeline, stage) → is it closed? In HubSpot's order. A stage without a state counts as open."""
    pipelines = (hubspot.call("GET", "pipelines/tickets") or {}).get("results") or []
    return {
        (str(pipeline["id"]), str(stage["id"])): str((stage.get("metadata") or {}).get("ticketState") or "").upper()
        == "CLOSED"
        for pipeline in pipelines
        for stage in sorted(pipeline.get("stages") or [], key=lambda one: one.get("displayOrder") or 0)
    }


def stage_of(ticket):
    return str(ticket["properties"].get("hs_pipeline")), str(ticket["properties"].get("hs_pipeline_stage"))


def is_open(ticket, stages):
    return not stages.get(stage_of(ticket))


def stages_entered(ticket):
    """(epoch ms, stage) for each stage that the ticket entered, by its history."""
    history = (ticket.get("propertiesWithHistory") or {}).get("hs_pipeline_stage") or []
    return [(millis(one.get("timestamp")) or 0, str(one.get("value"))) for one in history]


def stage_at(ticket, moment):
    """The stage a ticket was in at a moment (epoch ms); empty before it was made."""
    return max([one for one in stages_entered(ticket) if one[0] <= moment], default=(0, ""))[1]


def closes_listed(ticket):
    """Epoch ms of every chat's close that the ticket lists, as it came to list them: a line each, by create_ticket."""
    listed = str(ticket["properties"].get("chat_threads") or "")
    return [moment for moment in map(millis, re.findall(r" · closed (\S+) · ", listed)) if moment]


def closes_on(ticket):
    """The same closes, each once, oldest first."""
    return sorted(set(closes_listed(ticket)))


def stage_since(ticket):
    """Epoch ms at which a ticket entered the stage it is in; None where HubSpot sent no history."""
    return max([entered for entered, _ in stages_entered(ticket)], default=None)


def is_candidate(ticket, window, stages, thread_id):
    """Open, and of this thread or of these pipelines and days."""
    properties = ticket["properties"]
    if not is_open(ticket, stages):
        return False
    if thread_id and thread_of(properties) == thread_id:
        return True
    return properties.get("hs_pipeline") in window.pipelines and window.since <= touched(properties) <= window.until


def thread_of(properties):
    """The thread a ticket was made for: ours, or the one HubSpot wrote; `<thread>#2` is the thread's second ticket."""
    own = properties.get("chat_thread_id") or properties.get("hs_conversations_originating_thread_id") or ""
    return str(own).split("#")[0]


def touched(properties):
    """Epoch ms at which the customer or a chat last touched the ticket."""
    return max([millis(properties.get(name)) or 0 for name in TOUCHES])


def best_of(candidates, thread_id, inbox_id):
    """Same thread, then same inbox, then most recently touched, then the higher id: every run picks the same."""

    def order(ticket):
        properties = ticket["properties"]
        same_inbox = bool(inbox_id) and inbox_id in (
            properties.get("chat_inbox"),
            properties.get("hs_inbox_id"),
        )
        return (thread_of(properties) == thread_id, same_inbox, touched(properties), int(ticket["id"]))

    return max(candidates, key=order) if candidates else None


# --- part: writing ---
# Without these a ticket would not be the chat's ticket: never left out.
KEYS = ("chat_thread_id", "chat_open_key", "chat_threads", "hs_pipeline", "hs_pipeline_stage", "subject")
PLACE = ("hs_pipeline", "hs_pipeline_stage")


def spared(send, properties, keys=KEYS):
    """(answer, names left out): all of it, else without what HubSpot objects to, else the keys alone."""
    chosen = dict(properties)
    for last in (False, False, True):
        try:
            return send(chosen), sorted(set(properties) - set(chosen))
        except Refused as refused:
            named = set(refused.properties)
            if last or refused.status != 400 or refused.taken or not named or named & set(keys):
                raise
            kept = set(chosen) - named if named & set(chosen) else set(keys)
            chosen = {name: value for name, value in chosen.items() if name in kept}
    return None


def written(hubspot, action, ticket_id, changes):
    """Was it written? Not where the ticket was archived since it was read."""
    try:
        hubspot.patch("objects/tickets/" + ticket_id, {"properties": changes})
    except Refused as refusal:
        if refusal.status == 404:
            return False
        raise explained(hubspot, action, refusal) from None
    return True


def link_one_by_one(hubspot, ticket_id, links):
    """Link a ticket with (type, id, association type), a second time without effect. The names of refused links."""
    refused = []
    for to_type, record_id, type_id in links:
        kind = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": type_id}]
        try:
            hubspot.put("links/tickets/{}/associations/{}/{}".format(ticket_id, to_type, record_id), kind)
        except Refused:
            refused.append("link to " + to_type)
    return refused


def explained(hubspot, action, refusal):
    """A refusal for good as one line for the operator: property, label, and the setting that mends it."""
    if refusal.status not in (400, 409) or not refusal.properties:
        return refusal
    name = refusal.properties[0]
    try:
        label = str((hubspot.get("properties/tickets/" + name) or {}).get("label") or "which this portal lacks")
    except Refused:
        label = "whose label this key may not read"
    remedy = "give it a value in the input extra_properties, for example {}".format(
        json.dumps({name: "…"}, ensure_ascii=False)
    )
    if name in PLACE:
        remedy = "name another stage in the input routes: this one does not exist or tickets may not be created in it"
    if name.startswith("chat_"):
        remedy = "create the ticket properties of this project (properties.toml), with the types that stand there"
    return BadInput("{}: HubSpot refuses the ticket because of {} ({}): {}.".format(action, name, label, remedy))
