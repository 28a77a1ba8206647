import JSONReading
import OpenAIWire
import RoutingGates
import RoutingTestSupport
import Testing

@testable import RoutingBatches

@Suite struct `Items that cannot reach each other` {
  private static let seed: UInt64 = 20_261_121

  @Test func `whatever stands in a question, it is read back as it was, between the marks`() throws
  {
    var random = SplitMix(state: Self.seed)
    var rounds = 0
    for round in 0..<300 {
      let questions =
        round == 0
        ? HostileItems.all
        : (0..<Int.random(in: 1...12, using: &random)).map { _ in HostileItems.one(&random) }
      let composer = BatchComposer(questions, .text) { random.next() }
      let read = try #require(BatchModel.items(of: composer.text, mark: composer.mark))
      #expect(read.map(\.input) == questions)
      #expect(read.map(\.id) == composer.ids)
      #expect(Set(composer.ids).count == questions.count)
      rounds += 1
    }
    print("\(rounds) batches of hostile questions, seed \(Self.seed)")
  }

  @Test func `a hostile question changes no id, count or answer of the others`() throws {
    var random = SplitMix(state: Self.seed &+ 1)
    var items = 0
    for _ in 0..<200 {
      let count = Int.random(in: 2...10, using: &random)
      var questions = (0..<count).map { "ticket number \($0)" }
      let poisoned = Int.random(in: 0..<count, using: &random)
      questions[poisoned] = HostileItems.one(&random)
      for mood in BatchModel.Mood.allCases {
        let composer = BatchComposer(questions, .text) { random.next() }
        let read = try #require(BatchModel.items(of: composer.text, mark: composer.mark))
        let reply = BatchModel(mood: mood).reply(to: read, &random)
        let answers = BatchAnswers(reply, for: composer.ids, .text)
        #expect(answers.items.count == count)
        for (question, item) in zip(questions, answers.items) {
          items += 1
          guard case .answer(let text) = item else { continue }
          #expect(text == BatchModel.answer(to: question), "\(mood)")
        }
        let bad = answers.items.count { $0.word != nil }
        switch mood {
        case .obeys, .reorders, .fences: #expect(bad == 0 && answers.strangers == 0)
        case .drops: #expect(bad == 1 && answers.items.contains(.missing))
        case .duplicates: #expect(bad == 1 && answers.items.contains(.duplicated))
        case .invents: #expect(bad == 0 && answers.strangers == 1)
        case .emptiesOne, .addsMembers: #expect(bad == 1 && answers.items.contains(.malformed))
        case .chats, .silent: #expect(bad == count)
        }
      }
    }
    print("\(items) items of poisoned batches, seed \(Self.seed &+ 1)")
  }

  @Test func `nothing a model can write is taken for an answer to an id it was not given`() {
    var random = SplitMix(state: Self.seed &+ 2)
    let composer = BatchComposer(["a", "b", "c"], .text) { random.next() }
    let good = BatchModel(mood: .obeys).reply(
      to: zip(composer.ids, ["a", "b", "c"]).map { BatchModel.Item(id: $0, input: $1) }, &random)
    var read = 0
    for _ in 0..<5_000 {
      var bytes = Array(good.utf8)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        bytes[place] = UInt8.random(in: 0x20...0x7E, using: &random)
      }
      let answers = BatchAnswers(
        String(decoding: bytes, as: UTF8.self), for: composer.ids, .text)
      #expect(answers.items.count == 3)
      read += answers.items.count { $0.word == nil }
    }
    #expect(read > 0)
    print("5000 mutated answers, \(read) entries still read, seed \(Self.seed &+ 2)")
  }

  private static let replies: [(String, BatchAnswers.Item)] = [
    (#"{"items":[{"id":"A","answer":{"x":1}}]}"#, BatchAnswers.Item.answer(#"{"x":1}"#)),
    (#"{"items":[{"id":"A","answer":"x"}]}"#, .malformed),
    (#"{"items":[{"id":"A","answer":[1]}]}"#, .malformed),
    (#"{"items":[{"id":7,"answer":{}}]}"#, .missing),
    (#"{"items":{"id":"A","answer":{}}}"#, .missing), (#"[]"#, .missing),
    (
      #"{"items":[{"id":"A","answer":{}},{"id":"A","answer":{}},{"id":"A","answer":{}}]}"#,
      .duplicated
    ),
    (#"{"items":[{"id":"A","id":"A","answer":{}}]}"#, .missing),
  ]

  @Test(arguments: replies)
  func `an answer of a JSON batch is the object as it was written`(
    reply: String, expected: BatchAnswers.Item
  ) {
    #expect(BatchAnswers(reply, for: ["A"], .object).items == [expected])
  }

  @Test(arguments: [
    (#"{"l":"x"}"#, true), (#"{"l":"z"}"#, false), (#"{"l":1}"#, false), (#"{"a":1}"#, false),
    (#"{"l":"x","m":1}"#, false), ("1", false), ("true", false), (#""x""#, false), ("null", false),
    ("[]", false),
  ])
  func `an answer that does not keep to the schema is malformed`(
    answer: String, fits: Bool
  ) throws {
    let schema =
      #"{"type":"object","properties":{"l":{"enum":["x","y"]}},"required":["l"],"additionalProperties":false}"#
    let form = BatchForm.schema(try JSONSchema(schema), Array(schema.utf8), isStrict: true)
    let reply =
      #"{"items":[{"id":"A","answer":\#(answer)},{"id":"B","answer":{"l":"y"}}]}"#
    let expected: [BatchAnswers.Item] = [
      fits ? .answer(answer) : .malformed, .answer(#"{"l":"y"}"#),
    ]
    #expect(BatchAnswers(reply, for: ["A", "B"], form).items == expected)
  }

  @Test func `ids and marks are drawn again where a question holds one`() {
    var numbers: [UInt64] = [1, 2, 3 << 32, 4, 5, 6 << 32]
    let mark = "batch-00000000000000010000000000000002"
    let composer = BatchComposer([mark], .text) { numbers.removeFirst() }
    #expect(composer.mark == "batch-00000000000000040000000000000005")
    #expect(composer.ids == ["00000006"])
    numbers = [1, 2, 3 << 32, 4, 5, 6 << 32]
    let other = BatchComposer(["answer id 00000003"], .text) { numbers.removeFirst() }
    #expect(other.ids == ["00000006"])
  }
}
