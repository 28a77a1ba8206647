/// A text to look for, in the form the automaton reads.
struct Keyword {
  /// Folded for `mentions`, as written for `contains`; never with two spaces in a row if folded.
  let bytes: [UInt8]
  /// Its first and last characters ask for a word boundary.
  let startsBound: Bool
  let endsBound: Bool
  /// For each byte whether a word may begin after it.
  let startsAfter: [Bool]

  /// A keyword as `mentions` means it; nil if nothing of it is visible.
  init?(mentioned text: String) {
    var folded: [UInt8] = []
    for byte in FoldedText(text).bytes.map(ASCII.folded)
    where byte != 0x20 || folded.last ?? 0x20 != 0x20 {
      folded.append(byte)
    }
    if folded.last == 0x20 { folded.removeLast() }
    guard !folded.isEmpty else { return nil }
    bytes = folded

    var startsAfter = [Bool](repeating: false, count: folded.count)
    var end = 0
    var bounds: [Bool] = []
    for scalar in String(decoding: folded, as: UTF8.self).unicodeScalars {
      let isBound = WordRules.isBoundWord(scalar.value)
      end += UTF8.width(scalar)
      if startsAfter.indices.contains(end - 1) { startsAfter[end - 1] = !isBound }
      bounds.append(isBound)
    }
    self.startsAfter = startsAfter
    startsBound = bounds.first ?? false
    endsBound = bounds.last ?? false
  }

  /// A text as `contains` means it; nil if it is empty.
  init?(exact text: String) {
    guard !text.isEmpty else { return nil }
    bytes = Array(text.utf8)
    startsAfter = [Bool](repeating: true, count: bytes.count)
    startsBound = false
    endsBound = false
  }
}
