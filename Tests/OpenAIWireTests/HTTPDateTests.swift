import Testing

@testable import OpenAIWire

@Suite struct `An instant as HTTP writes it` {
  @Test(
    arguments: [
      (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
      (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
      (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
      (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT"),
      (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
    ] as [(Int64, String)])
  func `is written and read`(seconds: Int64, text: String) {
    #expect(HTTPDate(seconds: seconds)?.text == text)
    #expect(HTTPDate(text)?.seconds == seconds)
  }

  @Test func `is none where HTTP has no words for it`() {
    #expect(HTTPDate("Sat, 31 Feb 2026 00:00:00 GMT") == nil)
    #expect(HTTPDate(seconds: .max) == nil && HTTPDate(seconds: .min) == nil)
    #expect(HTTPDate(seconds: 253_402_300_799)?.text == "Fri, 31 Dec 9999 23:59:59 GMT")
    #expect(HTTPDate(seconds: 253_402_300_800) == nil)
  }

  @Test func `is the same when it was written and read, on every day of four centuries`() {
    for day in Int64(0)..<146_097 {
      let seconds = day * 86_400 + day % 86_400
      let text = HTTPDate(seconds: seconds)?.text ?? "none"
      guard HTTPDate(text)?.seconds == seconds else {
        Issue.record("day \(day): \(text)")
        return
      }
    }
  }
}
