"""What a policy says about one request, as plain values."""

from __future__ import annotations

import json
from ctypes import string_at
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, Optional, TypeVar

from ._library import Buffer, Decided, free_buffer, library


def _decimal(nanos: Optional[int]) -> Optional[Decimal]:
    # Not `Decimal.scaleb`, which rounds to the precision of the context.
    return None if nanos is None else Decimal((int(nanos < 0), _digits(nanos), -9))


def _digits(nanos: int) -> tuple[int, ...]:
    return tuple(map(int, str(abs(nanos))))


@dataclass(frozen=True)
class Cost:
    """What something costs, exactly: at least, expected, at most.

    Nano-units of ``currency`` as whole numbers (0.0015 USD is 1,500,000), or ``None`` where nobody
    knows; ``unknown`` then says why. Unknown is never zero.
    """

    at_least_nanos: Optional[int]
    """The cheapest way it can end with an answer."""
    expected_nanos: Optional[int]
    """By the acceptance rates of the catalog or of the caller."""
    at_most_nanos: Optional[int]
    """Never passed: every attempt is billed, every gate rejects."""
    currency: Optional[str]
    """A three-letter code; ``None`` if no amount is known."""
    unknown: dict[str, str]
    """Why an amount is ``None``, by ``at_least``, ``expected`` and ``at_most``."""

    @property
    def at_least(self) -> Optional[Decimal]:
        """Units of the currency, exact."""
        return _decimal(self.at_least_nanos)

    @property
    def expected(self) -> Optional[Decimal]:
        """Units of the currency, exact."""
        return _decimal(self.expected_nanos)

    @property
    def at_most(self) -> Optional[Decimal]:
        """Units of the currency, exact."""
        return _decimal(self.at_most_nanos)


@dataclass(frozen=True)
class Tier:
    """One call whose answer the caller could get."""

    step: str
    """``model``, ``tier 1``, ``fallback on too_long, tier 2``."""
    ladder: Optional[str]
    model: str
    deployments: tuple[str, ...]
    """Those every guard keeps, in catalog order."""
    follows: tuple[str, ...]
    """Failures of what was selected after which it is called; empty for what was selected."""
    attempts: int
    """How often it is tried in all."""
    max_output: Optional[int]
    """Output tokens it may be asked for; ``None`` if nothing limits it."""
    cost: Cost
    """Of all its attempts."""


@dataclass(frozen=True)
class Effect:
    """One line of the route, or one consequence of another declaration."""

    text: str
    """As the policy writes it."""
    applies: bool
    """Whether it applies to this request."""


@dataclass(frozen=True)
class Budget:
    """A budget or limit the request meets. Nothing is reserved here."""

    name: str
    unit: Literal["nanos", "requests", "tokens", "at_once"]
    """What the numbers count; ``nanos`` are nano-units of the catalog's currency."""
    cap: int
    used: int
    """As the caller said."""
    left: int
    """Never negative."""


@dataclass(frozen=True)
class Place:
    """A place in a file of the policy."""

    path: str
    line: int
    """From 1."""
    column: int
    """In UTF-8 bytes, from 1."""


@dataclass(frozen=True)
class Refusal:
    """Why a request is not served."""

    code: Literal["guard", "route", "budget", "no_call_left", "unreadable"]
    text: str
    """One line for a person."""
    place: Optional[Place]
    """The line of the policy that says so."""


@dataclass(frozen=True)
class Decision:
    """What a policy says about one request.

    The outcome and the names are there at once. The rest is read when it is first looked at, once: that
    takes longer than the decision did. Nothing is decided again for it.
    """

    outcome: Literal["route", "refused", "needs"]
    """``needs``: a classifier has to answer first."""
    route: Optional[str]
    """The route that matched; known also when the request was refused after it was found."""
    task: Optional[str]
    arm: Optional[str]
    """The arm of the route's split."""
    model: Optional[str]
    """The model that is called first; ``None`` if nobody is called."""
    tiers: tuple[Tier, ...]
    """Every call whose answer the caller could get, in the order they would be made."""
    effects: tuple[Effect, ...]
    """What the route asks for beside the calls, in the order it would happen."""
    budgets: tuple[Budget, ...]
    cost: Cost
    """Of everything the decision may call."""
    refusal: Optional[Refusal]
    classifier: Optional[str]
    """The one that has to answer: give its label as ``classifiers`` and decide again."""
    policy: str
    """A digest of the policy's files."""
    catalog: str
    """A digest of its catalog."""

    # Out of sight of type checkers, which would believe that any name is there.
    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            if name not in _FIELDS:
                raise AttributeError(f"a decision has no `{name}`")
            return self.__getstate__()[name]

    def __getstate__(self) -> dict[str, Any]:
        """All fields: what is copied and pickled."""
        fields = self.__dict__
        decided = fields.get("_decided")
        if decided is not None:
            fields.update(_whole(decided))
            # Last: another thread that finds it gone finds the fields.
            fields.pop("_decided", None)
        return {name: fields[name] for name in _FIELDS}


_FIELDS = tuple(field.name for field in fields(Decision))
_OUTCOMES = (None, "route", "refused", "needs")
_read = json.JSONDecoder().decode
_Made = TypeVar("_Made")


def _made(kind: type[_Made], fields: dict[str, Any]) -> _Made:
    """A value whose fields were read already.

    The members of an answer are named like the fields. A frozen dataclass sets each of its fields by
    a call of its own, which would take as long as all the rest of a decision.
    """
    made = object.__new__(kind)
    object.__setattr__(made, "__dict__", fields)
    return made


def _cost(found: dict[str, Any]) -> Cost:
    at_least, expected, at_most = found["at_least"], found["expected"], found["at_most"]
    unknown: dict[str, str] = {}
    if at_least is None or expected is None or at_most is None:
        for name in ("at_least", "expected", "at_most"):
            if found[name] is None:
                unknown[name] = found[name + "_unknown"]
    return _made(
        Cost,
        {
            "at_least_nanos": at_least,
            "expected_nanos": expected,
            "at_most_nanos": at_most,
            "currency": found["currency"],
            "unknown": unknown,
        },
    )


def _tier(found: dict[str, Any]) -> Tier:
    found["deployments"] = tuple(found["deployments"])
    found["follows"] = tuple(found["follows"])
    found["cost"] = _cost(found["cost"])
    return _made(Tier, found)


def outlined(decided: Decided) -> Decision:
    """A decision of which the outcome and the names are read."""
    route, task, arm, model = decided.route, decided.task, decided.arm, decided.model
    return _made(
        Decision,
        {
            "outcome": _OUTCOMES[decided.outcome],
            "route": route and route.decode(),
            "task": task and task.decode(),
            "arm": arm and arm.decode(),
            "model": model and model.decode(),
            "_decided": decided,
        },
    )


def _whole(decided: Decided) -> dict[str, Any]:
    answer = Buffer()
    try:
        if library.rung_decision_json(decided, answer):
            raise MemoryError("librung has no memory for its answer")
        return read(string_at(answer.data, answer.length))
    finally:
        free_buffer(answer)


def read(answer: bytes) -> dict[str, Any]:
    """The fields of a decision."""
    found: dict[str, Any] = _read(answer.decode())
    del found["version"]
    found["tiers"] = tuple(map(_tier, found["tiers"]))
    found["effects"] = tuple([_made(Effect, each) for each in found["effects"]])
    found["budgets"] = tuple([_made(Budget, each) for each in found["budgets"]])
    found["cost"] = _cost(found["cost"])
    refusal = found["refusal"]
    if refusal is not None:
        if refusal["place"] is not None:
            refusal["place"] = _made(Place, refusal["place"])
        found["refusal"] = _made(Refusal, refusal)
    return found
