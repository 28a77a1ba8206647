import PolicyDiagnostics
import PolicySource
import RoutingTestSupport
import Testing

@testable import PolicyLanguageServer

@Suite struct `Texts in the editor` {
  @Test func `take changes one after the other`() {
    var document = OpenDocument(uri: "file:///p.rung", version: 1, text: "one\ntwo\n")
    let two = TextRange(
      start: TextPosition(line: 1, character: 0), end: TextPosition(line: 1, character: 3))
    let first = TextPosition(line: 0, character: 0)
    document.apply(
      [.part(two, "zwei"), .part(TextRange(start: first, end: first), "# 😀\n")], version: 2,
      in: .utf16)
    #expect(String(decoding: document.bytes, as: UTF8.self) == "# 😀\none\nzwei\n")
    #expect(document.version == 2)
    document.apply([.whole("all new")], version: 3, in: .utf16)
    #expect(String(decoding: document.bytes, as: UTF8.self) == "all new")
  }

  @Test func `turn a range round whose end comes first`() {
    var document = OpenDocument(uri: "file:///p.rung", version: nil, text: "abcdef")
    let range = TextRange(
      start: TextPosition(line: 0, character: 4), end: TextPosition(line: 0, character: 2))
    document.apply([.part(range, "-")], version: nil, in: .utf8)
    #expect(String(decoding: document.bytes, as: UTF8.self) == "ab-ef")
  }

  /// Against another way to do it: over arrays of lines of UTF-16 units.
  @Test(arguments: [PositionEncoding.utf8, .utf16])
  func `are the same by small changes and by one`(encoding: PositionEncoding) {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SplitMix(state: seed)
    let pieces = [
      "a", "é", "e\u{301}", "😀", "👩‍👩‍👧", "\n", "\r\n", "日", " ", "route x {\n  use y\n}\n",
    ]
    func words(_ most: Int) -> String {
      (0..<Int.random(in: 0...most, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? ""
      }.joined()
    }
    var edits = 0
    for _ in 0..<60 {
      var expected = words(30)
      var document = OpenDocument(uri: "file:///p.rung", version: 0, text: expected)
      for version in 1...20 {
        let scalars = Array(expected.unicodeScalars)
        let one = Int.random(in: 0...scalars.count, using: &random)
        let other = Int.random(in: one...scalars.count, using: &random)
        let new = words(5)
        func place(_ index: Int) -> TextPosition {
          Self.position(before: scalars[index...].count, in: scalars, encoding)
        }
        let range = TextRange(start: place(one), end: place(other))
        // A change that starts or ends between CR and LF has no position.
        guard !Self.splitsLineEnd(scalars, one), !Self.splitsLineEnd(scalars, other) else {
          continue
        }
        var view = String.UnicodeScalarView()
        view += scalars[..<one]
        view += new.unicodeScalars
        view += scalars[other...]
        expected = String(view)
        document.apply([.part(range, new)], version: Int64(version), in: encoding)
        edits += 1
        #expect(document.bytes == Array(expected.utf8), "seed \(seed)")
      }
    }
    SharedData.say("\(edits) random edits in \(encoding.rawValue), seed \(seed)")
  }

  private static func splitsLineEnd(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    index > 0 && index < scalars.count && scalars[index - 1] == "\r" && scalars[index] == "\n"
  }

  /// Counted scalar by scalar.
  private static func position(
    before rest: Int, in scalars: [Unicode.Scalar], _ encoding: PositionEncoding
  ) -> TextPosition {
    var position = TextPosition(line: 0, character: 0)
    var last: Unicode.Scalar?
    for scalar in scalars.dropLast(rest) {
      let startsLine = scalar == "\n" || scalar == "\r"
      if scalar == "\n", last == "\r" {
        // One line end with the one before.
      } else if startsLine {
        position = TextPosition(line: position.line + 1, character: 0)
      } else {
        switch encoding {
        case .utf8: position.character += String(scalar).utf8.count
        case .utf16: position.character += String(scalar).utf16.count
        }
      }
      last = scalar
    }
    return position
  }

  @Test func `differ from their formatted selves in whole lines`() {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SplitMix(state: seed)
    let lines = ["a\n", "b\n", "  a\n", "\n", "é\n", "end", "a\r\n"]
    for _ in 0..<2000 {
      func text() -> String {
        (0..<Int.random(in: 0...8, using: &random)).map { _ in
          lines.randomElement(using: &random) ?? ""
        }.joined()
      }
      let file = SourceFile(path: "p", text: text())
      let new = Array(text().utf8)
      guard let edit = LineDifference.edit(of: file, to: new) else {
        #expect(file.bytes == new, "seed \(seed)")
        continue
      }
      var bytes = file.bytes
      bytes.replaceSubrange(Int(edit.span.start)..<Int(edit.span.end), with: edit.replacement.utf8)
      let startsLine = edit.span.start == 0 || file.bytes[Int(edit.span.start) - 1] == 0x0A
      #expect(bytes == new && startsLine && file.bytes != new, "seed \(seed)")
    }
  }
}

@Suite struct `Snippets` {
  @Test func `are plain words where an editor has no places to fill in`() {
    let cases = [
      ("use ${1:model}", "use model"), ("route ${1:name} {\n  $0\n}", "route name {\n  \n}"),
      ("${1|low,high|} $2", "low "), (#"max = \$5 ${1:\$0.05}"#, "max = $5 $0.05"),
      ("${1:a ${2:b} c}", "a b c"), ("${", ""), ("$", ""), ("${1:open", "open"), (#"\"#, ""),
    ]
    for (snippet, plain) in cases { #expect(Snippet.plain(snippet) == plain) }
  }
}
