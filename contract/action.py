"""What does an action file declare? Its source, its hash, its docstring and its `[tool.hubspot]` table."""

import ast
import hashlib
import warnings
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

from contract.block import ContractError, find
from contract.entry import TYPES
from contract.table import Contract, Input, Output, read_contract

__all__ = ["TYPES", "Action", "Contract", "ContractError", "Input", "Output", "canonical", "digest"]


@dataclass(frozen=True)
class Action:
    """One whole file, as it is pasted or pushed into a CUSTOM_CODE action."""

    path: Path
    source: str
    """In the canonical form; line numbers are those of the file."""
    contract: Contract | None
    """None when the file has no `[tool.hubspot]` table."""

    @classmethod
    def read(cls, path: Path | str) -> Self:
        """Read a file; a missing one is a FileNotFoundError, a wrong contract a ContractError."""
        path = Path(path)
        raw = path.read_bytes()
        try:
            source = raw.decode("utf-8")
        except UnicodeDecodeError as mistake:
            raise ContractError(
                path,
                raw.count(b"\n", 0, mistake.start) + 1,
                expected="UTF-8 text",
                found=f"the byte 0x{raw[mistake.start]:02x}",
                remedy="Save the file as UTF-8.",
            ) from None
        return cls.parse(source, path)

    @classmethod
    def parse(cls, source: str, path: Path | str) -> Self:
        """Take the text of an action; `path` is only what errors call it."""
        path, source = Path(path), canonical(source)
        block = find(source, path)
        return cls(path, source, read_contract(block) if block else None)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical text, in hex: equal digests are the whole definition of "in step"."""
        return digest(self.source)

    @cached_property
    def docstring(self) -> str:
        """What the file says of itself; empty when it is no Python, which is not the contract's business."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return ast.get_docstring(ast.parse(self.source)) or ""
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return ""


def canonical(text: str) -> str:
    """Return the one form hashes are taken over: LF, one final newline, no byte order mark.

    HubSpot's editor may rewrite exactly these (guessed), so they must never count as a difference.
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return text.rstrip("\n") + "\n"


def digest(text: str) -> str:
    """Return the SHA-256 of a text's canonical form, in hex."""
    return hashlib.sha256(canonical(text).encode("utf-8", "surrogatepass")).hexdigest()
