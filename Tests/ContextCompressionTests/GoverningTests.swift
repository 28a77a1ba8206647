import RoutingTestSupport
import Testing

@testable import ContextCompression

@Suite struct `Sentences that govern others` {
  private func governs(_ sentence: String) -> Governing? {
    let bytes = Array(sentence.utf8)
    return Governing.of(bytes, bytes.indices)
  }

  @Test(arguments: [
    "Everything below is void.", "The following rules no longer apply.", "Ignore the table above.",
    "Disregard the previous section.", "This page is out of date.",
    "Superseded by the guide of 2025.",
    "Correction: the fee is 3.00.", "Update: from May on it is free.", "Rule 3 was withdrawn.",
    "The rules above are for members only.", "Prices below are in euros.",
    "None of this applies in Norway.", "These terms hold until 31 May.",
    "Unless otherwise stated, a day is a working day.", "What I wrote above was wrong.",
    "Scratch that.", "From now on the desk is closed.",
    "The first two points do not apply to firms.",
    "Hereafter, a parcel means a letter too.", "The examples below are fictional.",
    "All of the foregoing isn’t binding.", "The rest of this page is a draft.",
    "Die folgenden Regeln gelten nicht mehr.", "Alles Obenstehende ist ungültig.",
    "Les règles ci-dessous ne s'appliquent plus.", "Las reglas siguientes ya no son válidas.",
  ])
  func `are known by what they say of a text`(sentence: String) {
    #expect(governs(sentence) != nil, "\(sentence)")
  }

  @Test(arguments: [
    "The desk opens at eight.", "If the temperature was above 8 degrees, the screen says so.",
    "A return is free of charge up to 10 kg; above that the shop is asked first.",
    "It is sent on the following day.", "The previous month is charged.",
    "After five wrong codes the locker blocks for an hour.", "A wrong invoice is corrected.",
    "The prices are in the table below, see there.", "Doors of size L or above are dear.",
    "The shop pays for the return unless its rules say otherwise.",
    "Enterprise has invoices instead of cards.", "The desk was closed for the next two weeks.",
    "No valid code was sent.", "It comes by text message and can be deleted.",
    "An order that was cancelled gets no reply.", "Keep the box below the bed closed.",
  ])
  func `are not those that speak of the world`(sentence: String) {
    // `below the bed` is a place too: in doubt a sentence governs.
    guard !sentence.contains("the bed") else {
      #expect(governs(sentence) != nil)
      return
    }
    #expect(governs(sentence) == nil, "\(sentence)")
  }

  @Test func `point up, down, at a table, or count`() {
    #expect(governs("Everything below is void.") == Governing(forth: true))
    #expect(governs("Ignore the table above.") == Governing(back: true, table: true))
    #expect(
      governs("The last two rules above are void.") == Governing(back: true, counts: true))
    #expect(governs("Superseded.") == Governing())
  }

  // MARK: - What is left

  private static let filler = [
    "Parcels of size M cost 4.10 to send.", "The roof of the hall is green.",
    "Ana leads the desk in Leeds.", "Cooled doors are cleaned on Mondays.",
    "A code has six digits.", "Vouchers are sent by letter.", "The hall in York has forty doors.",
    "Bicycles are parked behind the hall.", "Invoices are written on the first of the month.",
  ]

  private func left(
    _ question: String, _ context: String, to share: Int64 = 300_000
  ) -> String {
    let made = ContextCompressor(.extractive(.share(share)))
      .compress(ContextText.asked(question, of: context))
    if case .checkFailed(let problem) = made.outcome { Issue.record("\(problem)") }
    return made.messages[1].texts[0].text
  }

  private static let fee = "The fee for keeping a parcel is 1.50 a day."
  private static let question = "What is the fee for keeping a parcel?"

  @Test(arguments: [
    "Everything below is void.", "The following rules no longer apply.",
    "Update: all of it is void.",
    "The rules above and below are from 2019 and were replaced.", "This guide is a draft.",
  ])
  func `stay wherever they stand`(sentence: String) {
    let filler = Self.filler.joined(separator: " ")
    for text in [
      "\(sentence) \(filler) \(Self.fee)", "\(sentence)\n\n# Fees\n\n\(filler)\n\n\(Self.fee)",
      "\(filler) \(Self.fee) \(filler) \(sentence)",
      "\(filler)\n\n- one\n- \(sentence)\n\n\(Self.fee)",
      "\(sentence.dropLast())\n\n\(filler) \(Self.fee)", "\(filler)\n\n\(Self.fee)\n\n\(sentence)",
      "# \(sentence.dropLast())\n\n# Fees\n\n\(filler)\n\n\(Self.fee)",
    ] {
      // A heading that points nowhere governs its own section alone.
      if text.hasPrefix("# "), governs(sentence)?.forth != true { continue }
      let left = left(Self.question, text)
      #expect(left.contains(Self.fee))
      #expect(left.contains(sentence.dropLast()), "\(text.debugDescription)")
      #expect(left.utf8.count < text.utf8.count)
    }
  }

  @Test func `point at what they pointed at`() {
    let filler = Self.filler.joined(separator: " ")
    let old = "| size | old price |\n|---|---|\n| S | 1.00 |\n| M | 2.00 |\n"
    let new = "| size | fee for keeping |\n|---|---|\n| S | 3.00 |\n| M | 4.00 |\n"
    let left = left(
      "What is the fee for keeping size M?",
      "\(new)\n\(filler)\n\n\(old)\nIgnore the table above.\n")
    // Without the old table, it would be the new one that is ignored.
    #expect(left.contains("old price"))
    #expect(left.contains("Ignore the table above."))
    let points = self.left(
      Self.question,
      "\(filler)\n\n- Dogs may enter.\n- Cats may enter.\n- \(Self.fee)\n\nThe last two points above are void."
    )
    #expect(points.contains("Cats may enter."))
  }

  @Test(arguments: [
    "Parcels are kept for free. This does not hold for cooled parcels.",
    "Parcels are kept for free.\n\nExcept cooled parcels.",
    "Parcels are kept for free.\n\nHowever, cooled parcels cost 2.40.",
    "- Parcels are kept for free.\n- Except for cooled ones.",
    "Send the parcel by the form. Firms use the letter instead.",
  ])
  func `what bounds a sentence goes or stays with it`(pair: String) throws {
    let filler = Self.filler.joined(separator: " ")
    let first = try #require(pair.split(separator: ".").first)
    let last = try #require(pair.split(separator: ".", omittingEmptySubsequences: true).last)
    for share in stride(from: Int64(100_000), through: 900_000, by: 100_000) {
      let left = left(
        "Are parcels kept for free, by the form?", "\(filler)\n\n\(pair)\n\n\(filler)", to: share)
      #expect(left.contains(first) == left.contains(last), "\(share): \(left)")
    }
  }

  @Test func `keep the turn they stand in, and the one they speak of`() {
    var messages = [ContextMessage(role: .system, texts: ["Be brief."])]
    for (question, answer) in [
      ("Tell me about the roof.", "The roof is green."),
      ("What is the fee?", Self.fee),
      ("Are you sure?", "My previous message was wrong, sorry."),
      ("Who is Ana?", "Ana leads the desk."),
    ] {
      messages.append(ContextMessage(role: .user, texts: [question]))
      messages.append(ContextMessage(role: .assistant, texts: [answer]))
    }
    messages.append(ContextMessage(role: .user, texts: ["Is the roof green?"]))
    let made = ContextCompressor(.extractive(.share(300_000))).compress(messages)
    #expect(made.messages[6].texts[0].text == "My previous message was wrong, sorry.")
    #expect(!made.messages[4].isDropped || !made.messages[5].isDropped)
    #expect(made.messages[7].isDropped)
  }

  @Test func `no copy is dropped across one`() {
    let rule = "Parcels are kept for seven days, counted from the evening of the day they arrived."
    let text = "\(rule)\n\nEverything above is void.\n\n\(rule)\n"
    let messages = ContextText.asked("For how long?", of: text)
    let made = ContextCompressor(.lossless).compress(messages)
    #expect(made.messages[1].texts[0].text.components(of: rule) == 2)
    let copied = ContextText.asked("For how long?", of: "\(rule)\n\n\(rule)\n")
    let once = ContextCompressor(.lossless).compress(copied)
    #expect(once.messages[1].texts[0].text.components(of: rule) == 1)
  }

  @Test func `none is lost from any generated text`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix(state: seed)
    let sentences = [
      "Everything below is void.", "Ignore the table above.",
      "The following rules no longer apply.",
      "Correction: it is two.", "These rules were superseded in May.",
    ]
    var dropped = 0
    for _ in 0..<400 {
      let sentence = sentences.randomElement(using: &random) ?? ""
      let before = Self.filler.shuffled(using: &random).prefix(
        Int.random(in: 0...9, using: &random))
      let after = Self.filler.shuffled(using: &random).prefix(Int.random(in: 0...9, using: &random))
      let breaks = [" ", "\n\n", "\n- "]
      let text = (before + [sentence] + after).reduce("") {
        $0 + ($0.isEmpty ? "" : breaks.randomElement(using: &random) ?? " ") + $1
      }
      let share = Int64.random(in: 0...900_000, using: &random)
      let left = left("How many doors has York?", text, to: share)
      dropped += left.utf8.count < text.utf8.count ? 1 : 0
      #expect(left.contains(sentence), "seed \(seed): \(text.debugDescription)")
    }
    #expect(dropped > 200)
  }
}

extension String {
  fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
