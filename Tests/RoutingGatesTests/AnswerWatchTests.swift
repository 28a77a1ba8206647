import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicySyntax
import RoutingGates
import RoutingRuntime
import RoutingTestSupport
import Testing

@Suite struct `A watch over a running answer` {
  struct Case: CustomTestStringConvertible {
    let stop: String
    let text: String
    /// What is left of it; nil if it goes on to its end.
    let left: String?
    var testDescription: String { "\(stop): \(text.prefix(40))" }
  }

  private static let loop = String(repeating: "and so it goes, ", count: 30)

  static let cases = [
    Case(
      stop: "answer contains \"</answer>\"", text: "<answer>4</answer> And",
      left: "<answer>4</answer>"),
    Case(stop: "answer contains (\"END\", \"STOP\")", text: "a STOP b END", left: "a STOP"),
    Case(stop: "answer contains \"aab\"", text: "aaab!", left: "aaab"),
    Case(stop: "answer contains \"END\"", text: "no end", left: nil),
    Case(stop: "answer starts with \"No\"", text: "No, thanks", left: "No"),
    Case(
      stop: "json_complete", text: " {\"a\": [1, \"}\"]}  And so on", left: " {\"a\": [1, \"}\"]}"),
    Case(stop: "json_complete", text: "Sure: {\"a\": 1} and", left: nil),
    Case(stop: "json_complete", text: "42 and", left: nil),
    Case(
      stop: "answer contains \"END\"", text: "{\"a\": \"END of it\", \"b\": 1}",
      left: "{\"a\": \"END of it\""),
    Case(
      stop: "answer contains \"END\"", text: "```\nlet END = 1\n```\nSo far.",
      left: "```\nlet END = 1\n```\n"),
    Case(stop: "answer contains \"END\"", text: "~~~~ swift\nEND\n```\n~~~\n", left: nil),
    Case(stop: "answer contains \"END\"", text: "use ```END``` here", left: "use ```END"),
    Case(
      stop: "answer contains \"END\"", text: "```END``` is code in a line\nx",
      left: "```END`"),
    Case(
      stop: "not answer contains \"a\" and answer contains \"b\"", text: "cb a", left: "cb"),
    Case(
      stop: "after 30 tokens when answer contains \"x\"", text: "x" + loop,
      left: "x" + loop.prefix(127)),
    Case(stop: "repeating", text: "Well, " + loop, left: "Well, " + loop.prefix(250)),
    Case(stop: "repeating", text: String(repeating: "-", count: 400), left: nil),
    Case(stop: "answer mentions \"soon\"", text: "soon " + loop, left: "soon " + loop.prefix(59)),
  ]

  @Test(arguments: cases)
  func `ends an answer at its place`(_ row: Case) throws {
    let left = try Self.left(of: [row.text], by: row.stop)
    #expect(left == row.left)
  }

  @Test func `finds the same place however the text is cut`() throws {
    var random = SplitMix(state: Self.seed)
    var ended = 0
    for round in 0..<250 {
      let stop = Self.pick(Self.stops, &random)
      let text = (0..<Int.random(in: 1...30, using: &random))
        .map { _ in Self.pick(Self.pieces, &random) }.joined()
      let wanted = try WatchReference(stop, text).left
      if wanted != nil { ended += 1 }
      for _ in 0..<4 {
        let pieces = Self.cut(text, &random)
        let left = try Self.left(of: pieces, by: stop)
        #expect(
          left == wanted, "\(stop): \(text.debugDescription), round \(round), seed \(Self.seed)")
      }
    }
    print("watches: 250 texts, \(ended) of them ended early, 4 splits of each")
    #expect(ended > 40)
  }

  // MARK: Making them

  private static let seed: UInt64 = 20_261_121

  private static func pick(_ all: [String], _ random: inout SplitMix) -> String {
    all[Int.random(in: 0..<all.count, using: &random)]
  }

  static let stops = [
    "answer contains \"END\"", "answer contains (\"b}\", \"EN\")", "json_complete", "repeating",
    "after 40 tokens when answer contains \"a\"", "answer mentions \"end\"",
    "answer matches /E.D$/", "answer starts with \"{\" and answer contains \"END\"",
    "json_complete or answer contains \"END\"", "not answer contains \"a\" and repeating",
    "after 20 tokens when not json_complete",
  ]

  static let pieces = [
    "END", "E", "ND", " end ", "a", "b}", "{\"k\": \"", "\"", "}", "{", "\\", "\n", "```", "~~~",
    "```swift\n", "\n```\n", "é", "日本", "👍🏽", " ", "{\"a\": 1}", ", ", ": ", "1",
    String(repeating: "no no ", count: 40), "some words of a plain answer that goes on ",
  ]

  private static func cut(_ text: String, _ random: inout SplitMix) -> [String] {
    var pieces: [String] = []
    var piece = ""
    for scalar in text.unicodeScalars {
      piece.unicodeScalars.append(scalar)
      if Int.random(in: 0...9, using: &random) == 0 {
        pieces.append(piece)
        piece = ""
      }
    }
    return pieces + [piece]
  }

  private static func left(of pieces: [String], by stop: String) throws -> String? {
    let policy = try policy(stop: stop)
    let book = try GateBook(policy)
    let rule = try #require(policy.routes.first?.stop)
    var watch = try #require(book.watch(rule))
    var left = ""
    for piece in pieces {
      if let count = watch.end(in: piece) {
        return left + String(decoding: piece.utf8.prefix(count), as: UTF8.self)
      }
      left += piece
    }
    return nil
  }

  static func policy(stop: String) throws -> CheckedPolicy {
    let condition = stop.hasPrefix("after") ? "stop \(stop)" : "stop when \(stop)"
    let text = "rung 1 catalog \"c.yaml\" otherwise { \(condition) use m }"
    var model = ModelEntry(name: "m", deployments: [Deployment(provider: "p")])
    model.tokenizer = .qwen
    let parsed = PolicyParser.parse(SourceFile(path: "p.rung", text: text))
    let checked = PolicyChecker.check(
      files: [parsed.value], vocabulary: Vocabulary(models: [model], referenceTokenizer: .qwen),
      files: [:])
    return try #require(checked.value, "\(checked.diagnostics.map(\.message))")
  }
}

extension CheckedRoute {
  var stop: StopRule? {
    for case .stop(let rule) in effects { return rule }
    return nil
  }
}
