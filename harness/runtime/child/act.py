"""What happens in one run? Load the file's module, call main with the event, report what came of it."""

import json
import linecache
import sys
import traceback
import types

_MODULE = "lambda_function"


def act(job, code, report, answer_limit):
    """Run the action; everything it does or fails at becomes one report on the run's channel."""
    name = job["name"]
    lines = job["source"].splitlines(keepends=True)
    linecache.cache[name] = (len(job["source"]), None, lines, name)
    phase = "import"
    try:
        module = types.ModuleType(_MODULE)
        module.__file__ = name
        sys.modules[_MODULE] = module
        exec(code or compile(job["source"], name, "exec", dont_inherit=True), module.__dict__)
        main = getattr(module, "main", None)
        if not callable(main):
            report.tell("no_main", found="nothing" if main is None else type(main).__name__)
            return
        phase = "main"
        answer = main(json.loads(job["event"]))
    except SystemExit as left:
        report.tell("left", code=_exit_code(left.code), phase=phase)
    except BaseException as error:
        _tell_error(report, error, phase, name)
    else:
        _tell_answer(report, answer, answer_limit)


def _tell_answer(report, answer, limit):
    """The answer as JSON, made inside the guard: a cycle or a datetime is the action's failure, not ours."""
    try:
        text = json.dumps(answer)
    except Exception as error:
        report.tell("unmarshalled", message=str(error)[:2000], type=type(answer).__name__)
        return
    if len(text) > limit:
        report.tell("too_large", size=len(text))
    else:
        report.tell_text('{"kind": "returned", "value": %s}' % text)


def _tell_error(report, error, phase, name):
    kind = type(error)
    own = error.__traceback__
    while own is not None and own.tb_frame.f_code.co_filename != name:
        own = own.tb_next
    try:
        message = str(error)
        text = "".join(traceback.format_exception(kind, error, own))
    except Exception:
        message, text = "(its text could not be made)", ""
    report.tell(
        "raised",
        phase=phase,
        type=kind.__name__,
        ancestry=["%s.%s" % (parent.__module__, parent.__qualname__) for parent in kind.__mro__],
        message=message[:10_000],
        status=_status(error),
        line=_last_line(own, name) or getattr(error, "lineno", None),
        traceback=text[:50_000],
    )


def _status(error):
    """The HTTP status an exception speaks of: its own (ApiException) or its response's (requests)."""
    response = getattr(error, "response", None)
    for holder, attribute in ((error, "status"), (response, "status_code"), (error, "code")):
        try:
            value = getattr(holder, attribute, None)
            if isinstance(value, (int, str)) and not isinstance(value, bool):
                return int(value)
        except Exception:
            continue
    return None


def _last_line(own, name):
    line = None
    while own is not None:
        if own.tb_frame.f_code.co_filename == name:
            line = own.tb_lineno
        own = own.tb_next
    return line


def _exit_code(code):
    if code is None:
        return 0
    return code if isinstance(code, int) else 1
