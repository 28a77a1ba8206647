import PolicyDiagnostics

extension SyntaxPages {
  static let lines: [DiagnosticPage] = [
    DiagnosticPage(
      .wrongOrder, .error, finds: "Lines of a block in another order than theirs.",
      why:
        "Blocks that read as a sentence have one order, so that every policy reads alike: what a "
        + "test sends, what it assumes, what it expects.",
      wrong: policy(
        "otherwise { use qwen3-8b }\n"
          + "test \"t\" {\n  expect { route = otherwise }\n  request { question = \"hi\" }\n}"),
      instead: policy(
        "otherwise { use qwen3-8b }\n"
          + "test \"t\" {\n  request { question = \"hi\" }\n  expect { route = otherwise }\n}")),
    DiagnosticPage(
      .repeatedLine, .error, finds: "A line that stands once and is written twice.",
      why: "Two of them leave open which one holds.",
      wrong: policy(
        "otherwise { use qwen3-8b }\n"
          + "test \"t\" {\n  request { question = \"hi\" }\n  request { question = \"ho\" }\n"
          + "  expect { route = otherwise }\n}"),
      instead: policy(
        "otherwise { use qwen3-8b }\n"
          + "test \"t\" {\n  request { question = \"hi\" }\n  expect { route = otherwise }\n}")),
    DiagnosticPage(
      .reservedName, .error,
      finds:
        "A declaration named like a word of the language, or like a field of the request or the "
        + "answer.",
      why:
        "`task text when …` would leave a reader, and the grammar, to guess which `text` is meant "
        + "later. Names are the policy's own words.",
      wrong: policy("task text otherwise\notherwise { use qwen3-8b }"),
      instead: policy("task prose otherwise\notherwise { use qwen3-8b }"),
      fix: "The fix-it renames the declaration; rename its uses too."),
    DiagnosticPage(
      .malformedName, .error, finds: "A name with other characters than a-z, 0-9 and `_`.",
      why:
        "Names appear in logs, metrics and suppressions, where dashes and capitals differ by tool.",
      wrong: policy("route My-Route when stream { use qwen3-8b }\notherwise { use qwen3-8b }"),
      instead: policy("route my_route when stream { use qwen3-8b }\notherwise { use qwen3-8b }"),
      fix: "The fix-it renames the declaration; rename its uses too."),
  ]
}
