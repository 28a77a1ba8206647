import Testing
import TextPatterns

/// What a set refuses, and what it says.
@Suite struct PatternErrorTests {
  struct Refusal: Sendable, CustomTestStringConvertible {
    let pattern: TextPattern
    let message: String
    let part: String?
    var testDescription: String { "\(pattern)" }

    init(_ pattern: TextPattern, _ message: String, at part: String? = nil) {
      self.pattern = pattern
      self.message = message
      self.part = part
    }
  }

  @Test(arguments: [
    Refusal(.matches("a(?=b)"), "the look-around `(?=` is not part of RE2", at: "(?="),
    Refusal(.matches("(?<!x)y"), "the look-around `(?<!` is not part of RE2", at: "(?<!"),
    Refusal(.matches(#"(a)\1"#), #"the back-reference `\1` is not part of RE2"#, at: #"\1"#),
    Refusal(.matches("x(?>a)"), "`(?>` is not part of RE2", at: "(?>"),
    Refusal(.matches("a(b"), "missing ): `a(b`", at: "a(b"),
    Refusal(.matches("a)b"), "unexpected ): `a)b`", at: "a)b"),
    Refusal(.matches("é[b"), "missing ]: `[b`", at: "[b"),
    Refusal(.matches("a**"), "bad repetition operator: `**`", at: "**"),
    Refusal(.matches("x{1001}"), "invalid repetition size: `{1001}`", at: "{1001}"),
    Refusal(.matches("((a{99}){99}){99}"), "invalid repetition size: `{99}`", at: "{99}"),
    Refusal(.mentions(["ok", " "]), "a text test needs at least one visible character"),
    Refusal(.contains([""]), "a text test needs at least one visible character"),
    Refusal(
      .contains([String(repeating: "x", count: 1_025)]),
      "this text has 1025 bytes, and 1024 is the most one may have"),
  ])
  func `says what is wrong and where`(_ refusal: Refusal) throws {
    let error = try #require(PatternSet.problem(in: refusal.pattern))
    #expect(error.problem.message == refusal.message)
    guard case .matches(let text) = refusal.pattern else { return }
    let bytes = Array(text.utf8)
    let part = error.problem.range.map { String(decoding: bytes[$0], as: UTF8.self) }
    #expect(part == refusal.part)
  }

  @Test func `names the pattern at fault`() {
    let error = #expect(throws: PatternError.self) {
      try PatternSet([.contains(["fine"]), .mentions(["fine", "\t"])])
    }
    #expect(error == PatternError(index: 1, member: 1, problem: .empty))
  }

  @Test func `limits a pattern's program and all programs together`() throws {
    var limits = PatternLimits()
    limits.programSteps = 100
    limits.totalProgramSteps = 120
    #expect(PatternSet.problem(in: .matches("a{20}"), limits: limits) == nil)
    let large = try #require(PatternSet.problem(in: .matches("(?:ab){200}"), limits: limits))
    guard case .programTooLarge(let steps?, 100) = large.problem else {
      Issue.record("\(large)")
      return
    }
    #expect(steps > 400)
    let error = #expect(throws: PatternError.self) {
      try PatternSet([.matches("a{50}"), .matches("b{50}"), .matches("c{50}")], limits: limits)
    }
    #expect(error?.index == 2)
  }

  @Test func `never calls a failed scan a miss`() throws {
    var limits = PatternLimits()
    limits.textBytes = 10
    let set = try PatternSet([.contains(["a"])], limits: limits)
    var scan = TextScan(of: set)
    #expect(throws: ScanFailure.textTooLong(bytes: 11, limit: 10)) {
      let text = [UInt8](repeating: 0x61, count: 11)
      _ = try scan.holds(0, in: text.span)
    }
  }

  @Test func `offers a way out of what RE2 leaves out`() {
    #expect(PatternSet.problem(in: .matches("(?!x)"))?.problem.advice?.contains("not") == true)
    #expect(PatternSet.problem(in: .matches(#"(.)\1"#))?.problem.advice != nil)
  }
}
