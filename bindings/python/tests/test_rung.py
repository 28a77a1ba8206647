"""The package against the policies of the project, with the library ``RUNG_LIBRARY`` names."""

from __future__ import annotations

import copy
import dataclasses
import gc
import json
import os
import pickle
import subprocess
import threading
from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import rung

ROOT = Path(__file__).resolve().parents[3]
SUPPORT = ROOT / "policies" / "support"
HELPDESK = ROOT / "policies" / "helpdesk"
REQUESTS = sorted((ROOT / "examples" / "requests").glob("*.json"))
TIME = "2026-03-02T09:00:00Z"


def ask(text: str, **more: Any) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": text}], **more}


@pytest.fixture(scope="module")
def support() -> rung.Policy:
    return rung.Policy(SUPPORT)


def test_a_dict_a_text_and_bytes_are_one(support: rung.Policy) -> None:
    for path in REQUESTS:
        # As a dict is written: tool definitions are billed by their bytes.
        text = json.dumps(json.loads(path.read_bytes()), ensure_ascii=False, separators=(",", ":"))
        body = text.encode()
        forms: list[Any] = [
            body, body.decode(), json.loads(body), bytearray(body), memoryview(body)
        ]
        first, *others = [support.decide(form, time=TIME) for form in forms]
        assert all(other == first for other in others), path.name
        assert first.outcome in ("route", "refused")
    assert len(REQUESTS) > 40


FIELDS = [field.name for field in dataclasses.fields(rung.Decision)]


def test_what_is_read_late_is_what_was_decided() -> None:
    late: list[rung.Decision] = []
    with rung.Policy(SUPPORT) as policy:
        decisions = [policy.decide(path.read_bytes(), time=TIME) for path in REQUESTS]
        late = [policy.decide(path.read_bytes(), time=TIME) for path in REQUESTS]
        for first in decisions:
            assert first.tiers is not None and "_decided" not in vars(first)
    del policy
    gc.collect()
    # The policy is closed and collected: a decision keeps what it needs.
    for first, other in zip(decisions, late):
        names = (other.outcome, other.route, other.task, other.arm, other.model)
        assert "_decided" in vars(other)
        assert other == first and hash(other.cost.at_most) == hash(first.cost.at_most)
        assert names == (first.outcome, first.route, first.task, first.arm, first.model)


@pytest.mark.parametrize("field", FIELDS)
def test_any_part_may_be_looked_at_first(support: rung.Policy, field: str) -> None:
    decision = support.decide(ask("hello there"), time=TIME)
    seen = getattr(decision, field)
    assert seen == getattr(support.decide(ask("hello there"), time=TIME), field)
    assert dataclasses.asdict(decision)[field] is not None or seen is None
    with pytest.raises(AttributeError, match="has no `modle`"):
        getattr(decision, "modle")
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(decision, field, None)


def test_a_decision_is_copied_and_pickled_whole(support: rung.Policy) -> None:
    def decide() -> rung.Decision:
        return support.decide(ask("hello there"), time=TIME)

    assert copy.copy(decide()) == copy.deepcopy(decide()) == decide()
    assert pickle.loads(pickle.dumps(decide())) == decide()
    assert dataclasses.replace(decide(), model="x").model == "x"
    assert repr(decide()) == repr(decide()) and "tiers=(Tier(" in repr(decide())


def test_many_threads_may_read_one_decision(support: rung.Policy) -> None:
    expected = support.decide(ask("hello there"), time=TIME)
    assert expected.cost.at_most_nanos is not None
    wrong: list[object] = []
    for _ in range(40):
        decision = support.decide(ask("hello there"), time=TIME)
        start = threading.Barrier(4)

        def look(field: str) -> None:
            try:
                start.wait()
                if getattr(decision, field) != getattr(expected, field):
                    wrong.append(field)
            except BaseException as error:
                wrong.append(error)

        threads = [
            threading.Thread(target=look, args=(field,))
            for field in ("tiers", "cost", "effects", "catalog")
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert not wrong


def test_money_is_exact(support: rung.Policy) -> None:
    known = 0
    for path in REQUESTS:
        cost = support.decide(path.read_bytes(), time=TIME).cost
        pairs = [
            (cost.at_least_nanos, cost.at_least, "at_least"),
            (cost.expected_nanos, cost.expected, "expected"),
            (cost.at_most_nanos, cost.at_most, "at_most"),
        ]
        for nanos, units, name in pairs:
            if nanos is None:
                assert units is None and cost.unknown[name]
            else:
                assert type(nanos) is int and isinstance(units, Decimal)
                assert units * 10**9 == nanos and name not in cost.unknown
                known += 1
    assert known > 80
    largest = rung.Cost(0, None, 2**63 - 1, "USD", {"expected": "nobody knows"})
    assert str(largest.at_most) == "9223372036.854775807"
    assert rung.Cost(-5, 0, 0, "USD", {}).at_least == Decimal("-0.000000005")


def test_what_is_said_beside_a_request(support: rung.Policy) -> None:
    plain = support.decide(ask("hello there"), time=TIME)
    told = support.decide(ask("hello there"), time=TIME, facts={"requires_reasoning": True})
    assert (plain.task, told.task) == ("chat", "reasoning")
    assert told == support.decide(
        ask("hello there"), time=TIME, facts={"requires_reasoning": "true"}
    )
    with pytest.raises(rung.RequestError) as wrong:
        support.decide(ask("hello"), facts={"plam": "pro"})
    assert wrong.value.code == "unknown_name"
    assert str(wrong.value) == "no fact is called `plam`; did you mean `plan`?"
    at = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=timezone.utc)
    assert support.decide(ask("hello there"), time=at) == plain
    assert support.decide(ask("hello there"), time=at.replace(tzinfo=None)) == plain


def test_a_budget_is_the_callers_to_tell() -> None:
    with rung.Policy(str(HELPDESK)) as policy:
        who: dict[str, Any] = {"tenant": "acme", "user": "u-1", "time": TIME}
        first = policy.decide(ask("hello there"), **who)
        assert first == policy.decide(ask("hello there"), **who)
        daily = next(budget for budget in first.budgets if budget.unit == "nanos")
        assert daily.used == 0 and daily.left == daily.cap
        spent = policy.decide(ask("hello there"), budgets={daily.name: "100%"}, **who)
        assert spent.outcome == "refused" and spent.model is None and spent.tiers == ()
        assert spent.refusal is not None and spent.refusal.code == "budget"
        assert spent.refusal.place is not None and spent.refusal.place.path.endswith(".rung")
        left = policy.decide(ask("hello there"), budgets={daily.name: daily.cap - 1}, **who)
        assert [each.left for each in left.budgets if each.name == daily.name] == [1]


def test_an_explanation_is_that_of_the_command(support: rung.Policy) -> None:
    command = os.environ.get("RUNG")
    if command is None:
        pytest.skip("RUNG names no program")
    for path in REQUESTS[::9]:
        words = [command, "explain", str(SUPPORT), str(path), "--at", TIME]
        environment = {"NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
        text = subprocess.run(words, capture_output=True, check=True, env=environment).stdout
        assert support.explain(path.read_bytes(), name=str(path), time=TIME).encode() == text
        words += ["--format", "json"]
        data = subprocess.run(words, capture_output=True, check=True, env=environment).stdout
        found = support.explain(path.read_bytes(), name=str(path), time=TIME, as_json=True)
        assert found.encode() == data


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("{", "json_incomplete"),
        ("[]", "wrong_type"),
        ("{}", "missing_field"),
        ('"{\\"messages\\":[]}"', "wrong_type"),
        (b'{"messages":[{"role":"user","content":"\xff"}]}', "json_encoding"),
        ({"messages": [{"role": "user", "content": "\ud800"}]}, "json_encoding"),
        (ask("a", best_of=9), "unsupported_field"),
        (ask("a", metadata={"plan": "gold"}), "fact_invalid"),
        (ask("a", metadata={"colour": "red"}), "undeclared_fact"),
        (b" " * (11 << 20), "json_too_large"),
    ],
)
def test_a_wrong_request_has_a_name(support: rung.Policy, body: Any, code: str) -> None:
    with pytest.raises(rung.RequestError) as wrong:
        support.decide(body)
    assert wrong.value.code == code
    assert pickle.loads(pickle.dumps(wrong.value)).code == code


def test_what_is_no_request_at_all(support: rung.Policy) -> None:
    for body in (None, 1, ["x"], object()):
        with pytest.raises(TypeError):
            support.decide(body)  # type: ignore[arg-type]
    for empty in (b"", ""):
        with pytest.raises(ValueError):
            support.decide(empty)
    with pytest.raises(ValueError):
        support.decide(ask("a", temperature=float("nan")))


@pytest.mark.parametrize("ring", [dict, list])
def test_a_request_that_holds_itself_is_refused(support: rung.Policy, ring: type) -> None:
    inner: Any = ring()
    request = {"model": "auto", "messages": [], "metadata": inner}
    inner.update(a=request) if ring is dict else inner.append(inner)
    with pytest.raises(ValueError, match="holds itself"):
        support.decide(request)


def test_a_policy_with_errors_has_places(tmp_path: Path) -> None:
    policy = tmp_path / "policy.rung"
    policy.write_text('rung 1\ncatalog "none.yaml"\notherwise { use gpt }\n')
    with pytest.raises(rung.PolicyError) as wrong:
        rung.Policy(tmp_path)
    first = wrong.value.diagnostics[0]
    assert (first.severity, first.path, first.line, first.column) == ("error", str(policy), 2, 9)
    assert str(first).startswith(f"{policy}:2:9: error: ")
    assert pickle.loads(pickle.dumps(wrong.value)).diagnostics == wrong.value.diagnostics
    with pytest.raises(rung.PolicyError, match="there is no `/nowhere`"):
        rung.Policy("/nowhere")


def test_files_may_lie_in_memory() -> None:
    files: dict[str, Any] = {
        "policy.rung": 'rung 1\ncatalog "catalog.yaml"\notherwise { use qwen3-8b }\n',
        "catalog.yaml": (ROOT / "policies" / "starter" / "catalog.yaml").read_bytes(),
    }
    policy = rung.Policy.from_files(files)
    assert policy.decide(ask("hello")).model == "qwen3-8b"
    with pytest.raises(rung.PolicyError):
        rung.Policy.from_files({"policy.rung": files["policy.rung"]})
    with pytest.raises(ValueError):
        rung.Policy.from_files(files, main="other.rung")


def test_closing_frees_after_the_last_use() -> None:
    policy = rung.Policy(SUPPORT)
    expected = policy.decide(ask("hello there"), time=TIME)
    closed = threading.Event()
    wrong: list[object] = []

    def work() -> None:
        while True:
            try:
                if policy.decide(ask("hello there"), time=TIME) != expected:
                    wrong.append("another decision")
            except ValueError:
                if not closed.is_set():
                    wrong.append("closed too early")
                return

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    closed.set()
    policy.close()
    policy.close()
    for thread in threads:
        thread.join()
    assert wrong == [] and "closed" in repr(policy)
    with pytest.raises(TypeError):
        pickle.dumps(policy)


def test_threads_and_collections_change_nothing(support: rung.Policy) -> None:
    bodies = [path.read_bytes() for path in REQUESTS]
    alone = [support.decide(body, time=TIME) for body in bodies]
    wrong: list[int] = []

    def work(offset: int) -> None:
        for turn in range(300):
            index = (turn * 7 + offset) % len(bodies)
            if support.decide(bodies[index], time=TIME) != alone[index]:
                wrong.append(index)
            if turn % 100 == 0:
                rung.Policy(SUPPORT)
                gc.collect()

    threads = [threading.Thread(target=work, args=(each,)) for each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_child_of_fork_decides(support: rung.Policy) -> None:
    expected = support.decide(ask("hello there"), time=TIME)
    child = os.fork()
    if child == 0:
        same = support.decide(ask("hello there"), time=TIME) == expected
        os._exit(0 if same else 1)
    assert os.waitpid(child, 0)[1] == 0
