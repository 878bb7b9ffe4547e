"""Send confirmation: the visitor learns the ticket's number and when to expect an answer.

Runs last. With an e-mail id it sends HubSpot's transactional e-mail (needs the add-on); without one it marks the
ticket, and the ticket workflow with HubSpot's own Send email takes it from there. One confirmation for each unresolved
chat, none within half an hour of the last for the same ticket, and nothing the visitor typed in any of them. A second
run sends nothing. Rules: docs/rules.md, section 6.
"""

# /// script
# requires-python = ">=3.9"
# dependencies = ["hubspot-api-client>=8,<9"]
#
# [tool.hubspot]
# runtime = ["PYTHON39"]
# secrets = ["CHAT_HANDOFF_TOKEN"]
# scopes = ["tickets", "crm.objects.contacts.read", "transactional-email"]
#
# [tool.hubspot.inputs.mode]
# type = "enumeration"
# options = ["off", "dry", "live"]
# default = "dry"
# description = "off: do nothing. dry: decide and say so, send nothing. live: send."
#
# [tool.hubspot.inputs.ticket_id]
# type = "string"
# description = "create_ticket's output ticket_id."
#
# [tool.hubspot.inputs.contact_id]
# type = "string"
# description = "create_ticket's output contact_id."
#
# [tool.hubspot.inputs.visitor_email]
# type = "string"
# description = "triage_chat's output visitor_email; used only where allow_new_contact is true."
#
# [tool.hubspot.inputs.closed_at]
# type = "datetime"
# description = "create_ticket's output closed_at; empty while the chat of a ticket made by hand is still open."
#
# [tool.hubspot.inputs.dry_run]
# type = "boolean"
# description = "create_ticket's output dry_run: after a dry run nothing is sent here either."
#
# [tool.hubspot.inputs.email_id]
# type = "string"
# description = "Id of the published transactional e-mail. Empty: the ticket is marked for HubSpot's own Send email."
#
# [tool.hubspot.inputs.route_email_id]
# type = "string"
# description = "create_ticket's output email_id; goes before email_id."
#
# [tool.hubspot.inputs.help_link]
# type = "string"
# description = "A page that helps while the visitor waits."
#
# [tool.hubspot.inputs.allow_new_contact]
# type = "boolean"
# default = false
# description = "true: write also to an address without a contact; HubSpot makes a contact of it. Needs email_id."
#
# [tool.hubspot.inputs.pause_minutes]
# type = "number"
# default = 30
# description = "No second confirmation for the same ticket within so many minutes."
#
# [tool.hubspot.inputs.api_version]
# type = "enumeration"
# options = ["2026-09", "v3"]
# default = "2026-09"
# description = "HubSpot's API version. v3 only where the portal's rules refuse tickets made by automation."
#
# [tool.hubspot.outputs.outcome]
# type = "enumeration"
# options = ["accepted", "requested", "already_sent", "skipped", "failed", "off"]
# description = "What became of the confirmation."
#
# [tool.hubspot.outputs.code]
# type = "string"
# description = "HubSpot's result code, or our word for why nothing was sent."
#
# [tool.hubspot.outputs.ticket_id]
# type = "string"
# description = "The ticket."
#
# [tool.hubspot.outputs.dry_run]
# type = "boolean"
# description = "true: nothing was sent."
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

# HubSpot's result codes (documented: the transactional single-send specification). A code that stands nowhere here is
# failed by its name.
RESULTS = {
    "accepted": "SENT QUEUED IDEMPOTENT_IGNORE",
    "skipped": "ADDRESS_OPTED_OUT BLOCKED_ADDRESS BLOCKED_DOMAIN BRAND_RECIPIENT_FATIGUE_SUPPRESSED GDPR_DOI_ENABLED"
    " GRAYMAIL_SUPPRESSED INVALID_TO_ADDRESS LOW_CONTACT_QUALITY_SCORE NON_MARKETABLE_CONTACT PREVIOUSLY_BOUNCED"
    " PREVIOUSLY_UNSUBSCRIBED_BRAND PREVIOUSLY_UNSUBSCRIBED_BUSINESS_UNIT PREVIOUSLY_UNSUBSCRIBED_MESSAGE"
    " PREVIOUSLY_UNSUBSCRIBED_PORTAL PREVIOUS_SPAM QUARANTINED_ADDRESS RECIPIENT_FATIGUE_SUPPRESSED UNDELIVERABLE"
    " ADDRESS_LIST_BOMBED MTA_IGNORE",
    "retry": "THROTTLED ATTACHMENT_DOWNLOAD_QUEUE_FULL",
}


def main(event):
    given = Inputs("send_confirmation", event)
    mode = given.choice("mode", ("off", "dry", "live"), "dry")
    mode = "dry" if mode == "live" and given.flag("dry_run") else mode
    ticket_id, email_id = given.record_id("ticket_id", "create_ticket's ticket id"), email_given(given)
    version, closed_at = given.choice("api_version", HUBSPOT_PATHS, "2026-09"), given.moment("closed_at")
    pause_ms, allowed = int(given.number("pause_minutes", 30) * 60000), given.flag("allow_new_contact")
    if mode == "off" or not (ticket_id or (mode == "dry" and closed_at)):
        return answer(mode, "off" if mode == "off" else "skipped", "off" if mode == "off" else "no_ticket", ticket_id)
    hubspot = HubSpot(secret("send_confirmation", "CHAT_HANDOFF_TOKEN"), version)
    # In a dry run the ticket may be one that was not made: it has nothing on it yet.
    ticket = next(iter(read_tickets(hubspot, [ticket_id])), None) if ticket_id else {"properties": {}}
    if ticket is None or ticket["properties"].get("hs_is_closed") == "true":
        return answer(mode, "skipped", "ticket_closed" if ticket else "no_ticket", ticket_id)
    occasion = first_of_its_time(ticket, closed_at, pause_ms)
    done = confirmed_already(ticket["properties"], closed_at, occasion, pause_ms)
    if done:
        return answer(mode, *done, ticket_id=ticket_id)
    address = address_of(hubspot, given, allowed and bool(email_id))
    if not re.fullmatch(r"[^@\s\"<>()]+@[^@\s\"<>()]+\.[^@\s\"<>().]+", address):
        return answer(mode, "skipped", "INVALID_TO_ADDRESS" if address else "no_address", ticket_id)
    if mode == "dry":
        return answer(mode, "accepted" if email_id else "requested", "dry_run", ticket_id)
    if not ticket["properties"].get("chat_expected_response"):
        return answer(mode, "skipped", "no_expected_response", ticket_id)
    if not email_id:
        return requested(hubspot, ticket, occasion)
    return sent(hubspot, given, ticket, occasion, address, email_id)


def email_given(given):
    """The route's e-mail, else the portal's; empty where HubSpot's own workflow sends it."""
    what = "the id of a published transactional e-mail"
    return given.record_id("route_email_id", what) or given.record_id("email_id", what)


def first_of_its_time(ticket, closed_at, pause_ms):
    """Epoch ms of the occasion that this confirmation answers: of all less than a pause apart the first one listed.

    Every run finds the same, so chats that close together and runs that overlap ask for one and the same e-mail, also
    where the later close was served first. A ticket that a rep made while the chat was open is an occasion of its own:
    it was confirmed at once.
    """
    made = millis(ticket["properties"].get("createdate")) or now_ms()
    if closed_at is None:
        return made
    moments = [*closes_listed(ticket), closed_at]
    leaders = [made] if was_made_in_its_chat(ticket, made, moments) else []
    for moment in moments:
        if all(abs(moment - leader) >= pause_ms for leader in leaders):
            leaders.append(moment)
    return next((leader for leader in leaders if abs(closed_at - leader) < pause_ms), closed_at)


def was_made_in_its_chat(ticket, made, moments):
    """Was the ticket's own chat open when it was made? Without a chat of its own: was every one that it lists?

    Another chat's close tells nothing of it: one that joins a rep's ticket may have closed a moment before.
    """
    thread_id = thread_of(ticket["properties"])
    own = re.compile(r"^{} · closed (\S+) · ".format(thread_id), re.MULTILINE)
    listed = map(millis, own.findall(str(ticket["properties"].get("chat_threads") or "")))
    return all(made < close for close in ([one for one in listed if one] if thread_id else moments))


def confirmed_already(known, closed_at, occasion, pause_ms):
    """(outcome, code) where this chat was confirmed, or the ticket a moment before it; None where it is to be done."""
    marks = ("chat_confirmation_requested_at", "chat_confirmation_sent_at")
    last = max([millis(known.get(name)) or 0 for name in marks])
    if last and (closed_at is None or last >= closed_at):
        return "already_sent", "after_this_close"
    if last and (last >= occasion or closed_at - last < pause_ms):
        return "skipped", "confirmed_recently"
    return None


def address_of(hubspot, given, allowed):
    """The contact's address; without a contact the visitor's own, where HubSpot may make a contact of it."""
    contact_id = given.record_id("contact_id", "create_ticket's contact id")
    contact = hubspot.get("objects/contacts/" + contact_id, properties="email") if contact_id else None
    if contact:
        return str(contact["properties"].get("email") or "")
    return given.text("visitor_email").lower() if allowed else ""


def requested(hubspot, ticket, occasion):
    """Mark the ticket. The mark is the occasion, not now: a second run writes the same and starts no second e-mail."""
    marked = mark(hubspot, ticket["id"], "chat_confirmation_requested_at", occasion)
    return answer("live", *(("requested", "workflow") if marked else ("skipped", "no_ticket")), ticket_id=ticket["id"])


def sent(hubspot, given, ticket, occasion, address, email_id):
    """Send, then write down that it was sent. HubSpot sends one e-mail for one sendId, however often it is asked."""
    body = {
        "emailId": int(email_id),
        "message": {
            "to": address,
            "sendId": "{}-{}".format(ticket["id"], occasion),
            "cc": [],
            "bcc": [],
            "replyTo": [],
        },
        "contactProperties": {},
        "customProperties": {
            "ticket_number": ticket["id"],
            "expected_response": ticket["properties"].get("chat_expected_response") or "",
            "help_link": given.text("help_link"),
        },
    }
    try:
        result = hubspot.post("single-send", body) or {}
    except Refused as refusal:
        if refusal.status != 400:
            raise
        return answer("live", "failed", refusal.category or "refused", ticket["id"])
    outcome, code = meaning(result)
    if outcome == "retry":
        raise ApiException(status=503, reason="HubSpot's e-mail queue asks to wait ({})".format(code))
    if outcome == "accepted":
        mark(hubspot, ticket["id"], "chat_confirmation_sent_at", max(now_ms(), occasion))
    return answer("live", outcome, code, ticket["id"])


def meaning(result):
    """(accepted, skipped, failed or retry; HubSpot's own word for it)."""
    status, code = str(result.get("status") or ""), str(result.get("sendResult") or "")
    if status == "CANCELED":
        return "failed", code or status
    if not code:
        return "accepted" if status in ("PENDING", "PROCESSING") else "failed", status or "no_status"
    return next((outcome for outcome, codes in RESULTS.items() if code in codes.split()), "failed"), code


def mark(hubspot, ticket_id, name, moment):
    return written(hubspot, "send_confirmation", ticket_id, {name: iso(moment)})


def answer(mode, outcome, code, ticket_id):
    """Every declared output, on every path."""
    outputs = {"outcome": outcome, "code": code, "ticket_id": ticket_id, "dry_run": mode != "live"}
    say("send_confirmation", mode=mode, **outputs)
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
