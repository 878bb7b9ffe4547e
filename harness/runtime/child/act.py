"""What happens in one run? Load the file's module, call main with the event, report what came of it.

As Lambda's own runtime for Python does it (its source is public): an Exception is reported, anything else that main
lets out ends the process; a Decimal in the answer is a number, and what the action makes of json.dumps is not asked.
"""

import base64
import json
import linecache
import marshal
import os
import sys
import types
import warnings

from . import patterns

_MODULE = "lambda_function"
_pid, _leave, _loads = os.getpid, os._exit, json.loads
_kept = {}
"""What a file compiled to, by its digest: a process that makes many runs is told the text once."""


def act(job, report, answer_limit, hold=False):
    """Run the action; everything it does or fails at becomes one report on the run's channel.

    hold: the last of it goes out with whatever is told next, for each message wakes who reads it.
    """
    mine = _pid()
    before = patterns.compiled() if job["wants_patterns"] else None
    tell = _attempt(job, report)
    if _pid() != mine:
        _leave(0)  # a copy that the action forked has come back from main: the answer is not its to give
    if before is not None:
        report.tell("patterns", found=_safely(lambda: patterns.since(before), []))
    report.holds = hold
    tell(report, answer_limit)
    report.holds = False


def _attempt(job, report):
    """Do it; returns who tells the harness what came of it."""
    name = job["name"]
    if job["source"] is not None:
        lines = job["source"].splitlines(keepends=True)
        linecache.cache[name] = (len(job["source"]), None, lines, name)
    phase = "import"
    try:
        module = types.ModuleType(_MODULE)
        module.__file__ = name
        sys.modules[_MODULE] = module
        exec(_code(job, report), module.__dict__)
        main = getattr(module, "main", None)
        if not callable(main):
            found = "nothing" if main is None else type(main).__name__
            return lambda report, limit: report.tell("no_main", found=found)
        phase = "main"
        answer = main(_loads(job["event"]))
    except SystemExit as left:
        code = _exit_code(left)
        return lambda report, limit: report.tell("left", code=code, type="SystemExit", traceback="")
    except BaseException as error:
        return _Raised(error, phase, name)
    return _Answer(answer)


def _code(job, report):
    """The file's code: compiled here the first time, and handed to the harness for later runs."""
    digest = job["digest"]
    if digest in _kept:
        return _kept[digest]
    if job["code"] is not None:
        _kept[digest] = marshal.loads(base64.b64decode(job["code"]))  # noqa: S302 - what the run before was told to keep
        return _kept[digest]
    if "\0" in job["source"]:  # a ValueError until 3.11
        raise SyntaxError("source code cannot contain null bytes")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # else the first run's log alone would have them
        code = compile(job["source"], job["name"], "exec", dont_inherit=True)
    report.tell_text('{"kind": "compiled", "code": "%s"}' % base64.b64encode(marshal.dumps(code)).decode())
    _kept[digest] = code
    return code


def knows(digest):
    """Need the text of this file not be told again?"""
    return digest in _kept


class _Encoder(json.JSONEncoder):
    def default(self, value):
        decimal = sys.modules.get("decimal")
        if decimal is not None and isinstance(value, decimal.Decimal):
            return int(value) if value.is_finite() and value == value.to_integral_value() else float(value)
        return super().default(value)


_encode = _Encoder().encode


class _Answer:
    """The answer as JSON, made inside the guard: a cycle or a datetime is the action's failure, not ours."""

    def __init__(self, answer):
        self._answer = answer

    def __call__(self, report, limit):
        try:
            text = _encode(self._answer)
            names = _odd_names(self._answer)
        except BaseException as error:
            message = _text_of(error)
            report.tell("unmarshalled", message=message)
            return
        if len(text) > limit:
            report.tell("too_large", size=len(text))
            return
        for name, kind in names:
            report.tell_once("odd_name", name=name, found=kind)
        report.tell_text('{"kind": "returned", "value": %s}' % text)


def _odd_names(answer):
    """Names of outputs that are no text: JSON makes one of each, and 1 and "1" become the same."""
    fields = answer.get("outputFields") if isinstance(answer, dict) else None
    if not isinstance(fields, dict):
        return []
    return [(str(name), type(name).__name__) for name in fields if not isinstance(name, str)]


class _Raised:
    """What main, or the file, let out. Nothing about an exception can be relied on, not even its attributes."""

    def __init__(self, error, phase, name):
        self._error = error
        self._phase = phase
        self._name = name

    def __call__(self, report, limit):
        error, kind = self._error, type(self._error)
        own = error.__traceback__
        while own is not None and own.tb_frame.f_code.co_filename != self._name:
            own = own.tb_next
        traceback = _safely(lambda: _frames(own) or _place(error), "")
        name = _safely(lambda: str(kind.__name__), "Exception")
        if not isinstance(error, Exception):
            report.tell("left", code=1, type=name, traceback=traceback)
            return
        report.tell(
            "raised",
            phase=self._phase,
            type=name,
            ancestry=_safely(lambda: ["%s.%s" % (each.__module__, each.__qualname__) for each in kind.__mro__], []),
            message=_text_of(error),
            status=_status(error),
            line=_last_line(own, self._name) or _safely(lambda: int(error.lineno), None),
            traceback=traceback,
        )


def _safely(make, otherwise):
    try:
        return make()
    except BaseException:
        return otherwise


def _text_of(error):
    return _safely(lambda: str(error), "(its text could not be made)")


def _frames(own):
    """The frames as Lambda logs them, from the action's own file on; the same on every Python."""
    lines = []
    while own is not None:
        code = own.tb_frame.f_code
        lines.append('  File "%s", line %d, in %s\n' % (code.co_filename, own.tb_lineno, code.co_name))
        text = linecache.getline(code.co_filename, own.tb_lineno).strip()
        if text:
            lines.append("    %s\n" % text)
        own = own.tb_next
    if len(lines) > 80:  # a recursion
        lines[40:-40] = ["  (... %d lines more)\n" % (len(lines) - 80)]
    return "".join(lines)


def _place(error):
    """Where a SyntaxError stands, as Lambda logs it; an AttributeError for whatever else."""
    if error.filename is None:
        return ""
    return '  File "%s" Line %s\n    %s\n' % (error.filename, error.lineno, (error.text or "").strip())


def _status(error):
    """The HTTP status an exception speaks of: its own (ApiException) or its response's (requests)."""
    response = _safely(lambda: getattr(error, "response", None), None)
    for holder, attribute in ((error, "status"), (response, "status_code"), (error, "code")):
        value = _safely(lambda holder=holder, attribute=attribute: int(getattr(holder, attribute)), None)
        if value is not None and 100 <= value <= 599:
            return value
    return None


def _last_line(own, name):
    line = None
    while own is not None:
        if own.tb_frame.f_code.co_filename == name:
            line = own.tb_lineno
        own = own.tb_next
    return line


def _exit_code(left):
    code = _safely(lambda: left.code, 1)
    if code is None:
        return 0
    return int(code) & 0xFF if isinstance(code, int) else 1
