"""What can be wrong with a policy or a request."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Optional


@dataclass(frozen=True)
class Diagnostic:
    """One finding about the text of a policy or its catalog."""

    severity: str
    """``error``, ``warning`` or ``note``."""
    code: str
    """Its stable name: ``rung rule CODE`` explains it."""
    message: str
    path: Optional[str]
    line: Optional[int]
    """From 1."""
    column: Optional[int]
    """In UTF-8 bytes, from 1."""
    notes: tuple[str, ...]
    """Advice, and other places that matter."""

    def __str__(self) -> str:
        at = f"{self.path}:{self.line}:{self.column}: " if self.path is not None else ""
        return f"{at}{self.severity}: {self.message} [{self.code}]"


class Error(Exception):
    """What every exception of this package is."""

    code: str
    """A stable name in snake case."""
    message: str
    """One line that names the place and the cure."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return self.message


class PolicyError(Error):
    """A policy cannot be used: ``diagnostics`` says why."""

    diagnostics: tuple[Diagnostic, ...]

    def __init__(
        self, code: str, message: str, diagnostics: tuple[Diagnostic, ...] = ()
    ) -> None:
        super().__init__(code, message)
        self.diagnostics = diagnostics

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        return (PolicyError, (self.code, self.message, self.diagnostics))


class RequestError(Error):
    """A request cannot be decided: it is wrong, or does not fit the policy."""

    line: Optional[int]
    """Where in the body, from 1; ``None`` if it is about no one place."""
    column: Optional[int]
    """In UTF-8 bytes, from 1."""

    def __init__(
        self, code: str, message: str, line: Optional[int] = None, column: Optional[int] = None
    ) -> None:
        super().__init__(code, message)
        self.line = line
        self.column = column

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        return (RequestError, (self.code, self.message, self.line, self.column))

    def __str__(self) -> str:
        if self.line is None:
            return self.message
        return f"{self.line}:{self.column}: {self.message}"


def diagnostics(report: bytes) -> tuple[Diagnostic, ...]:
    """The findings of a report of the library."""
    return tuple(
        Diagnostic(
            severity=found["severity"],
            code=found["code"],
            message=found["message"],
            path=found["path"],
            line=found["line"],
            column=found["column"],
            notes=tuple(found["notes"]),
        )
        for found in json.loads(report)["diagnostics"]
    )
