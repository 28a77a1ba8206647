import PolicySource
import PolicySyntax

/// A regular expression behind `matches`, as it was written.
struct WrittenRegex {
  let literal: RegexLiteral
  /// From `matches` to the end of the pattern.
  let check: Span
  let tree: RegexNode

  /// Nil for any other term, and for a pattern that cannot be read.
  init?(_ term: Term) {
    guard case .matches(let literal, let place)? = term.check,
      let tree = RegexReader.read(literal.pattern)
    else { return nil }
    self.literal = literal
    self.tree = tree
    check = place.union(literal.span)
  }

  /// Where some UTF-8 bytes of the pattern stand: `\/` there is `/` in the pattern.
  func span(of range: Range<Int>, in sources: SourceMap) -> Span {
    guard let file = sources[literal.span.file] else { return literal.span }
    let last = min(Int(literal.span.end) - 1, file.bytes.count)
    var index = Int(literal.span.start) + 1
    var places: [Int] = []
    while index < last {
      let isSlash =
        file.bytes[index] == UInt8(ascii: "\\") && index + 1 < last
        && file.bytes[index + 1] == UInt8(ascii: "/")
      if isSlash { index += 1 }
      places.append(index)
      // An escaped backslash is no start of an escaped slash.
      if !isSlash, file.bytes[index] == UInt8(ascii: "\\"), index + 1 < last {
        index += 1
        places.append(index)
      }
      index += 1
    }
    places.append(last)
    guard range.lowerBound < range.upperBound, range.upperBound < places.count else {
      return literal.span
    }
    return Span(
      file: literal.span.file, start: UInt32(places[range.lowerBound]),
      end: UInt32(places[range.upperBound]))
  }
}
