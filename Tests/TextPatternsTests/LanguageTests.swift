import RoutingTestSupport
import Testing
import TextPatterns

/// The language of a question, on sentences as people write them, and what says too little.
@Suite struct LanguageTests {
  @Test(arguments: LanguageSentences.latin + LanguageSentences.others)
  func `names the language of real sentences`(_ sample: (code: String, sentences: String)) {
    let sentences = sample.sentences.split(separator: "\n")
    let wrong = sentences.filter { code(of: String($0)) != sample.code }
    // A short sentence may fit two neighbours equally, Danish and Norwegian above all; a whole
    // letter never does.
    #expect(
      wrong.count * 10 <= sentences.count * 4,
      "\(sample.code): \(wrong.map { "\($0) is \(code(of: String($0)))" })")
    #expect(code(of: sample.sentences) == sample.code)
  }

  @Test(arguments: LanguageSentences.unknown)
  func `says unknown where there is too little to go by`(_ text: String) {
    #expect(code(of: text) == "unknown")
  }

  @Test func `tells how often it is right`() {
    var right = 0
    var mistaken = 0
    var count = 0
    for sample in LanguageSentences.latin + LanguageSentences.others {
      for sentence in sample.sentences.split(separator: "\n") {
        let answer = code(of: String(sentence))
        count += 1
        right += answer == sample.code ? 1 : 0
        mistaken += answer != sample.code && answer != "unknown" ? 1 : 0
      }
    }
    SharedData.say(
      "language: \(right) of \(count) sentences right, \(mistaken) taken for another language")
    #expect(right * 100 >= count * 93)
    #expect(mistaken * 100 <= count)
  }

  @Test func `reads no further than it says`() {
    let start = String(repeating: "Wie geht es dir und was machst du? ", count: 200)
    #expect(code(of: start + String(repeating: "what is the matter with you ", count: 500)) == "de")
  }

  private func code(of text: String) -> String {
    TextLanguage.code(of: Array(text.utf8).span)
  }
}
