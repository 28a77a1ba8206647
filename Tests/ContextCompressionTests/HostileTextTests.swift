import Testing

@testable import ContextCompression

/// Texts that somebody made to be slow: what is read over and over for each of them would take hours.
@Suite(.timeLimit(.minutes(10))) struct `Hostile texts` {
  private static let size = 300_000

  private static func filled(_ piece: String, _ before: String = "", _ after: String = "") -> String
  {
    before + String(repeating: piece, count: size / piece.utf8.count) + after
  }

  struct Text: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    init(_ name: String, _ text: String) {
      testDescription = name
      self.text = text
    }
  }

  static let texts = [
    Text("a line of full stops", filled(".")),
    Text("full stops in a quote", filled(".", "He said \"", " no\" and left.")),
    Text("full stops of another script", filled("。", "「", "」")),
    Text("brackets that begin lines", filled("[a\n")),
    Text("brackets that begin lines, one with a key", filled("[a\n", "", "[\"a\": 1\n")),
    Text("one sentence of auxiliaries", filled("Is Ana may be ")),
    Text("capitals only", filled("IS ANA MAY BE ")),
    Text("sentences that speak of all others", filled("However, this counts. ")),
    Text("comments that nothing ends", filled("<!-- ")),
    Text("strikes", filled("~~ a\n\n")),
    Text("labels", filled("Oslo:\n\n")),
    Text("brackets of marks", filled("[[p")),
    Text("quotes", filled("\" ")),
    Text("gaps", filled("   a")),
    Text("one word", filled("a")),
  ]

  @Test(arguments: texts) func `are read in the end`(it: Text) {
    let messages = ContextText.asked("May I bring Ana, however she counts?", of: it.text)
    for method in [ContextCompressor.Method.lossless, .extractive(.share(300_000))] {
      let made = ContextCompressor(method).compress(messages)
      #expect(made.messages.count == messages.count)
    }
    _ = SummaryDraft(messages, to: .share(500_000))?.material
  }

  @Test func `a heading counts for what stands below it no more than its beginning`() {
    let heading = "# " + String(repeating: "parcels of Ana and others ", count: 800)
    let items = (1...6_000).map { "- Locker \($0) is at gate \($0 * 3)\n" }.joined()
    let made = ContextCompressor(.extractive(.share(300_000)))
      .compress(ContextText.asked("Where is locker 17?", of: "\(heading)\n\n\(items)"))
    #expect(made.messages[1].texts[0].text.contains("- Locker 17 is"))
  }

  @Test func `summaries of many sentences`() {
    let source = (1...4_000).map {
      "Locker \($0) stands at gate \($0 * 3) of the hall by the river."
    }
    let summary = source.map { $0.replacing(" by the river", with: "") }
    #expect(
      SummaryCheck.problem(in: summary.joined(separator: " "), of: source.joined(separator: " "))
        == nil)
    let same = Array(
      repeating: "The hall has a gate by the river and a gate by the hall.", count: 4_000)
    #expect(
      SummaryCheck.problem(
        in: String(repeating: "The gate has a hall. ", count: 4_000),
        of: same.joined(separator: " ")) != nil)
  }
}
