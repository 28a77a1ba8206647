"""Makes gold.jsonl and outcomes.jsonl: nobody was asked, all of it follows from one seed.

Each question has a difficulty; a model is right where its skill, with some luck, is above it; a judge's
score is higher for right answers than for wrong ones, and not always. Usage: python3 make.py
"""

import json
import pathlib
import random

SEED = 20261121
HERE = pathlib.Path(__file__).parent
# Skill by task, answer length, milliseconds a token.
MODELS = {
    "qwen3-8b": ({"faq": 0.86, "labels": 0.80, "sums": 0.62}, 40, 3),
    "deepseek-v4-flash": ({"faq": 0.93, "labels": 0.92, "sums": 0.86}, 60, 6),
    "deepseek-reasoner": ({"faq": 0.96, "labels": 0.95, "sums": 0.98}, 400, 9),
}
PLACES = ["Oslo", "Bergen", "Hamar", "Molde", "Narvik", "Skien", "Alta", "Moss"]
LABELS = ["billing", "delivery", "locker", "other"]
COMPLAINTS = {
    "billing": "I was charged twice for parcel {n}.",
    "delivery": "Parcel {n} should have come on Monday.",
    "locker": "Door {n} does not open with my code.",
    "other": "Who do I ask about a job, reference {n}?",
}


def question(number, task, rng):
    """The question, what its answer must have, and how a right and a wrong answer look."""
    if task == "sums":
        a, b = rng.randint(12, 99), rng.randint(12, 99)
        right, wrong = a * b, a * b + rng.choice([-10, 10, 100, a])
        return (f"A crate holds {a} parcels. How many do {b} crates hold?", {"number": right},
                f"{b} crates hold {right}.", f"{b} crates hold {wrong}.")
    if task == "labels":
        label = rng.choice(LABELS)
        other = rng.choice([one for one in LABELS if one != label])
        text = COMPLAINTS[label].format(n=number)
        return (f"Which of {', '.join(LABELS)} is this? {text}", {"choice": {"is": label, "of": LABELS}},
                f"{label}", f"{other}")
    place, hour = rng.choice(PLACES), rng.randint(16, 23)
    return (f"How long is hall {number} in {place} open today?", {"contains": f"{hour}:00"},
            f"Hall {number} in {place} is open until {hour}:00.",
            f"Hall {number} in {place} is open until {hour - 1}:00.")


def main():
    rng = random.Random(SEED)
    gold, outcomes = [], []
    for number in range(1, 401):
        task = rng.choices(["faq", "labels", "sums"], [50, 25, 25])[0]
        text, expect, right, wrong = question(number, task, rng)
        name = f"q{number:03}"
        gold.append({"id": name, "task": task, "question": text, "expect": expect})
        difficulty = rng.random()
        for model, (skill, length, pace) in MODELS.items():
            is_right = difficulty < skill[task] + rng.gauss(0, 0.04)
            score = rng.betavariate(14, 2) if is_right else rng.betavariate(3, 6)
            output = max(4, int(rng.gauss(length, length / 5)))
            outcomes.append({
                "id": name, "model": model, "answer": right if is_right else wrong,
                "input_tokens": len(text) // 4 + 12, "output_tokens": output,
                "latency_ms": 80 + pace * output, "finish": "stop",
                "gates": {"helpful": {"score": round(score, 2), "input_tokens": 140, "output_tokens": 3}},
            })
    for path, rows in (("gold.jsonl", gold), ("outcomes.jsonl", outcomes)):
        lines = (json.dumps(row, ensure_ascii=False) for row in rows)
        (HERE / path).write_text("\n".join(lines) + "\n")


main()
