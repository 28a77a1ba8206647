"""Runs the TextMate grammar over policies, with Oniguruma, the engine of VS Code's grammars.

Says which places of $RUNG_EXPECTED have another scope than expected, and how many were looked at.
"""

import json
import os
import sys

from textmate_grammar.parsers.base import LanguageParser

COLOURS = [
    ("comment.block.documentation", {"documentation"}),
    ("comment", {"comment"}),
    ("string.regexp", {"regex"}),
    ("string", {"string"}),
    ("constant.character.escape", {"string"}),
    ("constant.numeric", {"number"}),
    ("constant.language", {"boolean"}),
    ("constant.other", {"value"}),
    ("keyword.declaration", {"declaration"}),
    ("keyword.control", {"clause"}),
    ("keyword.operator.word", {"operator"}),
    ("keyword.other.unit", {"unit"}),
    ("keyword.other.annotation", {"allow"}),
    ("storage.type", {"type"}),
    ("entity.name", {"name"}),
    ("support.function", {"function"}),
    ("variable.other", {"field"}),
]
WORDS = {
    "declaration", "clause", "operator", "type", "unit", "name", "field", "value", "boolean",
    "function", "plain",
}


def paint(element, scopes):
    """The innermost scope of each place, by line and column."""
    for child in element.flatten() if hasattr(element, "flatten") else []:
        (line, column), text, tokens = child
        inner = [token for token in tokens if token and token != "source.rung"]
        for offset in range(len(text)):
            scopes[(line, column + offset)] = inner


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        parser = LanguageParser(json.load(file))
    report, count, opened, scopes = [], 0, None, {}
    with open(os.environ["RUNG_EXPECTED"], encoding="utf-8") as rows:
        for row in rows:
            name, line, column, _, text, colour = row.rstrip("\n").split("\t")
            if name != opened:
                path = os.path.join(os.environ["RUNG_POLICIES"], name)
                with open(path, encoding="utf-8", newline="") as policy:
                    element = parser.parse_string(policy.read())
                scopes, opened = {}, name
                if element is not None:
                    paint(element, scopes)
            scope = scopes.get((int(line) - 1, int(column)), [])
            found = next(
                (kinds for prefix, kinds in COLOURS if scope and scope[-1].startswith(prefix)),
                {"plain"} if not scope else {scope[-1]},
            )
            count += 1
            if colour not in found and not (colour == "word" and found <= WORDS):
                shown = scope[-1] if scope else "nothing"
                report.append(f"{name}:{line}:{column}: `{text}` is {shown}, not {colour}")
    with open(os.environ["RUNG_REPORT"], "w", encoding="utf-8") as file:
        file.write("".join(f"{line}\n" for line in [*report, f"checked {count}"]))


main()
