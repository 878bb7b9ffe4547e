"""Who is writing to a portal from this folder? One at a time: the second is refused at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from deploy.portal_file import project
from deploy.refusals import Refused


@contextmanager
def locked(portal: str) -> Iterator[None]:
    """Hold a portal's ledger; a Refused when somebody else does. The system lets go of it when a process ends."""
    file = project() / "deploy" / "ledger" / portal / ".lock"
    file.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(file, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise Refused(
            f"deploy/ledger/{portal}",
            expected="to be the only one here who writes to this portal",
            found="another command that does",
            remedy="Nothing was changed. Wait until it has ended, then plan again and look.",
        ) from None
    try:
        yield
    finally:
        lock.release()
