import Foundation
import JSONReading
import Testing

@testable import StandInProvider

/// What the stand-in answers, without a socket.
@Suite struct AnswerTests {
  private func completion(
    _ body: String, model: ModelProfile = ModelProfile("m", quality: 1_000_000)
  ) throws -> Completion {
    Answerer(call: try ChatCall(Array(body.utf8)), profile: model, rule: nil)
      .completion(fault: nil)
  }

  private func chat(_ question: String, _ more: String = "") -> String {
    #"{"model":"m","messages":[{"role":"user","content":"\#(question)"}]\#(more)}"#
  }

  @Test func `the example requests end at the tiers as the field notes measured`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "examples/requests")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".json") }
    var tiers = [0, 0, 0]
    for name in names {
      let call = try ChatCall(Array(try Data(contentsOf: folder.appending(path: name))))
      let difficulty = Difficulty(of: call.question).millionths
      tiers[difficulty < 814_000 ? 0 : difficulty < 952_000 ? 1 : 2] += 1
    }
    print("\(names.count) example requests end at the tiers \(tiers)")
    let hundredths = tiers.map { $0 * 100 / max(1, names.count) }
    #expect((70...90).contains(hundredths[0]))
    #expect((8...24).contains(hundredths[1]))
    #expect((1...10).contains(hundredths[2]))
  }

  @Test func `a hard question gets a bad answer from a small model and a good one from a large`()
    throws
  {
    let questions = (0..<2000).map { "What is the price of locker \($0) in town?" }
    var bad = 0
    for question in questions {
      let small = try completion(chat(question), model: ModelProfile("s", quality: 814_000))
      let large = try completion(chat(question))
      #expect(large.content.count > 40)
      let isBad =
        small.content.count < 20 || small.content == question
        || small.content.lowercased().contains("cannot") || small.content.contains("can't")
      if isBad { bad += 1 } else { #expect(small.content == large.content) }
    }
    #expect((300...450).contains(bad), "\(bad) of 2000, where 372 are expected")
  }

  @Test(arguments: [
    ("", 0), ("word", 1), ("Reset my password", 5), ("a b  c", 4), ("日本", 2), ("12345", 2),
    ("\n", 1), (" ", 1), ("é", 1), ("don't", 3),
  ])
  func `tokens follow the rule anybody can check`(text: String, count: Int) {
    #expect(Tokens.count(text) == count)
    #expect(Tokens.count(text) <= text.utf8.count)
    #expect(Tokens.pieces(of: text).joined() == text)
  }

  @Test func `a limit on tokens is kept and named`() throws {
    let cut = try completion(chat("How do I reset my password?", #","max_tokens":7"#))
    #expect(cut.finish == .length)
    #expect(cut.usage.completion == 7)
    #expect(Tokens.count(cut.content) == 7)
    let thinker = ModelProfile("r", quality: 1_000_000, reasons: true)
    let thought = try completion(
      chat("How do I reset my password?", #","max_completion_tokens":40"#), model: thinker)
    #expect(thought.usage.completion <= 40)
    #expect(thought.usage.reasoning == 20)
  }

  @Test func `a schema is met`() throws {
    let schema =
      #"{"type":"object","properties":{"name":{"type":"string"},"n":{"type":"integer","minimum":3},"kind":{"enum":["x","y"]},"tags":{"type":"array","items":{"type":"string"}},"ok":{"type":"boolean"}}}"#
    let format = #","response_format":{"type":"json_schema","json_schema":{"schema":\#(schema)}}"#
    let answer = try completion(chat("Reach Ms Okafor, extension 4471", format))
    let value = try JSONText(answer.content).root
    #expect(value["name"]?.string?.isEmpty == false)
    #expect(value["n"]?.integer == 4471)
    #expect(["x", "y"].contains(value["kind"]?.string))
    #expect(value["tags"]?.kind == .array)
    #expect(value["ok"]?.bool == true)
  }

  @Test func `json is asked for and given`() throws {
    let answer = try completion(
      chat("Extract 24 and 90 as JSON", #","response_format":{"type":"json_object"}"#))
    #expect(try JSONText(answer.content).root.kind == .object)
  }

  @Test func `a tool the question speaks of is called, and its result put into words`() throws {
    let tools =
      #","tools":[{"type":"function","function":{"name":"search_deliveries","parameters":{"type":"object","properties":{"limit":{"type":"integer"}}}}}]"#
    let called = try completion(chat("Search the last 3 parcels", tools))
    #expect(called.finish == .toolCalls)
    #expect(called.toolCalls.first?.name == "search_deliveries")
    let arguments = try JSONText(called.toolCalls.first?.arguments ?? "").root
    #expect(arguments["limit"]?.integer == 3)
    let none = try completion(chat("Search the last 3 parcels", tools + #","tool_choice":"none""#))
    #expect(none.toolCalls.isEmpty && !none.content.isEmpty)
    let after = try completion(
      #"{"model":"m","messages":[{"role":"user","content":"Search the parcels"},{"role":"tool","content":"none"}]\#(tools)}"#
    )
    #expect(after.toolCalls.isEmpty)
  }

  @Test(arguments: [
    ("You open the settings and choose the new password there.", true),
    ("I'm sorry, but I can't help with that at all.", false), ("Yes.", false),
  ])
  func `a judge scores by what it is shown`(answer: String, isGood: Bool) throws {
    let verdict = try completion(
      chat("Rate the answer with a score from 0 to 1. Question: how? Answer: \(answer)"))
    let score = try #require(Double(verdict.content))
    #expect(isGood ? score >= 0.85 : score < 0.4)
  }

  @Test(arguments: [
    ("Wie kann ich mein Paket abholen und ist das teuer?", "Kontoseite"),
    ("¿Cómo puedo cambiar la dirección de mi factura y qué es?", "cuenta"),
    ("パスワードを忘れました。どうすればいいですか", "アカウント"),
    ("Classify this ticket as billing, delivery or other: the delivery is late", "delivery"),
    ("Translate into French: the invoice is attached", "étapes"),
    ("Please debug this function", "```python"),
  ])
  func `an answer is of the kind that was asked for`(question: String, mark: String) throws {
    #expect(try completion(chat(question)).content.contains(mark))
  }

  @Test func `vectors are of length one, and near where words are shared`() {
    func product(_ a: String, _ b: String) -> Double {
      zip(Embedding.vector(a), Embedding.vector(b)).reduce(0) { $0 + $1.0 * $1.1 }
    }
    #expect(abs(product("reset my password", "reset my password") - 1) < 1e-9)
    #expect(product("reset my password", "reset the password") > 0.5)
    #expect(abs(product("reset my password", "opening hours on sunday")) < 0.5)
  }

  private enum Embedding {
    static func vector(_ text: String) -> [Double] {
      EmbeddingCall.vector(of: text, dimensions: 256)
    }
  }
}
