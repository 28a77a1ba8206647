import PolicyDiagnostics
import PolicySource
import Testing

/// Findings about a small source, named by the text they are about.
struct RenderingCase: Sendable, CustomTestStringConvertible {
  let name: String
  let sources: SourceMap
  let diagnostics: [Diagnostic]
  var width = 100

  var testDescription: String { name }

  init(
    _ name: String, _ files: (path: String, text: String)..., width: Int = 100,
    _ diagnostics: (SourceMap) -> [Diagnostic]
  ) {
    self.name = name
    self.width = width
    var sources = SourceMap()
    for file in files { _ = sources.add(path: file.path, bytes: Array(file.text.utf8)) }
    self.sources = sources
    self.diagnostics = diagnostics(sources)
  }
}

extension SourceMap {
  /// The first place of a text in a file; the end of the file if it is not there.
  func span(of text: String, in file: Int = 0) -> Span {
    let bytes = files[file].bytes
    let wanted = Array(text.utf8)
    let start = (0...bytes.count).first { bytes[$0...].starts(with: wanted) && !wanted.isEmpty }
    return span(
      start ?? bytes.count, (start ?? bytes.count) + (start == nil ? 0 : wanted.count), in: file)
  }

  func span(_ start: Int, _ end: Int, in file: Int = 0) -> Span {
    Span(file: SourceID(UInt16(file)), start: UInt32(start), end: UInt32(end))
  }
}

extension RenderingCase {
  static let all: [RenderingCase] = [
    RenderingCase(
      "one_line", ("support.rung", "rung 1\nladder cheap {\n  tier qwen3-9b accept ok\n}\n")
    ) {
      [
        Diagnostic(
          "unknown_name", .error, "there is no model `qwen3-9b`", at: $0.span(of: "qwen3-9b"),
          notes: [Note("models come from the catalog")],
          fixIts: [FixIt("use `qwen3-8b`", edits: [Edit($0.span(of: "qwen3-9b"), "qwen3-8b")])])
      ]
    },
    RenderingCase("tabs", ("t.rung", "gate a = refusal\n\tgate\tb = lenght >= 3\n")) {
      [Diagnostic("unknown_name", .error, "there is no field `lenght`", at: $0.span(of: "lenght"))]
    },
    RenderingCase(
      "emoji_and_han",
      ("e.rung", "condition x = prompt mentions (\"👩‍👩‍👧 翻译\", \"e\u{301}té\") and nope\n")
    ) {
      [
        Diagnostic("unknown_name", .error, "there is no `nope`", at: $0.span(of: "nope")),
        Diagnostic("odd", .warning, "this is a family", at: $0.span(of: "👩‍👩‍👧")),
        Diagnostic("odd", .warning, "this is a word", at: $0.span(of: "翻译")),
      ]
    },
    RenderingCase("crlf", ("c.rung", "rung 1\r\ntask a otherwise\r\ntask b otherwise\r\n")) {
      [
        Diagnostic(
          "duplicate", .error, "a second `otherwise`", at: $0.span(of: "task b otherwise"),
          notes: [Note("the first one is here", at: $0.span(of: "task a otherwise"))]),
        Diagnostic("line_end", .warning, "odd line end", at: $0.span(of: "\r\ntask a")),
      ]
    },
    RenderingCase("empty_file", ("empty.rung", "")) {
      [Diagnostic("empty", .error, "there is no policy here", at: $0.span(0, 0))]
    },
    RenderingCase("end_of_file", ("end.rung", "route x {\n  use y\n")) {
      [
        Diagnostic(
          "unclosed", .error, "a `}` is missing", at: $0.span(of: ""),
          notes: [Note("the block begins here", at: $0.span(of: "{"))],
          fixIts: [FixIt("add `}`", edits: [Edit($0.span(of: ""), "}\n")], isSafe: true)])
      ]
    },
    RenderingCase(
      "several_lines",
      ("s.rung", "otherwise {\n  use a\n  use b\n  use c\n}\nroute late { use d }\n")
    ) {
      [
        Diagnostic(
          "order", .error, "`otherwise` is not last",
          at: $0.span(of: "otherwise {\n  use a\n  use b\n  use c\n}")),
        Diagnostic("two_lines", .note, "two lines", at: $0.span(of: "use b\n  use")),
      ]
    },
    RenderingCase(
      "long_line",
      ("l.rung", "x = (" + (1...60).map { "\"word \($0)\"" }.joined(separator: ", ") + ")\n"),
      width: 60
    ) {
      [
        Diagnostic("w", .error, "in the middle", at: $0.span(of: "\"word 30\"")),
        Diagnostic("w", .error, "at the start", at: $0.span(of: "x")),
        Diagnostic("w", .error, "at the end", at: $0.span(of: "\"word 60\"")),
        Diagnostic("w", .error, "all of it", at: $0.span(0, 40)),
      ]
    },
    RenderingCase(
      "two_files", ("a.rung", "import \"b.rung\"\ngate g = refusal\n"),
      ("b.rung", "\n\n\n\n\n\n\n\n\ngate g = json\n")
    ) {
      [
        Diagnostic("z", .warning, "second file", at: $0.span(of: "json", in: 1)),
        Diagnostic(
          "declared_twice", .error, "`g` is declared twice", at: $0.span(of: "g = refusal"),
          notes: [
            Note("the other one", at: $0.span(of: "g = json", in: 1)), Note("rename one of them"),
          ]),
        Diagnostic(
          "elsewhere", .note, "of no file at hand", at: Span(file: SourceID(9), start: 1, end: 2)),
      ]
    },
    RenderingCase("controls", ("q.rung", "text \u{1B}[31mred\u{7} \u{202E}x\n")) {
      [
        Diagnostic(
          "control", .error, "a control `\u{1B}` in \"quotes\" \\ and\nlines",
          at: $0.span(of: "red"))
      ]
    },
    RenderingCase("larger_fix", ("f.rung", "a\nb\nc\n")) {
      [
        Diagnostic(
          "f", .error, "two edits", at: $0.span(of: "b"),
          fixIts: [
            FixIt("swap", edits: [Edit($0.span(of: "c"), "b"), Edit($0.span(of: "b"), "c\n  d")]),
            FixIt("drop the line", edits: [Edit($0.span(of: "b\n"), "")]),
          ])
      ]
    },
    RenderingCase("hidden", ("k.yaml", "providers:\n  p: {key_env: hunter2, timeout: 1s}\n")) {
      var finding = Diagnostic(
        "catalog_unknown_key", .error, "a provider has no key `timeout`",
        at: $0.span(of: "timeout"), notes: [Note("beside this", at: $0.span(of: "key_env"))],
        fixIts: [FixIt("write `timeouts`", edits: [Edit($0.span(of: "timeout"), "timeouts")])])
      finding.hidesSource = true
      return [finding]
    },
    RenderingCase("nothing", ("n.rung", "rung 1\n")) { _ in [] },
  ]
}

extension Diagnostic {
  init(
    _ code: String, _ severity: Severity, _ message: String, at span: Span,
    notes: [Note] = [], fixIts: [FixIt] = []
  ) {
    self.init(DiagnosticCode(code), severity, message, at: span, notes: notes, fixIts: fixIts)
  }
}
