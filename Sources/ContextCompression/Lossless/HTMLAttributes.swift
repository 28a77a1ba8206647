/// Which attributes of a tag may go because they say nothing a reader of the page is told.
enum HTMLAttributes {
  private static let mute = WordSet(
    """
    class id name lang xml:lang xmlns width height border cellpadding cellspacing align valign bgcolor \
    color face size rel target charset media src srcset sizes loading decoding href alt role scope \
    property content http-equiv type crossorigin integrity async defer nonce referrerpolicy
    """)
  /// Kinds of data that pages carry about themselves.
  private static let machine = WordSet(
    "viewport generator robots theme-color color-scheme format-detection referrer csrf-token")

  /// Whether all attributes of a tag are known to say nothing.
  ///
  /// `title`, `aria-label`, `value`, `datetime`, `hidden`, `colspan`, `start` and whatever else is not
  /// known say something. Linear.
  static func sayNothing(_ bytes: [UInt8], _ range: Range<Int>, of tag: Range<Int>) -> Bool {
    let isMeta = bytes[tag].lazy.map(\.folded).elementsEqual("meta".utf8)
    var place = range.lowerBound
    /// Of a `meta`: whether it has text, and whether that is for machines.
    var (hasText, isForMachines) = (false, false)
    while place < range.upperBound {
      if bytes[place].isWhite || bytes[place] == 0x2F {
        place += 1
        continue
      }
      let start = place
      while place < range.upperBound, !bytes[place].isWhite, bytes[place] != 0x3D,
        bytes[place] != 0x2F
      {
        place += 1
      }
      let name = start..<place
      guard !name.isEmpty else { return false }
      guard let value = value(bytes, &place, before: range.upperBound) else { return false }
      if isMeta {
        if spells("content", bytes, name) { hasText = true }
        if spells("name", bytes, name) { isForMachines = machine.contains(bytes, value) }
        if spells("http-equiv", bytes, name) { isForMachines = true }
      }
      if spells("style", bytes, name) {
        guard !styleChangesText(bytes[value]) else { return false }
      } else if spells("type", bytes, name), bytes[value].contains([0x6A, 0x73, 0x6F, 0x6E]) {
        // `application/ld+json`.
        return false
      } else if !mute.contains(bytes, name), !isOfScript(bytes, name) {
        return false
      }
    }
    return !hasText || isForMachines
  }

  /// The value behind an attribute's name, empty if it has none; nil if a quote does not end.
  private static func value(
    _ bytes: [UInt8], _ place: inout Int, before end: Int
  ) -> Range<Int>? {
    guard place < end, bytes[place] == 0x3D else { return place..<place }
    place += 1
    guard place < end else { return place..<place }
    let start = place
    guard bytes[place] == 0x22 || bytes[place] == 0x27 else {
      while place < end, !bytes[place].isWhite { place += 1 }
      return start..<place
    }
    let quote = bytes[place]
    place += 1
    while place < end, bytes[place] != quote { place += 1 }
    guard place < end else { return nil }
    place += 1
    return start + 1..<place - 1
  }

  /// `data-…`, `onclick`.
  private static func isOfScript(_ bytes: [UInt8], _ name: Range<Int>) -> Bool {
    let start = bytes[name].prefix(5).map(\.folded)
    return start.elementsEqual("data-".utf8) || start.starts(with: "on".utf8) && name.count > 4
  }

  private static func spells(_ word: StaticString, _ bytes: [UInt8], _ name: Range<Int>) -> Bool {
    bytes[name].lazy.map(\.folded).elementsEqual("\(word)".utf8)
  }

  /// Whether a style may hide a text, strike it through, put it elsewhere or add to it.
  static func styleChangesText(_ style: ArraySlice<UInt8>) -> Bool {
    let folded = style.map(\.folded)
    return changing.contains { folded.contains($0) }
  }

  private static let changing: [[UInt8]] = [
    "display", "visib", "hidden", "content", "through", "decoration", "opacity", "clip", "indent",
    "position", "order:", "direction", "transform", "counter", "list-style", "column", "url(",
    "font-size", "white-space", "@import",
  ].map { Array($0.utf8) }
}
