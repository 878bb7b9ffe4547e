"""Did a file of ours ever have this text? Asked of git, where there is one; without it nothing is known."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

from contract.action import digest
from deploy.masking import masked

SHORT = 12  # characters of a commit's name


@dataclass(frozen=True, slots=True)
class Version:
    """A text that a file had, or has on another branch."""

    commit: str
    date: str
    subject: str
    older: bool  # an ancestor of what is checked out

    @property
    def said(self) -> str:
        """In words."""
        age = "an older version of ours" if self.older else "a version of ours that is not in this branch"
        return f"{age}: commit {self.commit[:SHORT]} of {self.date}, {masked(self.subject)!r}"


def version_of(file: Path, sha256: str) -> Version | None:
    """The newest commit in which the file had a text with this hash."""
    told = _git(file, "log", "--all", "--format=%H%x09%as%x09%s", "--", file.name)
    for line in filter(None, told.decode("utf-8", "replace").split("\n")):
        commit, date, subject = line.split("\t", 2)
        text = _git(file, "show", f"{commit}:./{file.name}")
        if text and digest(text.decode("utf-8", "replace")) == sha256:
            return Version(commit, date, subject, older=_is_in(file, commit))
    return None


def _is_in(file: Path, commit: str) -> bool:
    base = _git(file, "merge-base", commit, "HEAD").decode().strip()
    return base == commit


def _git(file: Path, *arguments: str) -> bytes:
    """What git prints; nothing where there is no git, no repository, or nothing to say."""
    try:
        plain = ["git", "-c", "log.showSignature=false", *arguments]
        done = subprocess.run(plain, cwd=file.parent, capture_output=True, check=False)
    except OSError:
        return b""
    return done.stdout if done.returncode == 0 else b""
