import PolicyDiagnostics
import PolicySource
import Testing

@Suite struct `Fixes applied together` {
  /// What is left of `text` after the fix-its, each a list of edits `start, end, replacement`.
  private func fixed(
    _ text: String, _ fixIts: [[(Int, Int, String)]], safe: Bool = true, unsafe: Bool = false
  ) throws -> (text: String, applied: Int) {
    var sources = SourceMap()
    let file = sources.add(path: "a", bytes: Array(text.utf8))
    let findings = fixIts.map { edits in
      let edits = edits.map { Edit(sources.span($0.0, $0.1), $0.2) }
      let span = edits.first?.span ?? sources.span(0, 0)
      return Diagnostic(
        DiagnosticCode("x"), .warning, "y", at: span,
        fixIts: [FixIt("z", edits: edits, isSafe: safe)])
    }
    let plan = FixPlan(findings, in: sources, files: [file.id], includingUnsafe: unsafe)
    #expect(plan.isEmpty == plan.files.isEmpty)
    return (String(decoding: plan.bytes(of: file), as: UTF8.self), plan.applied.count)
  }

  @Test func `all of those that touch different bytes are applied`() throws {
    let result = try fixed("one two three", [[(0, 3, "1")], [(8, 13, "3")], [(3, 3, "!")]])
    #expect(result.text == "1! two 3")
    #expect(result.applied == 3)
  }

  @Test(arguments: [
    // The first wins: the same bytes, a part of them, an insertion inside, one at the same start.
    ([[(0, 3, "1")], [(0, 3, "2")]], "1 two"), ([[(0, 5, "1")], [(3, 7, "2")]], "1wo"),
    ([[(0, 7, "1")], [(2, 2, "!")]], "1"), ([[(4, 4, "a ")], [(4, 4, "b ")]], "one a two"),
    ([[(4, 7, "2")], [(0, 7, "")]], "one 2"), ([[(4, 4, "a ")], [(4, 7, "2")]], "one a two"),
    // All edits of a fix-it or none.
    ([[(0, 1, "O")], [(4, 7, "2"), (0, 3, "1")]], "One two"),
    // One that overlaps itself, one past the end, and one that changes nothing.
    ([[(0, 3, "1"), (2, 4, "2")]], "one two"), ([[(4, 8, "2")]], "one two"),
    ([[(0, 3, "one")]], "one two"),
  ])
  func `overlapping edits are left for the next round`(
    _ fixIts: [[(Int, Int, String)]], _ expected: String
  ) throws {
    #expect(try fixed("one two", fixIts).text == expected)
  }

  @Test func `those that may change a decision wait until they are asked for`() throws {
    #expect(try fixed("one", [[(0, 3, "1")]], safe: false).text == "one")
    #expect(try fixed("one", [[(0, 3, "1")]], safe: false, unsafe: true).text == "1")
  }

  @Test func `of several fix-its that may change a decision none is applied`() {
    var sources = SourceMap()
    let file = sources.add(path: "a", bytes: Array("one".utf8))
    let finding = Diagnostic(
      DiagnosticCode("x"), .error, "y", at: file.span,
      fixIts: [
        FixIt("count tokens", edits: [Edit(file.span, "1")]),
        FixIt("count chars", edits: [Edit(file.span, "2")]),
      ])
    #expect(FixPlan([finding], in: sources, files: [file.id], includingUnsafe: true).isEmpty)
  }

  @Test func `of several fix-its of a finding the safe one is applied`() {
    var sources = SourceMap()
    let file = sources.add(path: "a", bytes: Array("one".utf8))
    let finding = Diagnostic(
      DiagnosticCode("x"), .error, "y", at: file.span,
      fixIts: [
        FixIt("bold", edits: [Edit(file.span, "1")]),
        FixIt("safe", edits: [Edit(file.span, "2")], isSafe: true),
      ])
    let safe = FixPlan([finding], in: sources, files: [file.id], includingUnsafe: false)
    #expect(safe.applied.map(\.fixIt.message) == ["safe"])
    let bold = FixPlan([finding], in: sources, files: [file.id], includingUnsafe: true)
    #expect(bold.applied.map(\.fixIt.message) == ["safe"])
  }

  @Test func `a file that may not be changed is not, nor what goes with it`() {
    var sources = SourceMap()
    let own = sources.add(path: "a", bytes: Array("one".utf8))
    let other = sources.add(path: "b", bytes: Array("two".utf8))
    let finding = Diagnostic(
      DiagnosticCode("x"), .error, "y", at: own.span,
      fixIts: [
        FixIt("z", edits: [Edit(own.span, "1"), Edit(other.span, "2")], isSafe: true)
      ])
    #expect(FixPlan([finding], in: sources, files: [own.id], includingUnsafe: false).isEmpty)
    let both = FixPlan([finding], in: sources, files: [own.id, other.id], includingUnsafe: false)
    #expect(both.files == [own.id, other.id])
    #expect(String(decoding: both.bytes(of: other), as: UTF8.self) == "2")
  }
}
