package import PolicyDiagnostics
import TextPatterns

extension DiagnosticCode {
  package static let unusableSchema = DiagnosticCode("unusable_schema")
  package static let unusablePattern = DiagnosticCode("unusable_pattern")
  package static let unusableExamples = DiagnosticCode("unusable_examples")
}

extension GateProblem {
  /// The finding at the test that asks for it.
  package var diagnostic: Diagnostic {
    switch kind {
    case .schema(let file, let problem):
      Diagnostic(.unusableSchema, .error, "`\(file)` \(problem.words)", at: span)
    case .examples(let file, let problem):
      Diagnostic(.unusableExamples, .error, "`\(file)` \(problem.words)", at: span)
    case .pattern(let problem):
      Diagnostic(
        .unusablePattern, .error, problem.message, at: span,
        notes: problem.advice.map { [Note($0)] } ?? [])
    }
  }
}

extension ExampleProblem {
  fileprivate var words: String {
    switch self {
    case .empty: "has no examples: one JSON text a line, or `{\"text\": …, \"label\": …}`"
    case .notJSON(let line): "is no JSON on line \(line)"
    case .noText(let line): "has no `text` on line \(line)"
    case .textTooLong(let line):
      "has a text of more than \(ExampleFile.longestText) bytes on line \(line)"
    case .noLabel(let line): "has none of the classifier's labels on line \(line)"
    case .tooMany: "has more than \(ExampleFile.most) examples"
    case .noEmbedder: "needs an embedder to be compared with: add one under `embedders:`"
    }
  }
}

extension SchemaProblem {
  fileprivate var words: String {
    switch self {
    case .notJSON: "is no JSON"
    case .notASchema(let path): "has something else where a schema belongs\(place(path))"
    case .unsupported(let keyword, let path):
      "uses `\(keyword)`, which answers are not held to\(place(path))"
    case .malformed(let keyword, let path): "has a value `\(keyword)` cannot have\(place(path))"
    case .unresolved(let reference): "refers to `\(reference)`, which is not in it"
    case .pattern(let problem, let path):
      "has a pattern that fails: \(problem.message)\(place(path))"
    case .tooLarge: "is too large a schema"
    }
  }

  private func place(_ path: String) -> String { path == "#" ? "" : " at `\(path)`" }
}

/// The pages of what makes a gate unusable.
package enum GatePages {
  package static let all: [DiagnosticPage] = [
    DiagnosticPage(
      .unusableSchema,
      finds:
        "A `schema(\"file\")` whose file is no JSON Schema this version can hold an answer to.",
      why: """
        A schema that is half held is worse than none: answers would pass that the rest of it \
        forbids. So a keyword outside the known part is refused by name.
        """,
      wrong: nil, instead: nil,
      fix: "Take the keyword out, or say the same with `type`, `enum`, `properties` or `pattern`."),
    DiagnosticPage(
      .unusableExamples,
      finds:
        "A file of examples, for `similar` or `nearest`, that cannot be compared with.",
      why: """
        An answer is held against every line, and a question gets the label of the nearest. A line \
        that is passed over in silence changes what is nearest without anybody seeing it.
        """,
      wrong: nil, instead: nil,
      fix: """
        Write one JSON value a line: `"a text"` or `{"text": "…"}` for `similar`, and \
        `{"text": "…", "label": "…"}` with one of the classifier's labels for `nearest`. The first \
        embedder of the catalog makes the vectors.
        """),
    DiagnosticPage(
      .unusablePattern,
      finds: "Text tests of gates that cannot be compiled together.",
      why: "Each pattern is bounded, and so is their sum: a scan has to end in a known time.",
      wrong: nil, instead: nil, fix: "Shorten the patterns, or split them over fewer gates."),
  ]
}
