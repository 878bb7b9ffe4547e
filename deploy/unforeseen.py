"""What is said of what no command foresaw: a file that the system refuses, or a mistake of our own? One line each."""

import errno

from deploy.showing import shown

LONGEST = 300  # characters of what an exception says
WAYS_OUT = {
    errno.ENOENT: "Correct the name, or make the folder it is to be in.",
    errno.EISDIR: "Name a file, not a folder.",
    errno.ENOTDIR: "Name a folder where a file stands now.",
    errno.EEXIST: "Move away what stands there.",
    errno.EACCES: "Take another place, or give yourself the right to it.",
    errno.EPERM: "Take another place, or give yourself the right to it.",
    errno.EROFS: "Take a place that can be written.",
    errno.ENOSPC: "Make room, then run it again.",
    errno.EDQUOT: "Make room, then run it again.",
    errno.ENAMETOOLONG: "Take a shorter name.",
    errno.ELOOP: "Take the links away that lead to one another.",
}
OTHERWISE = "Look at it, then run it again."


def system_line(problem: OSError) -> str:
    """The file, what the system says of it, and what to do."""
    name = problem.filename if isinstance(problem.filename, str) else str(problem.filename or "")
    what = (problem.strerror or str(problem) or type(problem).__name__).strip().rstrip(".")
    at = f"{shown(name)}: " if name else ""
    return f"{at}{shown(what)}. {WAYS_OUT.get(problem.errno or 0, OTHERWISE)}"


def bug_line(door: str, command: str, bug: BaseException, remedy: str) -> str:
    """The command and the exception; a token in it is masked, and its lines are one."""
    text = " ".join(str(bug).split())
    shortened = shown(text if len(text) <= LONGEST else f"{text[:LONGEST]}…").rstrip(".")
    said = f"{type(bug).__name__}{f': {shortened}' if shortened else ''}"
    return f"{command}: this is a bug of {door}: {said}. {remedy}"
