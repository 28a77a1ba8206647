import PolicyDiagnostics
import PolicySource
import RoutingTestSupport
import Testing

@testable import PolicyLanguageServer

@Suite struct `Findings of a text being typed` {
  /// Random edits of random texts: what is carried stands where the same words stand, in lines that
  /// are as they were.
  @Test func `stay on their words`() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SplitMix(state: seed)
    let pieces = ["a", "bc", "é", "😀", "\n", "\r\n", "route x {\n}\n", " "]
    func words(_ most: Int) -> [UInt8] {
      let count = Int.random(in: 0...most, using: &random)
      return (0..<count).flatMap { _ in Array((pieces.randomElement(using: &random) ?? "").utf8) }
    }
    var carried = 0
    for _ in 0..<2000 {
      let old = words(30)
      let start = Int.random(in: 0...old.count, using: &random)
      let end = Int.random(in: start...min(old.count, start + 6), using: &random)
      var new = old
      let from = Int.random(in: 0...old.count, using: &random)
      let to = Int.random(in: from...min(old.count, from + 4), using: &random)
      new.replaceSubrange(from..<to, with: words(3))
      var before = SourceMap()
      var after = SourceMap()
      // The file has another number in the newer reading.
      let file = before.add(path: "/w/policy.rung", bytes: old)
      _ = after.add(path: "/w/other.rung", bytes: [])
      let next = after.add(path: "/w/policy.rung", bytes: new)
      let finding = Diagnostic(
        DiagnosticCode("x"), .warning, "y",
        at: Span(file: file.id, start: UInt32(start), end: UInt32(end)),
        fixIts: [FixIt("z", edits: [])])
      let found = CarriedFindings.of([finding], from: before, to: after)
      if old == new { #expect(found.count == 1, "seed \(seed)") }
      guard let moved = found.first else { continue }
      carried += 1
      #expect(moved.span.file == next.id && moved.fixIts.isEmpty, "seed \(seed)")
      let bytes = next.bytes[Int(moved.span.start)..<Int(moved.span.end)]
      #expect(Array(bytes) == Array(old[start..<end]), "seed \(seed)")
      #expect(Self.lines(of: moved.span, in: next) == Self.lines(of: finding.span, in: file))
    }
    #expect(carried > 100, "seed \(seed)")
  }

  /// The lines a span is in, whole.
  private static func lines(of span: Span, in file: SourceFile) -> [String] {
    let first = file.location(of: span.start).line
    let last = file.location(of: max(span.start, span.end - min(span.end, 1))).line
    return (first...last).map(file.lineText)
  }

  @Test func `go with the notes that lose their place, and with their file`() {
    var before = SourceMap()
    let policy = before.add(path: "p", bytes: Array("one\ntwo\n".utf8))
    let shared = before.add(path: "s", bytes: Array("three\n".utf8))
    func span(_ file: SourceFile, _ start: UInt32, _ end: UInt32) -> Span {
      Span(file: file.id, start: start, end: end)
    }
    let findings = [
      Diagnostic(DiagnosticCode("alone"), .warning, "", at: span(policy, 0, 3)),
      Diagnostic(
        DiagnosticCode("noted"), .warning, "", at: span(policy, 0, 3),
        notes: [Note("", at: span(policy, 4, 7))]),
      Diagnostic(DiagnosticCode("elsewhere"), .warning, "", at: span(shared, 0, 5)),
    ]
    var after = SourceMap()
    _ = after.add(path: "p", bytes: Array("one\ntwice\n".utf8))
    let left = CarriedFindings.of(findings, from: before, to: after)
    #expect(left.map(\.code.rawValue) == ["alone"])
  }
}

@Suite struct `Halves of characters` {
  @Test func `become what a file has for them, and all else stays`() throws {
    let cases: [(String, String?)] = [
      (#""\ud83d\ude00""#, nil), (#""a\nb\\ud83d""#, nil), (#""\ud83d""#, #""\ufffd""#),
      (#""\ude00\ud83d""#, #""\ufffd\ufffd""#),
      (#""\ud83d\ud83d\ude00""#, #""\ufffd\ud83d\ude00""#), (#""\\\udc00""#, #""\\\ufffd""#),
      (#""\uD83Dx\uDE00""#, #""\ufffdx\ufffd""#), (#""\ud8"#, nil), (#""\"#, nil), ("", nil),
    ]
    for (json, wanted) in cases {
      let found = HalfCharacters.replaced(in: Array(json.utf8))
      #expect(found.map { String(decoding: $0, as: UTF8.self) } == wanted, "\(json)")
    }
  }
}
