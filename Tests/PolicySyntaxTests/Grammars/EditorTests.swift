import Foundation
import PolicyDiagnostics
import PolicySource
import PolicySyntax
import RoutingTestSupport
import Testing

/// The files of `grammar/` in the programs they are for.
///
/// What is not installed is named, and nothing is checked with it. `.ci/editors` installs them.
@Suite struct `Editors` {
  /// A program, and how it runs a check of colours or of indentation.
  struct Program: CustomTestStringConvertible {
    let name: String
    let colours: [String]
    let indentation: [String]?
    var testDescription: String { name }

    static let vim = ["-u", "NONE", "-i", "NONE", "-n"]
    static let setUp = [
      "--cmd", "set nocompatible encoding=utf-8 rtp^=grammar/vim",
      "--cmd", "filetype plugin indent on", "--cmd", "syntax on",
    ]
    static let emacs = ["emacs", "-Q", "--batch", "-L", "grammar/emacs"]

    static let all = [
      Program(
        name: "Vim", colours: ["vim", "-es"] + vim + setUp + ["-S", Editor.script("colours.vim")],
        indentation: ["vim", "-es"] + vim + setUp + ["-S", Editor.script("indent.vim")]),
      Program(
        name: "Neovim",
        colours: ["nvim", "--headless"] + vim + setUp + ["-S", Editor.script("colours.vim")],
        indentation: ["nvim", "--headless"] + vim + setUp + ["-S", Editor.script("indent.vim")]),
      Program(
        name: "Emacs",
        colours: emacs + ["-l", Editor.script("editor.el"), "-f", "rung-check-colours"],
        indentation: emacs + ["-l", Editor.script("editor.el"), "-f", "rung-check-indentation"]),
      Program(
        name: "TextMate grammars",
        colours: [
          Editor.python, Editor.script("textmate.py"), "grammar/textmate/rung.tmLanguage.json",
        ],
        indentation: nil),
    ]
  }

  @Test func `the sample names the colour of every word in it`() {
    let counts = ColouredSample.counts
    #expect(counts.named == counts.seen)
  }

  @Test(arguments: Program.all)
  func `every token of every policy has the colour of what it is`(program: Program) throws {
    let editor = try Editor()
    defer { editor.remove() }
    var expectations = ColouredSample.expectations(named: "sample.rung")
    try editor.write(ColouredSample.text, as: "sample.rung")
    let policies = try CheckedOutPolicies.all()
    for policy in policies {
      let text = policy.source.text(of: policy.source.span)
      try editor.write(text, as: policy.name)
      expectations += ColourExpectation.all(of: policy.source, named: policy.name)
    }
    try expectations.map { $0.row + "\n" }.joined()
      .write(to: editor.expected, atomically: true, encoding: .utf8)
    guard let report = try editor.run(program.colours, for: "colours in \(program.name)") else {
      return
    }
    #expect(policies.count >= 25)
    #expect(report == ["checked \(expectations.count)"], "\(program.name)")
    SharedData.say(
      "\(program.name): \(expectations.count) places in \(policies.count + 1) policies")
  }

  @Test(arguments: Program.all.filter { $0.indentation != nil })
  func `formatted policies keep their indentation, and get it back`(program: Program) throws {
    let command = try #require(program.indentation)
    let editor = try Editor()
    defer { editor.remove() }
    var formatted: [String: String] = [:]
    for (name, source) in try CheckedOutPolicies.all() {
      let parsed = PolicyParser.parse(source)
      if parsed.diagnostics.isEmpty { formatted[name] = PolicyFormatter.format(parsed.value) }
    }
    let seed = UInt64.random(in: 0 ... .max)
    for (index, text) in try Self.generated(80, seed: seed).enumerated() {
      formatted["generated-\(index).rung"] = text
    }
    for (name, text) in formatted {
      try editor.write(text, as: "kept-\(name)")
      let flush = text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.drop { $0 == " " } }.joined(separator: "\n")
      try editor.write(flush, as: "flush-\(name)")
    }
    guard try editor.run(command, for: "indentation in \(program.name)") != nil else { return }
    var wrong = 0
    for (name, text) in formatted.sorted(by: { $0.key < $1.key }) {
      for kind in ["kept", "flush"] {
        let got = try editor.text(of: "\(kind)-\(name).out")
        guard got != text else { continue }
        wrong += 1
        if wrong <= 5 { Issue.record("\(program.name), seed \(seed), \(kind) \(name):\n\(got)") }
      }
    }
    #expect(wrong == 0)
    SharedData.say(
      "\(program.name): \(formatted.count) policies indented twice each, seed \(seed)")
  }

  @Test(arguments: ["vim", "nvim"])
  func `formatting takes what rung wrote, and leaves what rung refuses`(program: String) throws {
    let editor = try Editor()
    defer { editor.remove() }
    let standIn = """
      #!/bin/sh
      if grep -q broken; then echo half a policy; echo why >&2; exit 1; fi
      printf 'rung 1\\n\\notherwise { use a }\\n'
      """
    try editor.write(standIn, as: "rung-stand-in")
    let path = editor.folder.appending(path: "rung-stand-in").path
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    try editor.write("rung 1\n\n\n\notherwise {use   a}\n\n", as: "good.rung")
    try editor.write("rung 1\nbroken {{\n", as: "bad.rung")
    let format =
      [program, program == "vim" ? "-es" : "--headless"] + Program.vim + Program.setUp
      + ["--cmd", "let g:rung_program = '\(path)'", "-S", Editor.script("format.vim")]
    guard try editor.run(format, for: "formatting in \(program)") != nil else { return }
    #expect(try editor.text(of: "good.rung") == "rung 1\n\notherwise { use a }\n")
    #expect(try editor.text(of: "bad.rung") == "rung 1\nbroken {{\n")
  }

  @Test func `the grammar for tree-sitter has no conflict and takes what the parser takes`() throws
  {
    let editor = try Editor()
    defer { editor.remove() }
    let evaluated = try editor.run(
      ["node", Editor.script("tree-sitter.js"), "grammar/tree-sitter/grammar.js"],
      for: "tree-sitter")
    guard let evaluated else { return }
    try editor.write(evaluated.joined(separator: "\n"), as: "grammar.json")
    var good = 0
    var bad = 0
    for (name, source) in try CheckedOutPolicies.all() {
      let text = source.text(of: source.span)
      if PolicyParser.parse(source).diagnostics.isEmpty {
        try editor.write(text, as: name)
        good += 1
      }
    }
    let seed = UInt64.random(in: 0 ... .max)
    let grammar = try Grammar.load()
    var sentences = SentenceGenerator(grammar, seed: seed)
    var random = SeededGenerator(seed: seed)
    for index in 0..<400 {
      var tokens = sentences.sentence()
      try editor.write(Layout.wild(tokens, &random), as: "generated-\(index).rung")
      good += 1
      // One token less is mostly no policy.
      tokens.remove(at: Int.random(in: 0..<tokens.count, using: &random))
      let broken = Layout.plain(tokens)
      if Self.isRefused(broken, by: grammar) {
        try editor.write(broken, as: "broken-\(index).wrong")
        bad += 1
      }
    }
    let report = try editor.run(
      [
        Editor.python, Editor.script("tree-sitter.py"),
        editor.folder.appending(path: "grammar.json").path,
        "grammar/tree-sitter/queries/highlights.scm",
      ], for: "tree-sitter")
    guard let report else { return }
    // What colours a text may take a little more than what compiles it, and never less.
    let taken = report.filter { $0.hasSuffix(".wrong: parses, and should not") }
    #expect(report.filter { !taken.contains($0) } == ["checked \(good) \(bad)"], "seed \(seed)")
    #expect(taken.count * 100 <= bad, "seed \(seed): \(taken)")
    SharedData.say(
      "tree-sitter: \(good) policies parsed, \(bad - taken.count) of \(bad) broken ones refused, "
        + "seed \(seed)")
  }

  @Test func `the VS Code extension starts, restarts and stops one server`() throws {
    let editor = try Editor()
    defer { editor.remove() }
    let report = try editor.run(
      ["node", Editor.script("extension.js"), "grammar/vscode"], for: "the VS Code extension")
    guard let report else { return }
    #expect(report == ["checked"])
  }

  private static func generated(_ count: Int, seed: UInt64) throws -> [String] {
    let grammar = try Grammar.load()
    var sentences = SentenceGenerator(grammar, seed: seed, longest: 3)
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      // Line ends where a reader may put them, and no comments: those have no one place.
      let text = sentences.sentence().map { $0 + (random.chance(15) ? "\n" : " ") }.joined()
      return PolicyFormatter.format(
        PolicyParser.parse(SourceFile(path: "generated.rung", text: text)).value)
    }
  }

  /// Whether no reading of the grammar's own page takes the text, keywords read as words too.
  private static func isRefused(_ text: String, by grammar: Grammar) -> Bool {
    let source = SourceFile(path: "broken.rung", text: text)
    let tokens = PolicyLexer.lex(source).value.stream.tokens.dropLast().map {
      ($0.kind, source.text(of: $0.span))
    }
    var recognizer = Recognizer(grammar, tokens, .any)
    return !recognizer.accepts()
  }
}
