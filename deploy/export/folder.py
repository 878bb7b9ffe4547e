"""How are the files put into a folder that may have other things in it? Only over what was put there before.

`.export.json` names the files that were written and their hashes. A file it does not name stops the export before
anything is written; so does one that was changed since (a ticked checklist!). With force the export goes on beside
other files, and over its own; never over another's, and never through a link.
"""

import json
import os
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from deploy.refusals import Refused

MANIFEST = ".export.json"
NOT_OURS = "which no export wrote"


def fill(out: Path, files: Mapping[str, bytes], below: str, *, force: bool) -> None:
    """Write the files; what an earlier export left below that folder ("": anywhere) and is no more goes."""
    _no_link_to(out)
    before = _manifest(out)
    gone = {name for name in before if name.startswith(below) and name not in files}
    _never(out, before, files, gone)
    if not force:
        _not_without_force(out, before, files, gone)
    for name in sorted(gone):
        if _hash(out / name) == before[name]:
            (out / name).unlink()
    for name, content in sorted(files.items()):
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(content)
    hashes = {name: known for name, known in before.items() if name not in gone}
    hashes |= {name: sha256(content).hexdigest() for name, content in files.items()}
    text = json.dumps({"files": hashes}, indent=2, sort_keys=True) + "\n"
    (out / MANIFEST).write_text(text, encoding="utf-8", newline="\n")


def _no_link_to(out: Path) -> None:
    """The folder itself, and what leads to it from where we are. What leads to where we are is the person's own."""
    on_the_way = [out] if out.is_absolute() else [out, *out.parents]
    link = next((each for each in on_the_way if each.is_symlink()), None)
    if link or (out.exists() and not out.is_dir()):
        raise Refused(
            str(out),
            expected="a new folder, or one as `export` left it",
            found=f"{link}, a link" if link else "a file",
            remedy="Nothing was written. Take another folder with --out.",
        )


def _never(out: Path, before: Mapping[str, str], files: Mapping[str, bytes], gone: set[str]) -> None:
    """What stops the export whether or not it is forced: it would write over what is not its own, or elsewhere."""
    found = next(_in_the_way(out, before, sorted({*files, *gone})), "")
    if found:
        raise Refused(
            str(out),
            expected="no file of anybody else's where one is to be written",
            found=found,
            remedy="Nothing was written. Move it away, or take another folder with --out; --force does not change it.",
        )


def _in_the_way(out: Path, before: Mapping[str, str], names: list[str]) -> Iterator[str]:
    for name in names:
        *folders, _ = [out.joinpath(*PurePosixPath(name).parts[:end]) for end in range(1, name.count("/") + 2)]
        for folder in folders:
            if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
                yield f"{folder.relative_to(out).as_posix()}, {'a link' if folder.is_symlink() else 'a file'}"
        if (out / name).is_symlink() or (out / name).is_dir():
            yield f"{name}, {'a link' if (out / name).is_symlink() else 'a folder'}"
        if (out / name).exists() and name not in before:
            yield f"{name}, {NOT_OURS}"


def _not_without_force(out: Path, before: Mapping[str, str], files: Mapping[str, bytes], gone: set[str]) -> None:
    """What would be mixed up, or lost although it is the export's own."""
    found = next((f"{name}, {NOT_OURS}" for name in _there(out) if name != MANIFEST and name not in before), "")
    for name in sorted(before.keys() & {*files, *gone}):
        now = _hash(out / name)
        if not found and now not in ("", before[name], sha256(files.get(name, b"")).hexdigest()):
            found = f"{name}, which was changed since"
    if found:
        raise Refused(
            str(out),
            expected="a new folder, or one as `export` left it",
            found=found,
            remedy="Nothing was written. Take another folder with --out, or --force: it writes over what an export"
            " wrote, also where that was changed since, and leaves all others alone.",
        )


def _there(out: Path) -> Iterator[str]:
    """Every file, and every link, which is not followed; one folder after another, because it may be a whole disk."""
    for folder, folders, names in os.walk(out):
        folders.sort()
        links = [name for name in folders if Path(folder, name).is_symlink()]
        yield from (Path(folder, name).relative_to(out).as_posix() for name in sorted([*names, *links]))


def _manifest(out: Path) -> dict[str, str]:
    """What earlier exports wrote, by names inside the folder alone."""
    path = out / MANIFEST
    if not path.exists() and not path.is_symlink():
        return {}
    files = None if path.is_symlink() or not path.is_file() else _read(path)
    if not isinstance(files, dict):
        raise Refused(
            str(out),
            expected=f"in {MANIFEST} the files that an export wrote",
            found="a link" if path.is_symlink() else "something else",
            remedy="Nothing was written. Move it away, or take another folder with --out.",
        )
    return {name: known for name, known in files.items() if _is_inside(name) and isinstance(known, str)}


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))["files"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _is_inside(name: str) -> bool:
    """A name as an export writes it: neither absolute, nor with a drive, nor leading up."""
    parts = PurePosixPath(name)
    plain = (
        bool(parts.parts) and "\\" not in name and "\0" not in name and name == parts.as_posix() and name != MANIFEST
    )
    return plain and not parts.is_absolute() and not PureWindowsPath(name).drive and not {"..", "."} & set(parts.parts)


def _hash(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
