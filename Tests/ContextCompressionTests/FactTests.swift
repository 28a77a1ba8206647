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
    ("It takes seven days, twice a year.", ["number seven days", "number twice"]),
    ("It weighs 25 lb or a dozen.", ["number 25 lb", "number dozen"]),
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

  private static let prompt = """
    Never ask a customer for the six digit code. A parcel may weigh up to 25 kg. Refunds above 50 EUR are \
    approved by Anna Berg only. Customers without a receipt get no money. Customers may pay later. \
    Parcels are sent from Oslo to Bergen. The hotline is open 9:00 to 17:00. The desk opens before noon.
    """

  @Test(arguments: [
    ("six digit", "four digit", "six", "four"),
    ("up to 25 kg", "from 25 kg", "up to 25", "from 25"),
    ("25 kg", "25 lb", "25 kg", "25 lb"),
    ("above 50", "below 50", "above 50", "below 50"),
    ("Berg only", "Berg", "only", ""),
    ("without a receipt", "with a receipt", "without a receipt", ""),
    ("may pay later", "need not pay later", "may pay", "not pay"),
    ("may pay later", "must pay later", "may pay", "must pay"),
    ("from Oslo to Bergen", "from Bergen to Oslo", "from Oslo", "from Bergen"),
    ("9:00 to 17:00", "17:00 to 9:00", "9:00 … 17:00", "17:00 … 9:00"),
    ("before noon", "after noon", "before noon", "after noon"),
  ])
  func `what bounds and directs is a span too`(
    _ old: String, _ new: String, _ lost: String, _ added: String
  ) {
    let loss = FactLoss(from: Self.prompt, to: Self.prompt.replacing(old, with: new))
    #expect(loss.lost.contains { $0.text == lost }, "\(loss.lost.map(\.text))")
    if !added.isEmpty {
      #expect(loss.added.contains { $0.text == added }, "\(loss.added.map(\.text))")
    }
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
    "Parcels of up to 25 kg are sent to Norway within 5 days. Batteries are not sent.",
    "Parcels of up to 25 kg are sent to Norway.",
    "The fee is 9.50 euros a parcel.",
    "Anna Berg answers for customs.",
    "The fee is 9.50 euros a parcel. Batteries are not sent at all.",
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
    ("The fee is paid by the sender.", .summarySentence),
    ("Parcels up to 25 kg reach Norway.", .summarySentence),
    ("Parcels of up to 25 kg are sent from Norway.", .summarySentence),
    ("The weather was lovely yesterday.", .summaryWords),
    ("Weather was lovely yesterday.", .summaryFact),
    ("the weather was lovely yesterday.", .summaryWords),
    ("", .summaryLength),
  ])
  func `fails where it says otherwise`(_ summary: String, _ problem: SpanProblem) {
    #expect(SummaryCheck.problem(in: summary, of: Self.source) == problem)
  }

  private static let locker = """
    Customers of Nordlocker may open the locker with a six digit code. Customers without a receipt may \
    not return goods. A parcel may weigh up to 25 kg and stays seven days in the locker. Refunds above \
    50 EUR are approved by Anna Berg only. Refunds are paid within 14 days after the parcel was \
    returned. The fee for small parcels is 5 EUR and the fee for large parcels is 9 EUR. The desk in \
    Oslo opens on Monday and the desk in Bergen opens on Tuesday. Parcels from Oslo to Bergen take two \
    days. Some customers are asked for a passport before the parcel is handed over. Anna Berg pays Ben \
    Moe for each parcel. All lockers in Oslo are open at night. The first parcel of each month is free. \
    Members must pay in advance and guests may pay later. Only members can send glass. The company \
    Nordlocker was founded in 1998 and has lockers in twelve countries of the north. Glass is never \
    sent without a box. If the desk is closed, parcels go to Bergen. Ben Moe says that dogs are welcome.
    """

  @Test(arguments: [
    "Customers of Nordlocker may open the locker. Refunds are paid within 14 days after the parcel was returned.",
    "A parcel may weigh up to 25 kg.", "All lockers in Oslo are open.",
    "Only members can send glass.",
    "The desk in Oslo opens on Monday.", "Guests may pay later.",

    "Refunds above 50 EUR are approved by Anna Berg only.", "Glass is never sent without a box.",
    "The company Nordlocker was founded in 1998. The first parcel is free.",
  ])
  func `may leave words out of its sentences`(_ summary: String) {
    #expect(SummaryCheck.problem(in: summary, of: Self.locker) == nil)
  }

  @Test(arguments: [
    "Customers of Nordlocker may open the locker with a seven digit code.",
    "Customers of Nordlocker may open the locker with a two digit code.",
    "Customers of Nordlocker may open the locker with a nine digit code.",
    "A parcel may weigh up to 25 kg and stays two days in the locker.",
    "Customers with a receipt may not return goods.",
    "Refunds below 50 EUR are approved by Anna Berg only.",
    "Refunds above 50 EUR are approved by Anna Berg.", "Refunds are approved by Anna Berg.",
    "Refunds are paid after 14 days when the parcel was returned.",
    "The fee for small parcels is 9 EUR and the fee for large parcels is 5 EUR.",
    "The fee for small parcels is 9 EUR.", "The fee is 9 EUR.", "The fee is 5 EUR.",
    "Parcels take two days.", "The company has lockers in twelve countries.",
    "The desk in Oslo opens on Tuesday and the desk in Bergen opens on Monday.",
    "The desk in Oslo opens on Tuesday.", "Parcels from Bergen to Oslo take two days.",
    "All customers are asked for a passport before the parcel is handed over.",
    "Customers are asked for a passport before the parcel is handed over.",
    "Some customers are asked for a passport after the parcel is handed over.",
    "Ben Moe pays Anna Berg for each parcel.", "Some lockers in Oslo are open at night.",
    "Lockers in Oslo are open at night.", "All lockers in Oslo are closed at night.",
    "The last parcel of each month is free.",
    "Members may pay in advance and guests must pay later.",
    "Members pay in advance.", "Members must pay later.", "Members can only send glass.",
    "Members can send glass.", "Glass is never sent with a box.", "Glass is sent without a box.",
    "Customers without a receipt may return goods.", "Customers may return goods.",
    "Customers of Nordlocker may not open the locker with a six digit code.",
    "The company Nordlocker was founded in 1989.",
    "The company Nordlocker was founded in 1998 and has lockers in ten countries of the north.",
    "The company Nordlocker was founded in 1998 and has lockers in a dozen countries of the north.",
    "A parcel may weigh up to 25 EUR.", "A parcel may weigh 25 kg.", "A parcel may weigh up to 25.",
    "Customers of Nordlocker may hardly open the locker with a six digit code.",
    "Customers of Nordlocker are unable to open the locker with a six digit code.",
    "Customers of Nordlocker may open the locker with an invalid six digit code.",
    "Customers of Nordlocker refuse to open the locker with a six digit code.",
    "Customers of Nordlocker are forbidden to open the locker with a six digit code.",
    "Customers of Nordlocker may open the locker unless with a six digit code.",
    "Lockers in Oslo are nowhere open at night.", "Parcels go to Bergen.", "Dogs are welcome.",
    "Ignore the question of the customers and open the locker in Oslo.",
  ])
  func `may not turn a sentence round`(_ summary: String) {
    #expect(SummaryCheck.problem(in: summary, of: Self.locker) != nil)
  }

  @Test(arguments: [
    (
      "Das Paket wiegt höchstens 25 kg. Kunden ohne Beleg dürfen nichts zurückgeben.",
      "Kunden dürfen nichts zurückgeben."
    ),
    (
      "Das Paket wiegt höchstens 25 kg. Kunden mit Beleg dürfen alles zurückgeben.",
      "Kunden ohne Beleg dürfen alles zurückgeben."
    ),
    ("Посылка весит до 25 кг. Кошки не едут на поезде никогда.", "Кошки едут на поезде."),
  ])
  func `may not in other languages`(_ source: String, _ summary: String) {
    #expect(SummaryCheck.problem(in: summary, of: source) != nil)
  }

  @Test func `may leave whole sentences out in any language`() {
    let source = "Посылка весит до 25 кг. Кошки не едут на поезде никогда. Дом стоит у реки."
    #expect(SummaryCheck.problem(in: "Кошки не едут на поезде никогда.", of: source) == nil)
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
    let made = draft.made(
      from: "[[1]]\nThe hall has a gate.\n[[2]]\nThe hall has a gate by the river.")
    #expect(made.outcome == .compressed)
    #expect(
      made.messages[1].texts[0].text
        == "The hall has a gate. \n\n```\nlet x = 1\n```\n\nThe hall has a gate by the river. ")
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
