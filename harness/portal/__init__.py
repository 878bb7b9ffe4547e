"""HubSpot's HTTP API in memory: what is stored, what is answered, what is refused, and in whose words."""

from harness.portal.chat import Chat
from harness.portal.portal import Portal
from harness.portal.snapshot import renamed
from harness.portal.verbs.records import Record
from harness.portal.weather import Weather
from harness.portal.wire import Email, LogEntry, Request, Response

__all__ = ["Chat", "Email", "LogEntry", "Portal", "Record", "Request", "Response", "Weather", "renamed"]
