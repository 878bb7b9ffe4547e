"""Which files would be changed, and to what? Nothing is written before all is known.

A file keeps its own line ends and mark. Only files of the project are written, none of an installed package.
"""

from collections.abc import Iterable
from pathlib import Path

from deploy.portal_file import PACKAGE, project
from deploy.refusals import Refused
from deploy.whole_files import rewrite


class Texts:
    """Files as they are, with what they are to become."""

    def __init__(self) -> None:
        self._new: dict[Path, str] = {}

    def read(self, path: Path) -> str | None:
        """What the file is to become, or is: LF alone, no byte order mark; None when there is none."""
        path = path.resolve()
        return self._new[path] if path in self._new else on_disk(path)

    def put(self, path: Path, text: str) -> None:
        """The file is to become this."""
        self._new[path.resolve()] = text

    def forget(self, paths: Iterable[Path]) -> None:
        """These are to stay as they are after all."""
        for path in paths:
            self._new.pop(path.resolve(), None)

    def writable(self, path: Path) -> str:
        """Why this file is not ours to write; "" when it is."""
        if path.resolve().is_relative_to(project().resolve()):
            return ""
        return "it belongs to the installed package: copy deploy/workflows and actions into your own project first"

    def changed(self) -> list[Path]:
        """The files that would be another than they are."""
        return [path for path, text in sorted(self._new.items()) if on_disk(path) != text]

    def write(self) -> list[str]:
        """Write them, each whole or not at all; their names."""
        changed = self.changed()
        for path in changed:
            rewrite(path, self._new[path])
        return [shown(path) for path in changed]


def on_disk(path: Path) -> str | None:
    """A file's text: LF alone, no byte order mark; None when there is none."""
    if not path.is_file():
        return None
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as mistake:
        raise Refused(
            shown(path), expected="UTF-8 text", found=f"a mistake at byte {mistake.start}", remedy="Save it as UTF-8."
        ) from None


def shown(path: Path) -> str:
    """A path as a person in the project types it."""
    for folder in (project(), PACKAGE):
        if path.resolve().is_relative_to(folder.resolve()):
            return path.resolve().relative_to(folder.resolve()).as_posix()
    return path.name
