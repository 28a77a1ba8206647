"""Asks a policy, in this process, who answers each request and what that costs at most.

python desk.py POLICY REQUEST…
"""

import pathlib
import sys

import rung


def line(decision: rung.Decision) -> str:
    if decision.refusal is not None:
        return f"refused: {decision.refusal.text}"
    if decision.classifier is not None:
        return f"asks the classifier {decision.classifier} first"
    cost = decision.cost
    # An unknown cost is not zero: it has a reason.
    most = (
        f"unknown, {cost.unknown['at_most']}"
        if cost.at_most is None
        else f"{cost.at_most.normalize():f} {cost.currency}"
    )
    return f"{decision.model} by {decision.route}, at most {most}"


def main() -> None:
    if len(sys.argv) < 2:
        print("usage: desk.py POLICY REQUEST…")
        sys.exit(2)
    try:
        # Once: a policy never changes, and any number of threads may ask it.
        policy = rung.Policy(sys.argv[1])
    except rung.PolicyError as error:
        # Every finding has its place, as `rung check` prints it; without one the file was not there.
        print("\n".join(map(str, error.diagnostics)) or error)
        sys.exit(1)
    for path in map(pathlib.Path, sys.argv[2:]):
        body = path.read_bytes()
        print(f"{path.name}: {line(policy.decide(body, tenant='acme', time='2026-03-02T09:00:00Z'))}")


if __name__ == "__main__":
    main()
