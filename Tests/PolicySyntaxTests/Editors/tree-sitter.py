"""Parses policies by the grammar for tree-sitter, through another generator of LR parsers.

Reads the evaluated grammar, builds an LALR(1) parser whose lexer knows what may come next, as
tree-sitter's does (Lark refuses a grammar with conflicts), and parses every policy with it. Also
holds the queries' names against the grammar's.
"""

import glob
import json
import os
import re
import sys

from lark import Lark, Token, UnexpectedInput

AFTER = r"(?![A-Za-z0-9_]|[-.\/][A-Za-z0-9])"
# Lark takes the first terminal that matches, tree-sitter the longest: what can go on where another
# ends comes first.
LENGTHS = {"date": 4, "share": 3, "duration": 3, "money": 3, "number": 1, "word": -1}


class Translation:
    """The grammar in Lark's words."""

    def __init__(self, grammar):
        self.grammar = grammar
        self.terminals = {}
        self.tokens = {
            name for name, rule in grammar["rules"].items() if rule["type"] in ("PATTERN", "TOKEN")
        }

    def text(self):
        rules = [
            f"r_{name.lstrip('_')}: {self.expression(rule)}"
            for name, rule in self.grammar["rules"].items()
            if name not in self.tokens
        ]
        for name in self.tokens:
            rule = self.grammar["rules"][name]
            priority = 0
            while rule["type"] != "PATTERN":
                priority, rule = rule.get("value", priority), rule["content"]
            priority = LENGTHS.get(name, priority)
            pattern = rule["value"].replace("/", r"\/").replace(r"\\/", r"\/")
            rules.append(f"T_{name.upper()}.{priority}: /{pattern}/")
        rules += [f"{name}.{p}: {text}" for name, (p, text) in self.terminals.items()]
        rules.append("%ignore /\\s+/")
        rules += [f"%ignore T_{e['name'].upper()}" for e in self.grammar["extras"] if "name" in e]
        return "\n".join(rules) + "\n"

    def expression(self, rule):
        kind = rule["type"]
        if kind == "SEQ":
            return "(" + " ".join(self.expression(part) for part in rule["members"]) + ")"
        if kind == "CHOICE":
            parts = [self.expression(p) for p in rule["members"] if p["type"] != "BLANK"]
            optional = len(parts) < len(rule["members"])
            return "(" + " | ".join(parts) + ")" + ("?" if optional else "")
        if kind == "REPEAT":
            return f"({self.expression(rule['content'])})*"
        if kind == "REPEAT1":
            return f"({self.expression(rule['content'])})+"
        if kind == "FIELD":
            return self.expression(rule["content"])
        if kind == "SYMBOL":
            name = rule["name"]
            return f"T_{name.upper()}" if name in self.tokens else f"r_{name.lstrip('_')}"
        if kind == "STRING":
            return self.terminal(rule["value"])
        raise ValueError(kind)

    def terminal(self, text):
        if re.fullmatch("[a-z_]+", text):
            name = f"K_{text.upper()}"
            self.terminals[name] = (2, f"/{text}{AFTER}/")
        else:
            name = "S_" + "_".join(f"{ord(character):X}" for character in text)
            self.terminals[name] = (len(text), json.dumps(text))
        return name


def keyword_as_word(error):
    """Reads a keyword as a word where only a word can stand, as tree-sitter's tables tell apart.

    Lark's states are merged more than tree-sitter's, so its lexer may take a keyword too early.
    """
    token = getattr(error, "token", None)
    if token is None or not token.type.startswith("K_") or "T_WORD" not in error.accepts:
        return False
    error.interactive_parser.feed_token(Token("T_WORD", token.value))
    return True


def names(rule, found):
    """Every anonymous word and every field below a rule."""
    if rule["type"] == "STRING":
        found["words"].add(rule["value"])
    if rule["type"] == "FIELD":
        found["fields"].add(rule["name"])
    for part in rule.get("members", []) + ([rule["content"]] if "content" in rule else []):
        names(part, found)


def query_faults(grammar, query):
    found = {"words": set(), "fields": set()}
    for rule in grammar["rules"].values():
        names(rule, found)
    visible = {name for name in grammar["rules"] if not name.startswith("_")}
    text = re.sub(r";[^\n]*", "", query)
    predicates = re.findall(r"\(#[^)]*\)", text)
    for predicate in predicates:
        text = text.replace(predicate, "")
    for word in re.findall(r'"([^"]+)"', text):
        if word not in found["words"]:
            yield f'queries: no rule has "{word}"'
    for node in re.findall(r"\(([a-z_]+)", text):
        if node not in visible:
            yield f"queries: no node ({node})"
    for field in re.findall(r"([a-z_]+):", text):
        if field not in found["fields"]:
            yield f"queries: no field {field}"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        grammar = json.load(file)
    with open(sys.argv[2], encoding="utf-8") as file:
        report = list(query_faults(grammar, file.read()))
    first = "r_" + next(iter(grammar["rules"]))
    parser = Lark(Translation(grammar).text(), start=first, parser="lalr", lexer="contextual")
    good = sorted(glob.glob(os.path.join(os.environ["RUNG_POLICIES"], "*.rung")))
    for path in good:
        with open(path, encoding="utf-8") as policy:
            try:
                parser.parse(policy.read(), on_error=keyword_as_word)
            except UnexpectedInput as error:
                report.append(f"{os.path.basename(path)}: {error}")
    bad = sorted(glob.glob(os.path.join(os.environ["RUNG_POLICIES"], "*.wrong")))
    for path in bad:
        with open(path, encoding="utf-8") as policy:
            try:
                parser.parse(policy.read(), on_error=keyword_as_word)
                report.append(f"{os.path.basename(path)}: parses, and should not")
            except UnexpectedInput:
                pass
    with open(os.environ["RUNG_REPORT"], "w", encoding="utf-8") as file:
        file.write("".join(f"{line}\n" for line in [*report, f"checked {len(good)} {len(bad)}"]))


main()
