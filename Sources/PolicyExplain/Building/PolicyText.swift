import PolicyGraph
package import PolicySemantics
package import PolicySource

/// The policy's own words: what stands at a span, on one line, and where.
package struct PolicyText: Sendable {
  private let sources: SourceMap

  package init(_ policy: CheckedPolicy) { sources = policy.sources }

  /// The text of a span with every run of white space and comments made one space.
  package func text(_ span: Span) -> String {
    var words: [Substring] = []
    for line in sources.text(of: span).split(separator: "\n") {
      words += withoutComment(line).split(whereSeparator: \.isWhitespace)
    }
    return words.joined(separator: " ")
  }

  package func place(_ span: Span?) -> Explanation.Place? {
    guard let span, let file = sources[span.file] else { return nil }
    let location = file.location(of: span.start)
    return Explanation.Place(path: file.path, line: location.line, column: location.column)
  }

  package func statement(_ text: String, _ span: Span?) -> Explanation.Statement {
    Explanation.Statement(text: text, place: place(span))
  }

  /// A `#` outside quotes and slashes begins a comment.
  private func withoutComment(_ line: Substring) -> Substring {
    var quote: Character?
    var isEscaped = false
    for index in line.indices {
      let character = line[index]
      if isEscaped {
        isEscaped = false
      } else if quote != nil, character == "\\" {
        isEscaped = true
      } else if let open = quote {
        if character == open { quote = nil }
      } else if character == "#" {
        return line[..<index]
      } else if character == "\"" || character == "/" {
        quote = isRegexStart(character, index, in: line) ? character : nil
      }
    }
    return line
  }

  /// A slash inside a word (`org/model`) opens no regex.
  private func isRegexStart(
    _ character: Character, _ index: Substring.Index, in line: Substring
  ) -> Bool {
    guard character == "/", index > line.startIndex else { return true }
    let before = line[line.index(before: index)]
    return !before.isLetter && !before.isNumber && before != "_"
  }
}
