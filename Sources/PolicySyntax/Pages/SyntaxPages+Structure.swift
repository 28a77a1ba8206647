import PolicyDiagnostics

extension SyntaxPages {
  static let structure: [DiagnosticPage] = [
    DiagnosticPage(
      .missingVersion, .error, finds: "A policy that does not start with `rung 1`.",
      why:
        "The version says how the rest is read, so that a policy means the same after an update.",
      wrong: "catalog \"catalog.yaml\"\notherwise { use qwen3-8b }\n",
      instead: policy("otherwise { use qwen3-8b }"),
      fix: "The fix-it inserts `rung 1`; it is safe."),
    DiagnosticPage(
      .unsupportedVersion, .error, finds: "A version of the language this program does not read.",
      why: "A newer language may read the same words differently, so nothing is guessed.",
      wrong: "rung 2\ncatalog \"catalog.yaml\"\notherwise { use qwen3-8b }\n",
      instead: policy("otherwise { use qwen3-8b }"),
      fix: "The fix-it writes version 1; check that the policy was written for it."),
    DiagnosticPage(
      .expectedToken, .error,
      finds: "A place where the grammar asks for something that is not there.",
      why:
        "The message says what is expected. What is missing at the end of a line is reported there.",
      wrong: policy("otherwise { use }"), instead: policy("otherwise { use qwen3-8b }"),
      fix: "Where one word or symbol is missing, the fix-it inserts it."),
    DiagnosticPage(
      .unknownKeyword, .error, finds: "A word where only the words of the language can stand.",
      why:
        "Nothing is silently ignored: a misspelled line would otherwise be a line that does nothing.",
      wrong: policy("otherwise { usee qwen3-8b }"), instead: policy("otherwise { use qwen3-8b }"),
      fix: "If a known word is near, the fix-it writes it."),
    DiagnosticPage(
      .unexpectedText, .error,
      finds: "Text behind a line or a declaration that is already complete.",
      why: "It belongs to nothing, so it would do nothing.",
      wrong: policy("otherwise { use qwen3-8b deepseek-v4-flash }"),
      instead: policy("otherwise { use qwen3-8b fallback deepseek-v4-flash }")),
    DiagnosticPage(
      .unclosedBlock, .error, finds: "A brace or parenthesis that is never closed.",
      why: "The next declaration has started, or the file has ended, so the block must have ended "
        + "before.",
      wrong: policy("otherwise {\n  use qwen3-8b"),
      instead: policy("otherwise {\n  use qwen3-8b\n}"),
      fix: "The fix-it closes it in front of what follows; check that nothing else belongs inside."),
    DiagnosticPage(
      .strayClosing, .error, finds: "A closing brace or parenthesis that closes nothing.",
      why: "Either it is one too many, or the opening one is missing.",
      wrong: policy("otherwise { use qwen3-8b } }"), instead: policy("otherwise { use qwen3-8b }"),
      fix: "The fix-it deletes it; check that no opening one is missing instead."),
  ]
}
