import Testing

@testable import ContextCompression

@Suite struct `The facts of a text` {
  @Test(arguments: [
    ("It weighs 25 kg and costs €9.50.", ["number 25 kg", "number €9.50"]),
    ("Refunds take 5 working days, by 2026-03-01.", ["number 5 working", "date 2026-03-01"]),
    ("Closed on 24 December and March 3.", ["date 24 December", "date March 3"]),
    (
      "Ask Anna Berg in Oslo about SKU-1204.",
      ["name Anna Berg", "name Oslo", "identifier SKU-1204"]
    ),
    (
      "See https://help.example.org/a?b=1 or mail help@example.org.",
      ["url https://help.example.org/a?b=1", "url help@example.org"]
    ),
    ("Say \"we are on it\" and run `rm -r`.", ["quote we are on it", "code rm -r"]),
    ("1. First thing.\n2. Then this.", []),
    ("Plain words stand here. Others too.", []),
    (
      "Set order_id and {name}, at 80%.",
      ["identifier order_id", "identifier {name}", "number 80%"]
    ),
    ("The VAT is due.", ["name VAT"]),
  ])
  func `are what changes its meaning`(_ text: String, _ expected: [String]) {
    let found = TextFact.all(in: text).map { "\($0.kind.rawValue) \($0.text)" }
    #expect(found == expected)
  }

  @Test func `lost and new ones are told apart from those that stay`() {
    let loss = FactLoss(
      from: "Refunds take 5 days. Never promise a date. Call Anna.",
      to: "Refunds take 6 days. Call Anna.")
    #expect(loss.lost.map(\.text) == ["5 days", "Never promise a date."])
    #expect(loss.lost.map(\.kind) == [.number, .negation])
    #expect(loss.added.map(\.text) == ["6 days"])
  }

  @Test func `a text loses nothing against itself, and line breaks are blanks`() {
    let text = "Lockers weigh 25 kg at most. Do not open them for others. See order_id."
    #expect(FactLoss(from: text, to: text) == FactLoss(from: "", to: ""))
    let wrapped = text.split(separator: " ").joined(separator: "\n")
    #expect(TextFact.all(in: text).allSatisfy { FactPlace(wrapped).holds($0) })
  }

  @Test func `a number stands neither in a longer one nor before another unit`() {
    let place = FactPlace("It is 19.50 and 120 kg, at 9:30.")
    for text in ["9.50", "19", "20 kg", "12", "30", "9"] {
      #expect(!place.holds(TextFact(kind: .number, text: text)), "\(text)")
    }
    for text in ["19.50", "120 kg", "9:30"] {
      #expect(place.holds(TextFact(kind: .number, text: text)), "\(text)")
    }
  }
}

@Suite struct `A summary held against its source` {
  static let source = """
    Parcels of up to 25 kg are sent to Norway within 5 days. Batteries are not sent at all. \
    Anna Berg answers for customs; write to customs@example.org. The fee is 9.50 euros a parcel, \
    and it is paid at the counter by the sender.
    """

  @Test(arguments: [
    "Parcels up to 25 kg reach Norway within 5 days. Batteries are not sent.",
    "The fee is 9.50 euros a parcel.",
    "Anna Berg answers for customs: customs@example.org.",
    "Batteries are not sent at all.",
  ])
  func `holds where it only leaves out`(_ summary: String) {
    #expect(SummaryCheck.problem(in: summary, of: Self.source) == nil)
  }

  @Test(arguments: [
    ("Parcels up to 20 kg reach Norway.", SpanProblem.summaryFact),
    ("Parcels up to 25 g are sent to Norway.", .summaryFact),
    ("Parcels of up to 25 are sent to Norway.", .summaryFact),
    ("Parcels are sent to Sweden.", .summaryFact),
    ("Sweden parcels are sent.", .summaryFact),
    ("Batteries are sent.", .summaryNegation),
    ("Parcels are not sent to Norway.", .summaryNegation),
    ("The fee is not paid by the sender.", .summaryNegation),
    ("The weather was lovely yesterday.", .summaryWords),
    ("Weather was lovely yesterday.", .summaryFact),
    ("the weather was lovely yesterday.", .summaryWords),
    ("", .summaryLength),
  ])
  func `fails where it says otherwise`(_ summary: String, _ problem: SpanProblem) {
    #expect(SummaryCheck.problem(in: summary, of: Self.source) == problem)
  }

  /// Every number and name of real sentences, changed: none is let through.
  @Test func `never holds with another number`() {
    var tried = 0
    for number in ["25", "5", "9.50"] {
      for other in 0..<100 where "\(other)" != number {
        let changed = Self.source.replacing(number, with: "\(other)")
        guard changed != Self.source else { continue }
        let summary = String(changed.dropLast(40))
        let problem = SummaryCheck.problem(in: summary, of: Self.source)
        #expect(problem != nil, "\(number) as \(other)")
        tried += 1
      }
    }
    print("summaries with another number: \(tried), none held")
  }
}

@Suite struct `What a model is asked to write shorter` {
  private static let prose = String(repeating: "The hall has a gate by the river. ", count: 12)

  @Test func `leaves code and tables where they are`() throws {
    let text = Self.prose + "\n\n```\nlet x = 1\n```\n\n" + Self.prose
    let messages = [
      ContextMessage(role: .system, texts: ["Be kind."]),
      ContextMessage(role: .user, texts: [text]),
      ContextMessage(role: .user, texts: ["Where?"]),
    ]
    let draft = try #require(SummaryDraft(messages, to: .share(500_000)))
    #expect(!draft.material.contains("let x"))
    #expect(draft.material.contains("[[1]]") && draft.material.contains("[[2]]"))
    #expect(draft.order.utf8.count <= 450)
    let made = draft.made(from: "[[1]]\nThe hall has a gate.\n[[2]]\nThe gate is by the river.")
    #expect(made.outcome == .compressed)
    #expect(
      made.messages[1].texts[0].text
        == "The hall has a gate. \n\n```\nlet x = 1\n```\n\nThe gate is by the river. ")
    #expect(made.messages[0].texts[0].text == "Be kind.")
    let bad = ["The hall.", "[[2]]\nThe hall.\n[[1]]\nThe gate.", "[[1]]\nThe hall.\n[[2]]\n", ""]
    for answer in bad {
      #expect(draft.made(from: answer).outcome == .checkFailed(.summaryParts), "\(answer)")
    }
  }

  @Test func `nothing is asked about the question, the rules and short texts`() {
    let messages = [
      ContextMessage(role: .system, texts: [Self.prose]),
      ContextMessage(role: .user, texts: ["Short."]),
      ContextMessage(role: .user, texts: [Self.prose]),
    ]
    #expect(SummaryDraft(messages, to: .share(500_000)) == nil)
  }
}
