import PolicyDiagnostics

extension SyntaxPages {
  static let characters: [DiagnosticPage] = [
    DiagnosticPage(
      .fileTooLarge, .error, finds: "A policy file that is too large to be one.",
      why:
        "A limit of 16 MiB keeps every step of reading a policy bounded. A policy of 10,000 routes "
        + "has about one.",
      wrong: nil, instead: nil),
    DiagnosticPage(
      .invalidUTF8, .error, finds: "Bytes that are not UTF-8.",
      why:
        "A policy is text that people review. Bytes that no editor shows the same way could hide "
        + "what a policy does.",
      wrong: nil, instead: nil,
      fix: "There is no automatic fix: save the file as UTF-8."),
    DiagnosticPage(
      .unknownCharacter, .error, finds: "Characters that start no word, number or symbol.",
      why: "They mean nothing here, so what was meant is not in the policy.",
      wrong: route("task? = code"), instead: route("stream")),
    DiagnosticPage(
      .foreignSpelling, .error,
      finds: "A spelling of another language, such as `==`, `&&`, `if`, `is`, `else` or `//`.",
      why:
        "Each thing has one spelling, so that a search finds all of them and a reader needs to know "
        + "one.",
      wrong: route("model == \"auto\" && !stream"),
      instead: route("model = \"auto\" and not stream"),
      fix: "The fix-it writes the spelling of the language; it is safe."),
    DiagnosticPage(
      .tooManyProblems, .error, finds: "A file with more than 200 problems.",
      why:
        "What follows is left out, to keep the report readable; it comes back once the first are "
        + "cured.",
      wrong: nil, instead: nil),
  ]
}
