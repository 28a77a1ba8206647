/// The sentences, items, rows and blocks of a text.
package enum Sentences {
  /// In order, runs of white space as one blank; blocks of code as they stand.
  ///
  /// Finer than what may be dropped alone: `Not on Sundays.` is a sentence of its own here.
  package static func all(in text: String) -> [String] {
    let bytes = Array(text.utf8)
    return UnitReader.units(of: bytes).flatMap { unit -> [String] in
      let piece = String(decoding: bytes[Duplicates.visible(bytes, unit.range)], as: UTF8.self)
      if piece.isEmpty { return [] }
      // What governs others is prose like the rest.
      return unit.isProtected && unit.governing == nil ? [piece] : cut(FactReader.oneBlank(piece))
    }
  }

  /// Behind a full stop or its like, before a blank and a large letter; not behind an abbreviation.
  private static func cut(_ text: String) -> [String] {
    var found: [String] = []
    var start = text.startIndex
    for place in text.indices where text[place] == " " && place > start {
      let next = text[text.index(after: place)...].first { $0.isLetter || $0.isNumber }
      let word = text[start..<place].split(separator: " ").last ?? ""
      let core = word.drop { !$0.isLetter && !$0.isNumber }
      guard let mark = word.last(where: { !"\"')]”’»*_".contains($0) }), ".!?".contains(mark),
        next?.isUppercase == true || next?.isNumber == true,
        mark != "." || core.count > 4 || core.count > 3 && core.first?.isLowercase == true
      else { continue }
      found.append(String(text[start..<place]))
      start = text.index(after: place)
    }
    return found + [String(text[start...])]
  }
}
