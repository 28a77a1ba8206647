"""An outside oracle: does a catalog hold exactly the prices of LiteLLM's list?

Reads the list with `decimal`, never with floating point, and the catalog's prices as the test prints
them: one line a price, `NAME<tab>KEY<tab>PICOS`. Prints how many prices it compared, and each that
differs or is missing. Shares no code and no table with the importer.
"""

import json
import sys
from decimal import Decimal, localcontext
from fractions import Fraction

PER_TOKEN = Fraction(10) ** 12
PER_REQUEST = Fraction(10) ** 9

KEYS = {
    "input": ["input_cost_per_token"],
    "output": ["output_cost_per_token"],
    "cached_input": ["cache_read_input_token_cost", "input_cost_per_token_cache_hit"],
    "cache_write": ["cache_creation_input_token_cost"],
    "cache_write_long": ["cache_creation_input_token_cost_above_1hr"],
    "reasoning": ["output_cost_per_reasoning_token"],
    "batch_input": ["input_cost_per_token_batches"],
    "batch_output": ["output_cost_per_token_batches"],
    "per_request": ["input_cost_per_request"],
}


def expected(model, embedder):
    """Every price of one model of the list, as exact fractions in the catalog's integer unit."""
    found = {}
    for key, names in KEYS.items():
        for name in names:
            if model.get(name) is not None:
                unit = PER_REQUEST if key == "per_request" else PER_TOKEN
                found[key] = Fraction(model[name]) * unit
    if embedder:
        return {"input": found["input"]}
    for name, value in model.items():
        if "_above_" not in name or not name.endswith("k_tokens") or value is None:
            continue
        base, _, above = name.rpartition("_above_")
        tokens = int(above[: -len("k_tokens")]) * 1000
        for key, names in KEYS.items():
            if base in names:
                found[f"{key}@{tokens}"] = Fraction(value) * PER_TOKEN
    return found


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        models = json.load(file, parse_float=Decimal, parse_int=Decimal)
    imported = {}
    for line in sys.stdin:
        name, kind, key, amount = line.rstrip("\n").split("\t")
        imported.setdefault((name, kind), {})[key] = Fraction(int(amount))
    compared = 0
    wrong = []
    for (name, kind), prices in imported.items():
        wanted = expected(models[name], kind == "embedder")
        compared += len(wanted)
        if prices != wanted:
            wrong.append(name)
    for name in wrong[:20]:
        print("differs:", name)
    print("compared", compared, "wrong", len(wrong))


with localcontext() as context:
    context.prec = 60
    main()
