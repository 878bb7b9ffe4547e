"""How much memory does a run use? All its processes together, each page counted once, as the system sees it now."""

import os


def peak_kb(pid):
    """The most that this process has had resident at any time; 0 when it is gone, None where nobody says."""
    found = field_kb(pid, b"VmHWM:")
    return found if found is not None else (None if not os.path.isdir("/proc/self") else 0)


def field_kb(pid, name):
    """One line of /proc/PID/status; None when there is no such process or line."""
    text = _read("/proc/%s/status" % pid)
    at = text.find(b"\n" + name)
    return int(text[at + 1 + len(name) :].split(None, 1)[0]) if at >= 0 else None


def others_kb(pids):
    """What processes that a run started hold for themselves alone; what they share with it is counted there."""
    total, seen = 0, set()
    waiting = list(pids)
    while waiting:
        pid = waiting.pop()
        if pid in seen:
            continue
        seen.add(pid)
        waiting.extend(children(pid))
        for line in _read("/proc/%d/smaps_rollup" % pid).split(b"\n"):
            if line.startswith((b"Private_Clean:", b"Private_Dirty:")):
                total += int(line.split()[1])
    return total


def children(pid):
    """The processes that a process's threads have started and that still belong to it."""
    try:
        threads = os.listdir("/proc/%d/task" % pid)
    except OSError:
        return set()
    return {int(word) for tid in threads for word in _read("/proc/%d/task/%s/children" % (pid, tid)).split()}


def _read(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:  # gone meanwhile
        return b""
