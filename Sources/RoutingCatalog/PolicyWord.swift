/// A WORD of the policy language: what a model, provider, region or tag must be to be named in one.
///
/// `letter { letter | digit | "_" } { ( "-" | "." | "/" ) ( letter | digit ) { letter | digit | "_" } }`
package enum PolicyWord {
  /// The words no name can be: without them no condition of a policy has an end.
  package static let reserved: Set = ["when", "and", "or", "not", "in"]

  package static func isWord(_ text: String) -> Bool {
    var previous: UInt8?
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): break
      case UInt8(ascii: "0")...UInt8(ascii: "9"): if previous == nil { return false }
      case UInt8(ascii: "_"): if previous == nil || isJoint(previous) { return false }
      case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"):
        if previous == nil || isJoint(previous) { return false }
      default: return false
      }
      previous = byte
    }
    return previous != nil && !isJoint(previous)
  }

  /// The nearest word: other characters become `-`, a digit at the start gets a letter before it.
  static func suggestion(for text: String) -> String? {
    var word = ""
    for scalar in text.unicodeScalars.prefix(60) {
      let character = Character(scalar)
      if character.isASCII, character.isLetter || character.isNumber || character == "_" {
        word.append(character)
      } else if let last = word.utf8.last, !isJoint(last) {
        word.append(character == "." || character == "/" ? character : "-")
      }
    }
    while let last = word.utf8.last, isJoint(last) { word.removeLast() }
    if let first = word.first, first.isNumber { word = "m" + word }
    if word.hasPrefix("_") { word = "m" + word }
    return isWord(word) ? word : nil
  }

  private static func isJoint(_ byte: UInt8?) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "/")
  }
}
