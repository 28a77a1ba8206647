import Testing
import TokenEstimates

@testable import ContextCompression

@Suite struct `Dropping what a question does not need` {
  static let handbook = """
    Opening hours: lockers open day and night; the desk answers Monday to Friday, 8:00 to 18:00.
    Pick-up: a parcel waits 7 days, then it goes back to the sender. The code is sent by e-mail and text message.
    Fees: pick-up is free; keeping a parcel longer costs 1.50 a day, at most 14 days more.
    Lost code: enter the phone number at the screen and a new code is sent. After five wrong codes the locker blocks for an hour.
    """

  private func left(
    _ question: String, of context: String, to share: Int64 = 400_000
  ) -> String {
    let messages = ContextText.asked(question, of: context)
    let made = ContextCompressor(.extractive(.share(share))).compress(messages)
    #expect(made.outcome == .compressed)
    #expect(made.bytesAfter < made.bytesBefore)
    return made.messages[1].texts[0].text
  }

  @Test(arguments: [
    ("When is your desk open on Saturdays?", "8:00 to 18:00"),
    ("What does it cost to keep a parcel longer?", "1.50 a day, at most 14 days more"),
    ("I entered a wrong code five times, why is the locker blocked?", "blocks for an hour"),
    ("How long does a parcel wait for pick-up?", "7 days"),
  ])
  func `keeps the answer`(question: String, fact: String) {
    let left = left(question, of: Self.handbook)
    #expect(left.contains(fact))
    #expect(left.utf8.count * 10 < Self.handbook.utf8.count * 6)
  }

  @Test func `meets the size it is given`() {
    let text = (1...40).map { "Locker \($0) is at gate \($0 * 3) of the hall.\n" }.joined()
    for share in stride(from: Int64(100_000), through: 900_000, by: 100_000) {
      let made = ContextCompressor(.extractive(.share(share)))
        .compress(ContextText.asked("Where is locker 17?", of: text))
      let allowed = made.bytesBefore * Int(share) / 1_000_000
      #expect(made.bytesAfter <= allowed)
      #expect(made.messages[1].texts[0].text.contains("Locker 17 is at gate 51"))
    }
  }

  @Test func `meets a number of tokens`() {
    let text = (1...200).map { "Locker \($0) is at gate \($0 * 3) of the hall.\n" }.joined()
    let messages = ContextText.asked("Where is locker 17?", of: text)
    for wanted in [100, 400, 1_000] as [Int64] {
      let made = ContextCompressor(.extractive(.tokens(wanted, .openAI))).compress(messages)
      let tokens = made.messages.filter { $0.protection == nil }.flatMap(\.texts).reduce(0) {
        $0 + TokenEstimate(text: Array($1.text.utf8).span, family: .openAI).expected
      }
      #expect(tokens <= wanted + wanted / 10)
      #expect(tokens >= wanted / 2)
    }
  }

  @Test func `a heading stays with what stands below it, and only then`() {
    let text =
      "# Fees\n\nKeeping a parcel costs 2 euros.\n\n# Staff\n\nAna leads the desk in Leeds.\n"
    let left = left("What are the fees for keeping a parcel?", of: text, to: 600_000)
    #expect(left == "# Fees\n\nKeeping a parcel costs 2 euros.")
  }

  @Test func `a line that leads in a list stays with its items`() {
    let text =
      "To get a refund you need:\n\n- the order number\n- the receipt of the shop\n\nWe wish you well."
    let left = left("Is the receipt needed?", of: text, to: 850_000)
    #expect(left.hasPrefix("To get a refund you need:\n\n"))
    #expect(left.contains("- the receipt of the shop"))
  }

  @Test func `an exception stays with its rule`() {
    let text =
      "Dogs may enter. But not on Sundays. A bell hangs in the hall of York. Ana leads the desk."
    let left = left("May dogs enter?", of: text, to: 650_000)
    #expect(left.contains("Dogs may enter. But not on Sundays."))
  }

  @Test func `a pronoun stays with what it stands for`() {
    let text =
      "The deposit is paid at the desk. It amounts to twenty euros in cash. "
      + "A roof of grass is green. Ana painted the roof in May with a friend."
    let left = left("Twenty euros in cash?", of: text, to: 620_000)
    #expect(left == "The deposit is paid at the desk. It amounts to twenty euros in cash.")
  }

  @Test func `a table goes or stays as a whole`() {
    let table = "| size | price |\n|---|---|\n| small | 3.50 |\n| large | 5.00 |\n"
    let text = "\(table)\nThe roof of the hall is green and was painted by Ana last May, we hear.\n"
    #expect(left("What is the price of small?", of: text, to: 600_000).contains(table.dropLast()))
    let other = left("Who painted the roof?", of: text, to: 700_000)
    #expect(!other.contains("|"))
  }

  @Test func `paragraphs do not grow together`() {
    let text =
      "The fee is low. Ana painted a green roof with a friend of Tom.\n\n- the fee is due in May\n"
      + "- the roof is green\n\nA fee due by firms rises."
    let left = left("When is the fee due, is it low, does it rise?", of: text, to: 600_000)
    #expect(left == "The fee is low. \n\n- the fee is due in May\n\nA fee due by firms rises.")
  }

  @Test func `a turn goes as a whole`() {
    var messages = [ContextMessage(role: .system, texts: ["Be brief."])]
    for (question, answer) in [
      ("Tell me about the roof.", "The roof is green."),
      ("What is the deposit for a large parcel?", "The deposit for a large parcel is 20 euros."),
      ("Who is Ana?", "Ana leads the desk."),
    ] {
      messages.append(ContextMessage(role: .user, texts: [question]))
      messages.append(ContextMessage(role: .assistant, texts: [answer]))
    }
    messages.append(ContextMessage(role: .user, texts: ["And the deposit for a small parcel?"]))
    let made = ContextCompressor(.extractive(.share(600_000))).compress(messages)
    #expect(made.messages.map(\.isDropped) == [false, true, true, false, false, true, true, false])
    #expect(made.messages[4].texts[0].text == "The deposit for a large parcel is 20 euros.")
  }

  @Test func `a call stays with its result, and its turn with both`() {
    let messages = [
      ContextMessage(role: .user, texts: ["Look up the roof. Nobody needs this sentence."]),
      ContextMessage(role: .assistant, texts: ["Looking. It takes a while."], hasCalls: true),
      ContextMessage(role: .tool, texts: ["The roof is green. It is old. Ana made it."]),
      ContextMessage(role: .assistant, texts: ["It is green. Anything else?"]),
      ContextMessage(role: .user, texts: ["What is the deposit?"]),
    ]
    let made = ContextCompressor(.extractive(.share(100_000))).compress(messages)
    #expect(made.messages.allSatisfy { !$0.isDropped })
    #expect(made.messages[1].texts[0].text == messages[1].texts[0])
    #expect(made.messages[2].texts[0].text == messages[2].texts[0])
    #expect(made.messages[1].protection == .toolCall)
    #expect(made.messages[2].protection == .toolResult)
  }

  struct Guarded: Sendable, CustomTestStringConvertible {
    let message: ContextMessage
    let reason: Protection
    var testDescription: String { reason.rawValue }
  }

  static let prose = "Ana made the roof. The roof is green. Nobody asked for any of this."

  @Test(arguments: [
    Guarded(message: ContextMessage(role: .system, texts: [prose]), reason: .rules),
    Guarded(message: ContextMessage(role: .developer, texts: [prose]), reason: .rules),
    Guarded(message: ContextMessage(role: .tool, texts: [prose]), reason: .toolResult),
    Guarded(
      message: ContextMessage(role: .assistant, texts: [prose], hasCalls: true), reason: .toolCall),
    Guarded(
      message: ContextMessage(role: .user, texts: [prose], name: "example_user"), reason: .example),
    Guarded(
      message: ContextMessage(role: .user, texts: [prose], isCached: true), reason: .cachedPrefix),
  ])
  func `some messages are never touched`(it: Guarded) {
    var messages = ContextText.asked("What is the fee?", of: Self.handbook)
    messages.insert(it.message, at: 1)
    for method in [ContextCompressor.Method.lossless, .extractive(.share(0))] {
      let made = ContextCompressor(method).compress(messages)
      #expect(made.messages[1].protection == it.reason)
      #expect(made.messages[1].texts.map(\.text) == it.message.texts)
      let last = made.messages[made.messages.count - 1]
      #expect(last.protection == .question)
      #expect(last.texts[0].text == "What is the fee?")
    }
  }

  @Test func `what follows the question is not touched`() {
    let messages =
      ContextText.asked("What is the fee?", of: Self.handbook)
      + [ContextMessage(role: .assistant, texts: [Self.prose])]
    let made = ContextCompressor(.extractive(.share(100_000))).compress(messages)
    #expect(made.messages[4].protection == .afterQuestion)
    #expect(made.messages[4].texts[0].text == Self.prose)
  }

  @Test(arguments: [
    "Translate it into French.", "Continue.", "Repeat your answer word for word.",
    "Fix the typos in it.", "Correct the spelling.", "Summarise everything so far.", "Yes, please.",
    "Why?", "Übersetze das.", "Make it shorter.", "And the second one?",
  ])
  func `a question about the whole leaves it whole`(question: String) {
    let messages = ContextText.asked(question, of: Self.handbook)
    let made = ContextCompressor(.extractive(.share(300_000))).compress(messages)
    #expect(made.outcome == .noGround)
    #expect(made.messages.map { $0.texts.map(\.text) } == messages.map(\.texts))
  }

  private static func turns(_ pairs: [(String, String)], live: String) -> [ContextMessage] {
    [ContextMessage(role: .system, texts: ["Label the text."])]
      + pairs.flatMap {
        [
          ContextMessage(role: .user, texts: [$0.0]),
          ContextMessage(role: .assistant, texts: [$0.1]),
        ]
      } + [ContextMessage(role: .user, texts: [live])]
  }

  private static let films = [
    "A red tractor stood beside the barn in Kent, and nothing else came to pass in it.",
    "In Cardiff the choir of the harbour sings, and the whole town comes to hear it.",
    "Dogs travel on the train to Leeds in this one, and nobody is asked to pay for it.",
  ]

  @Test(arguments: [
    ["negative", "positive", "neutral"], ["Very bad", "Good.", "a film for dogs"],
    [
      #"{"label": "bad", "score": 1}"#, #"{"score": 5, "label": "good"}"#,
      #"{"label":"", "score":0}"#,
    ],
  ])
  func `pairs behind the rules with labels for answers are examples`(answers: [String]) {
    let messages = Self.turns(
      Array(zip(Self.films, answers)), live: "Farmers in Leeds like the train.")
    let made = ContextCompressor(.extractive(.share(300_000))).compress(messages)
    #expect(made.messages.prefix(7).dropFirst().allSatisfy { $0.protection == .example })
    #expect(made.messages.map { $0.texts.map(\.text) } == messages.map(\.texts))
  }

  @Test func `one pair, and pairs that talk, are a conversation`() {
    let one = Self.turns([(Self.films[0], "ok")], live: "Where stood the tractor?")
    let talk = Self.turns(
      [(Self.films[0], Self.films[1]), (Self.films[1], "ok")], live: "Where stood the tractor?")
    let records = Self.turns(
      [
        (Self.films[0], #"{"a": 1, "b": [{"c": 2}, "a long answer"]}"#),
        (Self.films[1], #"{"c": 1, "d": "a long answer too"}"#),
      ],
      live: "Where?")
    for messages in [one, talk, records] {
      let made = ContextCompressor(.extractive(.share(300_000))).compress(messages)
      #expect(made.messages.allSatisfy { $0.protection != .example })
    }
  }

  @Test func `nothing to compress is said`() {
    let made = ContextCompressor(.extractive(.share(500_000))).compress([
      ContextMessage(role: .system, texts: ["Rules."]),
      ContextMessage(role: .user, texts: ["Hello?"]),
    ])
    #expect(made.outcome == .nothingToCompress)
    #expect(ContextCompressor(.lossless).compress([]).outcome == .nothingToCompress)
  }
}
