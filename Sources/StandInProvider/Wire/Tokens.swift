/// The stand-in's own tokenizer: a simple rule that anybody can check by hand.
///
/// A token is up to four ASCII letters or digits, with the one space before them, or any other
/// single character of Unicode (scalar). So `Reset my password` is `Rese t| my| pass word`: 5. No
/// text has more tokens than bytes.
enum Tokens {
  static func count(_ text: String) -> Int { pieces(of: text).count }

  /// The text cut into its tokens; joined they are the text again.
  ///
  /// Linear in its length.
  static func pieces(of text: String) -> [Substring] {
    let scalars = text.unicodeScalars
    var pieces: [Substring] = []
    var start = scalars.startIndex
    while start < scalars.endIndex {
      var end = start
      if scalars[end] == " " {
        let next = scalars.index(after: end)
        if next < scalars.endIndex, scalars[next].isWordPart { end = next }
      }
      if scalars[end].isWordPart {
        var length = 0
        while length < 4, end < scalars.endIndex, scalars[end].isWordPart {
          end = scalars.index(after: end)
          length += 1
        }
      } else {
        end = scalars.index(after: end)
      }
      pieces.append(text[start..<end])
      start = end
    }
    return pieces
  }
}

extension Unicode.Scalar {
  fileprivate var isWordPart: Bool {
    switch self {
    case "a"..."z", "A"..."Z", "0"..."9": true
    default: false
    }
  }
}
