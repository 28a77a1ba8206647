import OpenAIWire
import PolicyUnits
import RoutingBudgets
import RoutingCache
import Synchronization
import Testing

@testable import RoutingService

/// Answers of the cache, read once each.
@Suite struct `Readings of answers` {
  private let readings = AnswerReadings()

  @Test func `are made once, and say what the answer says`() throws {
    let answer = Self.answer("It is in the mail.")
    #expect(!answer.hasReading)
    for _ in 1...2 {
      #expect(try #require(readings.response(of: answer)).text == "It is in the mail.")
      #expect(answer.hasReading)
    }
  }

  @Test func `are not made of what cannot be read`() {
    let answer = Self.answer(body: "{\"choices\": ")
    #expect(readings.response(of: answer) == nil)
    #expect(!answer.hasReading)
  }

  @Test func `are not kept of a long answer`() throws {
    let text = String(repeating: "word ", count: AnswerReadings.mostBytes / 5)
    let answer = Self.answer(text)
    #expect(try #require(readings.response(of: answer)).text == text)
    #expect(!answer.hasReading)
  }

  @Test func `are let go when there are too many, the oldest first`() {
    let answers = (0..<(AnswerReadings.most + 3)).map { Self.answer("number \($0)") }
    for answer in answers { #expect(readings.response(of: answer) != nil) }
    #expect(answers.prefix(3).allSatisfy { !$0.hasReading })
    #expect(answers.dropFirst(3).allSatisfy { $0.hasReading })
    #expect(readings.response(of: answers[0])?.text == "number 0")
    #expect(answers.count { $0.hasReading } == AnswerReadings.most)
  }

  @Test func `hold no answer that the cache lets go of`() {
    weak var gone: CachedAnswer?
    do {
      let answer = Self.answer("for a while")
      #expect(readings.response(of: answer) != nil)
      gone = answer
    }
    #expect(gone == nil)
  }

  private static func answer(_ text: String) -> CachedAnswer {
    answer(
      body: """
        {"id": "a", "choices": [{"index": 0, "finish_reason": "stop",
        "message": {"role": "assistant", "content": "\(text)"}}]}
        """)
  }

  private static func answer(body: String) -> CachedAnswer {
    let now = Timestamp(milliseconds: 1_000)
    return CachedAnswer(
      body: Array(body.utf8),
      origin: CachedAnswer.Origin(
        request: RequestID(at: now, random: (1, 2)), route: "r", tenant: nil, model: "small",
        cost: nil, currency: "USD", tokens: nil),
      stored: now, expiry: now.after(1_000))
  }
}

extension CachedAnswer {
  fileprivate var hasReading: Bool { reading.withLock { $0 != nil } }
}
