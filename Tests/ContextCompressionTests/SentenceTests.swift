import Testing

@testable import ContextCompression

@Suite struct `Sentences` {
  struct Case: Sendable, CustomTestStringConvertible {
    let parts: [String]
    var testDescription: String { parts.joined(separator: "¦") }
    init(_ parts: String...) { self.parts = parts }
  }

  static let cases = [
    Case("It costs 1.50 a day. ", "At most 14 days more."),
    Case("See e.g. Smith et al. and Dr. Jones."),
    Case("J. R. Smith wrote it. ", "Nobody read it."),
    Case("Open until 6 p.m. on Fridays. ", "Closed on Sundays."),
    Case("Read https://a.example/x.y?z=1. ", "Then call."),
    Case("Am 3. März kommt er. ", "Danach geht er."),
    Case("He asked \"Why? Because.\" and left. ", "Nobody knew."),
    Case("She said \"No.\" ", "He left."),
    Case("“Stop. Now.” ", "They did."),
    Case("(See the list. It is long.) ", "Then go on."),
    Case("これは本です。", "値段は500円です。", "安いですか？", "はい！"),
    Case("「だめです。帰って。」と言った。", "終わり。"),
    Case("هل هذا صحيح؟ ", "نعم. ", "شكرا."),
    Case("यह सही है। ", "वह गलत है।"),
    Case("Entry is free. ", "Except on Sundays. ", "Bring a card."),
    Case("The fee is 3. It is due in May. ", "Locks are free."),
    Case("Wait... maybe not. ", "Go."),
    Case("Version 2.0 is out. ", "Version 3 is not."),
    Case("No. 5 is red. ", "The rest is blue."),
    Case("Is it?! ", "Yes."),
    Case("Use `a. B` here. ", "Nobody there."),
    Case("One line.\n", "Another."),
    Case("A U.S. citizen came. ", "She stayed."),
    Case("「はい。」", "「いいえ。」と言う。"),
    Case("「はい。」\n", "彼は帰った。"),
    Case("no end"),
    Case("... "),
  ]

  @Test(arguments: cases)
  func `are cut where they end`(it: Case) {
    let bytes = Array(it.parts.joined().utf8)
    let found = SentenceReader.sentences(in: bytes, from: 0, to: bytes.count)
    #expect(found.map { String(decoding: bytes[$0], as: UTF8.self) } == it.parts)
  }
}
