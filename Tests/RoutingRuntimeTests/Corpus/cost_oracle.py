"""What calls cost, worked out with fractions from the words of policies/CATALOG.md.

Reads one case a line from the file named first: whether it went in a batch, six token counts, eight
prices in pico-units, the fee in nano-units, how cached tokens fare in a batch, then long-context steps;
`-` where there is none. Prints `= N`, `<= N` or `?` for each, in nano-units rounded up once.
"""

import sys
from fractions import Fraction


class Unknown(Exception):
    pass


def number(word):
    return None if word == "-" else int(word)


class Sum:
    def __init__(self):
        self.picos = Fraction(0)
        self.exact = True

    def add(self, tokens, price, exact=True):
        if tokens == 0:
            return
        if price is None:
            raise Unknown
        self.picos += tokens * Fraction(price)
        self.exact = self.exact and exact


def outside_batch(usage, prices, steps, total):
    count, cached, written, long, output, reasoning = usage
    base = prices["input"]
    if base is None:
        raise Unknown
    # Bands of positions in the prompt: from, to, the step that prices them (None is the base).
    reached = [step for step in steps if count > step["above"]]
    bands = [[0, count, None]]
    for step in reached:
        if step["whole"]:
            bands = [[0, count, step]]
        else:
            bands[-1][1] = step["above"]
            bands.append([step["above"], count, step])
    ends = [cached, cached + long, cached + long + written, count]
    kinds = list(zip(["cached", "long", "written", "fresh"], [0] + ends[:3], ends))
    for low, high, step in bands:
        for kind, start, end in kinds:
            tokens = max(0, min(high, end) - max(low, start))
            if tokens:
                total.add(tokens, *input_price(kind, prices, step))
    last = bands[-1][2]
    out = prices["output"] if last is None else last["output"]
    total.add(output - reasoning, out)
    own = prices["reasoning"]
    if own is None or (last is not None and own == prices["output"]):
        total.add(reasoning, out)
    elif last is None:
        total.add(reasoning, own)
    else:
        total.add(reasoning, max(own, out), False)


def input_price(kind, prices, step):
    base = prices["input"]
    full = base if step is None else step["input"]
    if kind == "fresh":
        return full, True
    if kind == "cached":
        if step is None:
            own = prices["cached"]
            return (full, False) if own is None else (own, True)
        own = step["cached"]
        return (full if own is None else own), True
    own = prices[kind] if step is None else step[kind]
    if own is not None:
        return max(own, full), True
    if step is not None and prices[kind] is not None and prices[kind] <= base:
        return full, True
    return None, True


def in_batch(usage, prices, steps, rule, total):
    count, cached, written, long, output, reasoning = usage
    cut_input, cut_output = prices["batch_input"], prices["batch_output"]
    if cut_input is None or (steps and count > steps[0]["above"]):
        raise Unknown
    base = prices["input"]
    share = None if not base else Fraction(cut_input, base)
    total.add(count - cached - written - long, cut_input)
    own = prices["cached"]
    if rule == "none":
        total.add(cached, cut_input)
    elif rule == "stacks":
        if own is None:
            total.add(cached, cut_input, False)
        else:
            total.add(cached, stacked(own, share))
    elif rule is None:
        total.add(cached, cut_input if own is None or own <= cut_input else None, False)
    else:
        total.add(cached, rule)
    for kind, tokens in (("written", written), ("long", long)):
        price = prices[kind]
        if price is None or base is None:
            total.add(tokens, None)
        elif price <= base:
            total.add(tokens, cut_input)
        elif rule == "stacks":
            total.add(tokens, stacked(price, share))
        else:
            total.add(tokens, max(price, cut_input), False)
    total.add(output - reasoning, cut_output)
    own = prices["reasoning"]
    if own is None or own == prices["output"] or cut_output is None:
        total.add(reasoning, cut_output)
    else:
        total.add(reasoning, max(own, cut_output), False)


def stacked(price, share):
    if share is None:
        return 0 if price == 0 else None
    return price * share


def answer(line):
    words = line.split()
    usage = [int(word) for word in words[1:7]]
    names = ["input", "output", "cached", "written", "long", "reasoning", "batch_input", "batch_output"]
    prices = dict(zip(names, map(number, words[7:15])))
    fee = number(words[15]) or 0
    rule = words[16] if words[16] in ("stacks", "none") else number(words[16])
    steps = []
    rest = words[17:]
    while rest:
        step = dict(zip(["input", "output", "cached", "written", "long"], map(number, rest[2:7])))
        step["whole"] = rest[0] == "request"
        step["above"] = int(rest[1])
        steps.append(step)
        rest = rest[7:]
    total = Sum()
    try:
        if words[0] == "1":
            in_batch(usage, prices, steps, rule, total)
        else:
            outside_batch(usage, prices, steps, total)
    except Unknown:
        return "?"
    nanos = -((-(total.picos + fee * 1000)) // 1000)
    return f"{'=' if total.exact else '<='} {nanos}"


with open(sys.argv[1]) as file:
    for line in file.read().splitlines():
        print(answer(line))
