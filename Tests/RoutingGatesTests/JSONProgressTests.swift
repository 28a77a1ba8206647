import RoutingGates
import RoutingTestSupport
import Testing

@Suite struct `How far a text has come as JSON` {
  @Test(arguments: [
    "{}", " [ ] ", "{\"a\": [1, -0.5e+3, true, false, null, \"x\\u00e9\\n\"]}", "[[[{}]]]",
    "{\"a\":{\"b\":[]},\"c\":\"\"}", "[0]", "\"text\"", "12", "-1.5", "true",
    "\n{\"k\":\"\\\\\"}\t",
  ])
  func `never calls the beginning of JSON broken`(_ text: String) {
    #expect(JSONSchema.isJSON(text))
    var progress = JSONProgress()
    for byte in text.utf8 {
      progress.take(byte)
      #expect(!progress.isBroken, "\(text)")
    }
    let first = text.drop(while: \.isWhitespace).first
    #expect(progress.isClosed == (first == "{" || first == "["))
    #expect(!progress.isInString)
  }

  @Test(arguments: [
    "{,", "[1,]", "{\"a\" 1", "{\"a\":}", "[1 2", "01", "-", "1.", "1e", "tru ", "{a", "[1}", "{]",
    "{\"a\":1,}", "\"\\x", "\"\\u12g", "\"\n", "{} x", "[] {", "Sure", "1.e5", "+1", "nul1",
  ])
  func `calls broken what no end can make JSON`(_ text: String) {
    var progress = JSONProgress()
    progress.feed(text.utf8)
    // A number may still be on its way.
    let isOpenNumber = ["-", "1.", "1e"].contains(text)
    #expect(progress.isBroken == !isOpenNumber, "\(text)")
    for end in ["", "}", "]", "\"", "1", "\"}", "e\"]", " "] where !isOpenNumber {
      #expect(!JSONSchema.isJSON(text + end))
    }
  }

  @Test func `agrees with the reader on random texts`() {
    var random = SplitMix(state: 7)
    let pieces = [
      "{", "}", "[", "]", "\"", "\"a\"", ":", ",", "1", "0", "-", ".5", "e3", "true", "nul", "l",
      " ", "\n", "\\n", "\\u00e9", "é", "x",
    ]
    var whole = 0
    for _ in 0..<40_000 {
      let text = (0..<Int.random(in: 1...8, using: &random))
        .map { _ in pieces[Int.random(in: 0..<pieces.count, using: &random)] }.joined()
      var progress = JSONProgress()
      progress.feed(text.utf8)
      if JSONSchema.isJSON(text) {
        whole += 1
        #expect(!progress.isBroken, "\(text)")
      }
      if progress.isClosed { #expect(JSONSchema.isJSON(text), "\(text)") }
    }
    print("JSON on its way: 40000 texts, \(whole) of them whole")
    #expect(whole > 500)
  }
}
