import PolicySource

/// A comment as the formatter moves it: its text, and how it stood to what came before it.
struct Comment: Hashable {
  /// From `#` to the end of the line, without trailing blanks.
  let text: String
  /// How many line ends stand between it and what comes before it.
  let newlines: Int

  var isTrailing: Bool { newlines == 0 }
}

/// What stands before one token.
struct TriviaContent {
  var comments: [Comment] = []
  /// The line ends between the last comment (or token) and the token.
  var newlines = 0

  init(_ token: Token, of bytes: [UInt8], isFirst: Bool) {
    var index = Int(token.triviaStart)
    let end = min(Int(token.span.start), bytes.count)
    if isFirst { newlines = 1 }
    while index < end {
      let byte = bytes[index]
      if byte == .hash {
        let start = index
        while index < end, !bytes[index].isNewline { index += 1 }
        var last = index
        while last > start, bytes[last - 1].isBlank { last -= 1 }
        let text = String(decoding: bytes[start..<last], as: UTF8.self)
        comments.append(Comment(text: text, newlines: newlines))
        newlines = 0
        continue
      }
      if byte.isNewline {
        newlines += 1
        if byte == .carriageReturn, index + 1 < end, bytes[index + 1] == .newline { index += 1 }
      }
      index += 1
    }
  }
}
