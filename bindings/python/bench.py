"""What a decision costs from Python, part by part: ``python bench.py POLICY [REQUEST]``."""

from __future__ import annotations

import json
import sys
import threading
import timeit
from typing import Any, Callable

import rung
from rung import _decision, _library, _policy

TEXT = (
    "My parcel was to come on Friday, the page says it was delivered, and nobody at home has seen "
    "it. The neighbours have not taken it either. Please look up where it was left, and tell me "
    "what I can do if it does not turn up until next week: I need it for a birthday. "
)


def kilobyte() -> dict[str, Any]:
    """A request of about 1 KB."""
    return {
        "model": "auto",
        "messages": [
            {"role": "system", "content": "You help customers of a shop. Be brief and polite."},
            {"role": "user", "content": TEXT},
            {"role": "assistant", "content": "I am sorry to hear that. What is its number?"},
            {"role": "user", "content": "It is 1Z 999 AA1 01 2345 6784. " + TEXT},
        ],
        "temperature": 0.2,
        "max_tokens": 500,
        "user": "customer-4711",
    }


def best(what: Callable[[], object], count: int = 4_000, rounds: int = 7) -> float:
    """Microseconds of one call, in the best of the rounds: the others had company."""
    return min(timeit.repeat(what, number=count, repeat=rounds)) / count * 1e6


def main() -> None:
    policy = rung.Policy(sys.argv[1])
    request: dict[str, Any] = kilobyte()
    if len(sys.argv) > 2:
        with open(sys.argv[2], encoding="utf-8") as file:
            request = json.load(file)
    body = _policy._body(request)
    handle = policy._held()
    decided = _library.Decided()
    decide = _library.library.rung_decision_make

    def called() -> None:
        decide(handle.pointer, body, len(body), None, 0, decided)

    called()
    decision = policy.decide(body)
    print(f"{len(body)} bytes asked, {decision.model} called first of {len(decision.tiers)} tiers")
    parts: list[tuple[str, Callable[[], object]]] = [
        ("decide, of a dict", lambda: policy.decide(request).model),
        ("decide, of bytes", lambda: policy.decide(body).model),
        ("  dict to JSON", lambda: _policy._body(request)),
        ("  librung and ctypes", called),
        ("    ctypes alone", lambda: _library.library.rung_abi_version()),
        ("  outcome and names", lambda: _decision.outlined(decided)),
        ("decide and read it whole", lambda: policy.decide(body).cost),
        ("  librung's JSON, and read", lambda: _decision._whole(decided)),
    ]
    for name, part in parts:
        print(f"{name:<28}{best(part):8.2f} us")
    for count in (1, 2, 4):
        each = 10_000

        def work() -> None:
            for _ in range(each):
                policy.decide(body)

        threads = [threading.Thread(target=work) for _ in range(count)]
        started = timeit.default_timer()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        spent = timeit.default_timer() - started
        print(f"{count} threads: {count * each / spent:,.0f} decisions a second")


if __name__ == "__main__":
    main()
