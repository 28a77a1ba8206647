"""Decide LLM requests by a Rung policy, in process.

>>> import rung
>>> policy = rung.Policy("support.rung")
>>> decision = policy.decide({"messages": [{"role": "user", "content": "Where is my parcel?"}]})
>>> decision.model
'gpt-4o-mini'

Nobody is called, nothing is written and no state is kept between two decisions: what a gateway would
know of budgets, health and classifiers is the caller's to give. A refusal is a decision, not an
exception.

Threads: a policy may be used by many at once; the interpreter's lock is released while it decides.
Processes: a child of ``os.fork()`` may use its parent's policies if no other thread was deciding when
it forked.
"""

from ._decision import Budget, Cost, Decision, Effect, Place, Refusal, Tier
from ._errors import Diagnostic, Error, PolicyError, RequestError
from ._policy import Policy
from ._version import VERSION as __version__

__all__ = [
    "Budget",
    "Cost",
    "Decision",
    "Diagnostic",
    "Effect",
    "Error",
    "Place",
    "Policy",
    "PolicyError",
    "Refusal",
    "RequestError",
    "Tier",
    "__version__",
]
