/// What a mark opens and another one closes, however many paragraphs stand between the two.
///
/// A piece of a comment or of what is struck out, without its marks, would say what nobody says.
enum MarkupSpans {
  private static let pairs: [(open: StaticString, close: StaticString)] = [
    ("<!--", "-->"), ("<del>", "</del>"), ("<s>", "</s>"), ("<strike>", "</strike>"),
  ]

  /// From each mark that opens to the one that closes it, in order; what is never closed is no span.
  ///
  /// Linear: every end is looked for once, from one place to the next.
  static func all(in bytes: [UInt8]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    /// Of each kind: whether none closes any more.
    var isOver = Array(repeating: false, count: pairs.count)
    var struck: Int?
    var place = 0
    while place < bytes.count {
      if bytes[place] == 0x7E {
        var end = place
        while end < bytes.count, bytes[end] == 0x7E { end += 1 }
        // Three are a fence, one is `about`.
        if end - place == 2 {
          if let start = struck {
            found.append(start..<end)
            struck = nil
          } else {
            struck = place
          }
        }
        place = end
        continue
      }
      if bytes[place] == 0x3C,
        let kind = pairs.indices.first(where: {
          !isOver[$0] && stands(pairs[$0].open, bytes, place)
        })
      {
        if let end = end(of: pairs[kind].close, bytes, from: place + 3) {
          found.append(place..<end)
          place = end
          continue
        }
        isOver[kind] = true
      }
      place += 1
    }
    return found
  }

  private static func stands(_ mark: StaticString, _ bytes: [UInt8], _ place: Int) -> Bool {
    let count = mark.utf8CodeUnitCount
    return place + count <= bytes.count
      && zip(bytes[place..<place + count], "\(mark)".utf8).allSatisfy { $0.folded == $1 }
  }

  private static func end(of mark: StaticString, _ bytes: [UInt8], from start: Int) -> Int? {
    guard let first = "\(mark)".utf8.first else { return nil }
    var place = start
    while place < bytes.count {
      if bytes[place] == first, stands(mark, bytes, place) {
        return place + mark.utf8CodeUnitCount
      }
      place += 1
    }
    return nil
  }
}
