import JSONWriting
import Testing

struct JSONEscapesTests {
  /// Texts go in by stretches; one letter alone is a stretch or an escape.
  @Test(arguments: UInt8(0)..<128)
  func `a text is escaped as its letters are, each alone`(code: UInt8) {
    let letter = Unicode.Scalar(code)
    for others in ["", "a", "é😀", "\"", "\n\\"] {
      var text = others
      text.unicodeScalars += [letter, "x", letter, letter]
      text += others
      var whole = Array("before".utf8)
      JSONEscapes.append(text, to: &whole)
      var alone = Array("before".utf8)
      for scalar in text.unicodeScalars { JSONEscapes.append(String(scalar), to: &alone) }
      #expect(whole == alone)
    }
  }
}
