"""Policies that decide."""

from __future__ import annotations

import ctypes
import json
import os
from collections.abc import Mapping, Sequence
from ctypes import byref, string_at
from datetime import datetime
from types import TracebackType
from typing import Any, Callable, Optional, Union

from . import _library
from ._decision import Decision, outlined
from ._errors import Diagnostic, PolicyError, RequestError, diagnostics
from ._library import Buffer, Decided, File, free_buffer, library

Body = Union[Mapping[str, Any], str, bytes, bytearray, memoryview]
Fact = Union[str, bool, int]

# Made once: `json.dumps` with options of its own makes an encoder every time. What holds itself is found by
# the depth it would need, as the list of all that is open costs an eighth of the encoding.
_encoder = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, separators=(",", ":"), allow_nan=False
)
_decide = library.rung_decision_make


class _Handle:
    """A compiled policy. Whoever uses it holds it, so it is freed after its last use."""

    __slots__ = ("pointer",)

    def __init__(self, pointer: int) -> None:
        self.pointer = pointer

    def __del__(self, free: Callable[[int], None] = library.rung_policy_free) -> None:
        free(self.pointer)


class Policy:
    """A policy, compiled once, that decides requests.

    It never changes: a policy that was edited is compiled anew by making another. Many threads may
    use one at the same time.
    """

    __slots__ = ("__weakref__", "_handle", "path", "warnings")

    _handle: Optional[_Handle]
    path: str
    """Where it lies, as it was named."""
    warnings: tuple[Diagnostic, ...]
    """What was found in its files that is no error."""

    def __init__(self, path: Union[str, os.PathLike[str]]) -> None:
        """Compiles a policy file, or a folder with a ``policy.rung`` in it, with all it imports.

        :raises PolicyError: if it has errors or is not there.
        """
        self.path = os.fspath(path)
        name = _utf8(self.path)

        def make(pointer: Any, report: Any) -> int:
            return int(library.rung_policy_open(name, len(name), pointer, report))

        self._handle, self.warnings = _compile(make)

    @classmethod
    def from_files(
        cls, files: Mapping[str, Union[str, bytes]], main: str = "policy.rung"
    ) -> Policy:
        """Compiles a policy whose files are in memory, by the paths they name each other with.

        Nothing is read from disk.

        :raises PolicyError: if it has errors.
        """
        if main not in files:
            raise ValueError(f"`files` has no {main!r}")
        names = [main] + [name for name in files if name != main]
        array = (File * len(names))()
        kept = []
        for each, name in zip(array, names):
            path, content = _utf8(name), files[name]
            content = _utf8(content) if isinstance(content, str) else bytes(content)
            kept.append((path, content))
            each.path, each.path_length = path, len(path)
            each.bytes, each.length = content, len(content)

        def make(pointer: Any, report: Any) -> int:
            return int(library.rung_policy_compile(array, len(kept), pointer, report))

        policy = cls.__new__(cls)
        policy.path = main
        policy._handle, policy.warnings = _compile(make)
        return policy

    def decide(
        self,
        request: Body,
        *,
        facts: Optional[Mapping[str, Fact]] = None,
        headers: Optional[Mapping[str, str]] = None,
        tenant: Optional[str] = None,
        user: Optional[str] = None,
        key: Optional[str] = None,
        conversation: Optional[str] = None,
        time: Union[datetime, str, None] = None,
        budgets: Optional[Mapping[str, Union[str, int]]] = None,
        classifiers: Optional[Mapping[str, str]] = None,
        unhealthy: Optional[Sequence[str]] = None,
        acceptance: Optional[Mapping[str, str]] = None,
    ) -> Decision:
        """Decides a request.

        :param request: the body of OpenAI's ``POST /v1/chat/completions``: a dict, or its JSON.
        :param facts: facts the policy declares, wherever it takes them from.
        :param headers: headers that came with the request; those are read that a fact comes from.
        :param time: when it is asked; an aware ``datetime``, or a text such as
            ``2026-03-01T09:30:00Z``. Without it, now. One without an offset is the wall clock of the
            policy's own zone.
        :param budgets: what budgets and limits have used: ``"80%"``, ``"$1.50"``, or a whole number
            of their own unit (nano-units of money, requests, tokens). One not named has used nothing.
        :param classifiers: labels that classifiers have answered.
        :param unhealthy: models whose circuit is open.
        :param acceptance: the share of a model's answers that pass their gates: ``"80%"``.
        :raises RequestError: if the request is wrong or does not fit the policy. A refusal is a
            decision.
        """
        situation = _situation(
            None, facts, headers, tenant, user, key, conversation, time, budgets, classifiers,
            unhealthy, acceptance,
        )
        handle = self._held()
        body = _body(request)
        decided = Decided()
        status = _decide(
            handle.pointer, body, len(body), situation, len(situation) if situation else 0, decided
        )
        if status:
            raise _failure(status, _bytes(decided.error))
        return outlined(decided)

    def explain(
        self,
        request: Body,
        *,
        name: Optional[str] = None,
        facts: Optional[Mapping[str, Fact]] = None,
        headers: Optional[Mapping[str, str]] = None,
        tenant: Optional[str] = None,
        user: Optional[str] = None,
        key: Optional[str] = None,
        conversation: Optional[str] = None,
        time: Union[datetime, str, None] = None,
        budgets: Optional[Mapping[str, Union[str, int]]] = None,
        classifiers: Optional[Mapping[str, str]] = None,
        unhealthy: Optional[Sequence[str]] = None,
        acceptance: Optional[Mapping[str, str]] = None,
        as_json: bool = False,
    ) -> str:
        """Says how a request is decided and why: what ``rung explain`` prints.

        :param name: what the explanation calls the request.
        :param as_json: as ``rung explain --format json`` prints it, byte for byte.

        The rest is that of :meth:`decide`.
        """
        ask = library.rung_explain_json if as_json else library.rung_explain_text
        return self._ask(
            ask,
            request,
            _situation(
                name, facts, headers, tenant, user, key, conversation, time, budgets, classifiers,
                unhealthy, acceptance,
            ),
        ).decode()

    def close(self) -> None:
        """Lets the policy go; calls under way end as they would have. Closing twice is closing once."""
        self._handle = None

    def __enter__(self) -> Policy:
        return self

    def __exit__(
        self,
        kind: Optional[type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<rung.Policy {self.path!r}{' (closed)' if self._handle is None else ''}>"

    def __reduce__(self) -> Any:
        raise TypeError("a rung.Policy cannot be pickled: make it anew from its path")

    def _held(self) -> _Handle:
        handle = self._handle
        if handle is None:
            raise ValueError("the policy is closed")
        return handle

    def _ask(self, ask: Any, request: Body, situation: Optional[bytes]) -> bytes:
        handle = self._held()
        body = _body(request)
        answer = Buffer()
        try:
            status = ask(
                handle.pointer, body, len(body), situation, len(situation) if situation else 0,
                answer,
            )
            found = _bytes(answer)
        finally:
            free_buffer(answer)
        if status:
            raise _failure(status, found)
        return found


def _compile(
    make: Callable[[Any, Any], int],
) -> tuple[_Handle, tuple[Diagnostic, ...]]:
    pointer, report = ctypes.c_void_p(), Buffer()
    try:
        status = make(byref(pointer), report)
        found = _bytes(report)
    finally:
        free_buffer(report)
    if status or pointer.value is None:
        raise _failure(status, found)
    return _Handle(pointer.value), diagnostics(found)


def _bytes(buffer: Buffer) -> bytes:
    return string_at(buffer.data, buffer.length) if buffer.data else b""


def _failure(status: int, report: bytes) -> Exception:
    if status == _library.OUT_OF_MEMORY or not report:
        return MemoryError("librung has no memory for its answer")
    found = json.loads(report)
    if status == _library.INVALID_POLICY:
        return PolicyError(found["code"], found["message"], diagnostics(report))
    if status == _library.INVALID_REQUEST:
        return RequestError(found["code"], found["message"], found["line"], found["column"])
    return ValueError(found["message"])


def _utf8(text: str) -> bytes:
    # Half a surrogate pair is passed on for the library to refuse by name.
    return text.encode("utf-8", "surrogatepass")


def _body(request: Body) -> bytes:
    if isinstance(request, dict):
        return _encoded(request)
    if isinstance(request, str):
        return _utf8(request)
    if isinstance(request, bytes):
        return request
    if isinstance(request, (bytearray, memoryview)):
        return bytes(request)
    if isinstance(request, Mapping):
        return _encoded(dict(request))
    raise TypeError(f"a request is a dict, str or bytes, not {type(request).__name__}")


def _encoded(value: dict[str, Any]) -> bytes:
    try:
        return _encoder.encode(value).encode("utf-8", "surrogatepass")
    except RecursionError:
        raise ValueError("a request is nested too deeply, or holds itself") from None


def _situation(
    name: Optional[str],
    facts: Optional[Mapping[str, Fact]],
    headers: Optional[Mapping[str, str]],
    tenant: Optional[str],
    user: Optional[str],
    key: Optional[str],
    conversation: Optional[str],
    time: Union[datetime, str, None],
    budgets: Optional[Mapping[str, Union[str, int]]],
    classifiers: Optional[Mapping[str, str]],
    unhealthy: Optional[Sequence[str]],
    acceptance: Optional[Mapping[str, str]],
) -> Optional[bytes]:
    said: dict[str, Any] = {}
    if facts:
        said["facts"] = dict(facts)
    if tenant is not None:
        said["tenant"] = tenant
    if user is not None:
        said["user"] = user
    if key is not None:
        said["key"] = key
    if conversation is not None:
        said["conversation"] = conversation
    if time is not None:
        said["time"] = time.replace(microsecond=0).isoformat() if isinstance(time, datetime) else time
    if headers:
        said["headers"] = dict(headers)
    if name is not None:
        said["name"] = name
    if budgets:
        said["budgets"] = dict(budgets)
    if classifiers:
        said["classifiers"] = dict(classifiers)
    if unhealthy:
        said["unhealthy"] = list(unhealthy)
    if acceptance:
        said["acceptance"] = dict(acceptance)
    return _encoded(said) if said else None
