import Testing
import TextPatterns

/// A text, one test of it, and whether it holds.
struct TextCase: CustomTestStringConvertible, Sendable {
  let pattern: TextPattern
  let text: String
  /// The text that decides; nil if the test does not hold.
  let found: String?

  init(_ pattern: TextPattern, _ text: String, finds found: String?) {
    self.pattern = pattern
    self.text = text
    self.found = found
  }

  static func mentions(_ word: String, in text: String, finds found: String?) -> TextCase {
    TextCase(.mentions([word]), text, finds: found)
  }

  static func has(_ kind: TextFeatureKind, _ text: String, finds found: String?) -> TextCase {
    TextCase(.has([kind]), text, finds: found)
  }

  var testDescription: String { "\(pattern) in \(text.debugDescription.prefix(60))" }
}

/// Holds a case against the scan and against the first match, which must agree.
func check(_ example: TextCase, sourceLocation: SourceLocation = #_sourceLocation) throws {
  let set = try PatternSet([example.pattern])
  let bytes = Array(example.text.utf8)
  var scan = TextScan(of: set)
  scan.start()
  let holds = try scan.holds(0, in: bytes.span)
  let range = try set.firstMatch(of: 0, in: bytes.span)
  let found = range.map { String(decoding: bytes[$0], as: UTF8.self) }
  #expect(holds == (example.found != nil), sourceLocation: sourceLocation)
  #expect(found == example.found, sourceLocation: sourceLocation)
}
