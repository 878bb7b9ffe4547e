"""What is expected of each file in tests/harness/cases, however it is started and on every Python?"""

from dataclasses import dataclass, field
from typing import Any

READ_ONLY = (
    "expected writes inside the temporary folder, found one to {}, which was refused. "
    "Only the temporary folder can be written on Lambda."
)
OTHER_HOST = (
    "expected calls to api.hubapi.com:443 alone, found one to {}, which was refused. Nothing else answers here."
)
NO_ANSWER = (
    'expected main to return {{"outputFields": {{...}}}}, found: {}. Return every declared output on every path.'
)
LEFT_BEHIND = "expected nothing to outlive main, found processes that it started, which were ended."
TOO_MUCH = (
    "Runtime.ExitError",
    "Runtime exited with error: signal: killed. It used more than 128 MB, the whole process counted.",
)
SILENT_END = (
    "Runtime.ExitError",
    "Runtime exited without providing a reason: the process ended, or lost its way to answer, before main returned.",
)


@dataclass(frozen=True)
class Expected:
    """One run and everything that is known of its outcome beforehand."""

    case: str
    status: str
    mark: str
    fields: dict[str, Any] | None = None
    error: tuple[str, str] | None = None
    problems: tuple[str, ...] = ()
    printed: str | None = None
    """What stands between START and END; None where it holds a traceback, which differs between Pythons."""
    inputs: dict[str, Any] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    busy: int = 0
    """The status of the weather that the first request meets."""
    calls: tuple[tuple[str, str, int], ...] = ()
    timeout_s: float = 20.0
    now: str | None = None
    name: str = ""

    def __str__(self) -> str:
        return self.name or self.case


def succeeded(case: str, fields: dict[str, Any] | None = None, **more: Any) -> Expected:
    return Expected(case, "succeeded", more.pop("mark", "documented"), fields or {}, **more)


def failed(case: str, error: str, sentence: str, **more: Any) -> Expected:
    return Expected(case, more.pop("status", "failed"), more.pop("mark", "guessed"), error=(error, sentence), **more)


def no_answer(case: str, found: str, **more: Any) -> Expected:
    return Expected(case, "unknown", "guessed", problems=(NO_ANSWER.format(found),), **more)


TICKET = ("GET", "/crm/v3/objects/tickets/404")

EXPECTED = (
    succeeded(
        "succeeds",
        {
            "count": 3,
            "share": 0.5,
            "name": "visitor-12",
            "reached": True,
            "closed_at": 1772438400000,
            "closed_on": 1772409600000,
            "resolution": "resolved",
            "phone": "+49 30 1234",
            "nothing": None,
        },
        inputs={"name": "visitor-12"},
        printed="asked for name",
    ),
    succeeded("empty", printed=""),
    failed(
        "syntax_error",
        "Runtime.UserCodeSyntaxError",
        "Syntax error in module 'syntax_error': unmatched '}' (syntax_error.py, line 5)",
    ),
    failed(
        "import_error",
        "Runtime.ImportModuleError",
        "Unable to import module 'import_error': No module named 'no_such_library'",
    ),
    failed(
        "error_at_import",
        "KeyError",
        "The file raised it while it was loaded, at error_at_import.py:3: 'missing'",
    ),
    failed(
        "no_main",
        "Runtime.HandlerNotFound",
        "Handler 'main' missing on module 'no_main': expected `def main(event)`, found nothing.",
    ),
    failed(
        "wrong_arity",
        "TypeError",
        "main raised it at wrong_arity.py: main() missing 1 required positional argument: 'context'",
    ),
    failed("raises", "ValueError", "main raised it at raises.py:5: stage 7 is not in pipeline 0"),
    failed(
        "api_exception",
        "ApiException",
        "HubSpot's API answered 429 Too Many Requests and main let the ApiException out "
        "at api_exception.py:11: HubSpot runs the action again, for up to three days.",
        name="api_exception_429",
        status="will_retry",
        mark="documented",
        busy=429,
        calls=((*TICKET, 429),),
    ),
    failed(
        "api_exception",
        "ServiceException",
        "HubSpot's API answered 503 Service Unavailable and main let the ApiException out "
        "at api_exception.py:11: HubSpot runs the action again, for up to three days.",
        name="api_exception_503",
        status="will_retry",
        mark="documented",
        busy=503,
        calls=((*TICKET, 503),),
    ),
    failed(
        "api_exception",
        "NotFoundException",
        "HubSpot's API answered 404 Not Found and main let the ApiException out at api_exception.py:11: "
        "no other attempt is made.",
        name="api_exception_404",
        calls=((*TICKET, 404),),
    ),
    failed(
        "urllib3_timeout",
        "ReadTimeoutError",
        "main raised it at urllib3_timeout.py:7: None: Read timed out.",
        status="unknown",
    ),
    failed(
        "requests_http_error",
        "HTTPError",
        "main raised it at requests_http_error.py:11: 503 Server Error: Service Unavailable for url: "
        "https://api.hubapi.com/crm/v3/objects/tickets/404",
        name="requests_http_error_503",
        status="unknown",
        busy=503,
        calls=((*TICKET, 503),),
    ),
    failed(
        "requests_http_error",
        "HTTPError",
        "main raised it at requests_http_error.py:11: 404 Client Error: Not Found for url: "
        "https://api.hubapi.com/crm/v3/objects/tickets/404",
        name="requests_http_error_404",
        calls=((*TICKET, 404),),
    ),
    no_answer("returns_none", "main returned None", printed="done"),
    no_answer("returns_a_list", "main returned a list", printed=""),
    no_answer("no_output_fields", "main returned a dict with resolution and no outputFields", printed=""),
    succeeded(
        "undeclared_output",
        {"count": 1, "colour": "blue"},
        problems=(
            "output colour: expected only declared outputs, found one that is not. "
            "Later actions cannot use it: declare it in [tool.hubspot.outputs], or do not return it.",
        ),
    ),
    succeeded(
        "missing_output",
        mark="guessed",
        problems=(
            "output count: expected every declared output, found none of that name. Return it, or None for no value.",
        ),
    ),
    Expected(
        "wrong_type",
        "unknown",
        "guessed",
        {"count": "three"},
        problems=("output count: expected a number, found text. Return that type, or None for no value.",),
    ),
    Expected(
        "not_a_number",
        "unknown",
        "guessed",
        {"count": "nan"},
        problems=("output count: expected a number, found nan, which is no JSON. Return None for no value.",),
    ),
    failed(
        "datetime_object",
        "Runtime.MarshalError",
        "Unable to marshal response: Object of type datetime is not JSON serializable",
    ),
    failed(
        "long_text",
        "OUTPUT_VALUES_TOO_LARGE",
        "The output transcript has 65,001 characters; HubSpot takes 65,000 at most. Return less of it.",
        mark="documented",
    ),
    failed(
        "large_answer",
        "Function.ResponseSizeTooLarge",
        "Response payload size (7,201,828 bytes) exceeded the maximum allowed (6,291,456 bytes).",
    ),
    failed(
        "sys_exit",
        "Runtime.ExitError",
        "Runtime exited with error: exit status 3: the action called sys.exit.",
    ),
    failed("os_exit", *SILENT_END),
    failed("crash", "Runtime.ExitError", "Runtime exited with error: signal: SIGSEGV."),
    failed("recursion", "RecursionError", "main raised it at recursion.py:5: maximum recursion depth exceeded"),
    failed(
        "endless_loop",
        "Sandbox.Timedout",
        "Task timed out after 0.50 seconds",
        mark="documented",
        timeout_s=0.5,
    ),
    failed(
        "sleeps_long",
        "Sandbox.Timedout",
        "Task timed out after 20.00 seconds",
        mark="documented",
        now="2026-03-02T08:00:00Z",
        printed="2026-03-02T08:00:20.000Z 00000000-0000-4000-8000-000000000001 Task timed out after 20.00 seconds",
    ),
    succeeded("allocates", inputs={"megabytes": "86"}, name="allocates_to_about_110_in_all"),
    failed(
        "allocates",
        *TOO_MUCH,
        mark="documented",
        inputs={"megabytes": "126"},
        name="allocates_a_spike_of_140_in_all",
    ),
    failed("allocates", *TOO_MUCH, mark="documented", inputs={"megabytes": "1024"}, name="allocates_1_GB"),
    succeeded("twenty_threads"),
    succeeded("prints_at_import", printed="loaded\nwarned\nran"),
    succeeded(
        "undeclared_secret",
        {"found": True, "other": None},
        secrets={"TOKEN": "local-secret-7", "OTHER_TOKEN": "local-secret-8"},
        problems=(
            "secret OTHER_TOKEN: expected only declared secrets, found one that is not, which was not handed over. "
            "Declare it under secrets in [tool.hubspot], or leave it out.",
            "secret OTHER_TOKEN: expected only declared secrets to be read, found one that is not. "
            "Declare it under secrets in [tool.hubspot], or do not read it.",
        ),
    ),
    succeeded(
        "writes_outside",
        {"refused": "Read-only file system; Read-only file system; Read-only file system"},
        problems=tuple(READ_ONLY.format(name) for name in ("/var/outside.txt", "/var/outside", "here.txt")),
    ),
    succeeded(
        "hides_another_host",
        problems=tuple(
            OTHER_HOST.format(name)
            for name in ("example.org:80", "192.0.2.7:443", "127.0.0.1:9", "192.0.2.9:53", "example.net")
        ),
    ),
    failed("closes_everything", *SILENT_END),
    succeeded(
        "signals_others",
        {"refused": "Operation not permitted; Operation not permitted"},
        problems=tuple(
            f"expected processes of its own alone, found a signal to {whom}, which was refused."
            for whom in ("all", "another")
        ),
    ),
    succeeded("writes_everywhere", {"forged": False}),
)

ELSEWHERE = {
    "waits_for_its_child": "test_ending.py",
    "leaves_a_process": "test_ending.py",
    "leaves_a_daemon": "test_ending.py",
    "leaves_a_file": "test_ending.py",
    "fork_bomb": "test_ending.py",
    "prints_a_flood": "test_log.py",
    "shows_its_secret": "test_secrets.py",
    "host_environment": "test_secrets.py",
    "calls_another_host": "test_clients.py",
    "clients": "test_clients.py",
    "httplib2_client": "test_clients.py",
    "makes_three_calls": "test_weather.py",
    "tells_the_time": "test_time.py",
}
