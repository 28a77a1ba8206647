/// What a line looks like by itself.
struct LineKinds {
  let bytes: [UInt8]

  func starts(_ line: TextLine, with prefix: StaticString) -> Bool {
    starts(at: line.content, before: line.end, with: prefix)
  }

  func starts(at place: Int, before end: Int, with prefix: StaticString) -> Bool {
    let count = prefix.utf8CodeUnitCount
    guard place + count <= end else { return false }
    var offset = place
    for byte in "\(prefix)".utf8 {
      guard bytes[offset] == byte else { return false }
      offset += 1
    }
    return true
  }

  /// The mark of a fence and how often it stands there, at least three times.
  func fence(_ line: TextLine) -> (mark: UInt8, count: Int)? {
    guard line.content < line.end else { return nil }
    let mark = bytes[line.content]
    guard mark == 0x60 || mark == 0x7E else { return nil }
    var place = line.content
    while place < line.end, bytes[place] == mark { place += 1 }
    let count = place - line.content
    guard count >= 3 else { return nil }
    // ```like this``` is a span of a line, not a fence.
    if mark == 0x60, bytes[place..<line.end].contains(0x60) { return nil }
    return (mark, count)
  }

  func closes(_ line: TextLine, _ fence: (mark: UInt8, count: Int)) -> Bool {
    line.end - line.content >= fence.count
      && bytes[line.content..<line.end].allSatisfy { $0 == fence.mark }
  }

  /// Whether a fence stands somewhere in lines of prose, where a cut could make it begin a line.
  func holdsFence(_ range: Range<Int>) -> Bool {
    var run = 0
    for place in range {
      let byte = bytes[place]
      let isMark = byte == 0x60 || byte == 0x7E
      run = isMark ? run + 1 : 0
      if run == 3 { return true }
    }
    return false
  }

  func startsDiff(_ line: TextLine, next: TextLine?) -> Bool {
    guard line.indent == 0, line.content < line.end else { return false }
    switch bytes[line.content] {
    case 0x64: return starts(line, with: "diff --")
    case 0x40: return starts(line, with: "@@ ")
    case 0x49: return starts(line, with: "Index: ")
    case 0x2D:
      guard let next else { return false }
      return starts(line, with: "--- ") && starts(next, with: "+++ ")
    default: return false
    }
  }

  func continuesDiff(_ line: TextLine) -> Bool {
    guard line.start < line.next else { return false }
    switch bytes[line.start] {
    case 0x20, 0x2B, 0x2D, 0x40, 0x5C, 0x3D: return true
    default:
      return starts(line, with: "diff --") || starts(line, with: "index ")
        || starts(line, with: "new file") || starts(line, with: "deleted file")
        || starts(line, with: "rename ") || starts(line, with: "similarity ")
        || starts(line, with: "old mode") || starts(line, with: "new mode")
        || starts(line, with: "Binary files")
    }
  }

  /// Where the text of a list item begins; nil if the line is none.
  func itemText(_ line: TextLine) -> Int? {
    guard line.content < line.end else { return nil }
    var place = line.content
    let first = bytes[place]
    if first == 0x2D || first == 0x2A || first == 0x2B {
      place += 1
    } else if first == 0xE2, starts(line, with: "•") {
      place += 3
    } else {
      while place < line.end, bytes[place].isDigit, place - line.content < 4 { place += 1 }
      if place == line.content {
        guard first.isLetter, place + 1 < line.end, bytes[place + 1] == 0x29 else { return nil }
        place += 1
      }
      guard place < line.end, bytes[place] == 0x2E || bytes[place] == 0x29 else { return nil }
      place += 1
    }
    guard place < line.end, bytes[place].isBlank else { return nil }
    while place < line.end, bytes[place].isBlank { place += 1 }
    return place < line.end ? place : nil
  }

  /// The level of a heading with number signs.
  func headingLevel(_ line: TextLine) -> Int? {
    var place = line.content
    while place < line.end, bytes[place] == 0x23 { place += 1 }
    let level = place - line.content
    guard (1...6).contains(level), place < line.end, bytes[place].isBlank else { return nil }
    return level
  }

  /// `Input: …`, `Label: …`, `text -> label`.
  func isExample(_ line: TextLine) -> Bool {
    guard line.content < line.end else { return false }
    var place = line.content
    while place < line.end, place - line.content < 24, bytes[place] != 0x3A { place += 1 }
    if place < line.end, bytes[place] == 0x3A {
      var first = line.content
      while first < place, !bytes[first].isLetter { first += 1 }
      var last = first
      while last < place, bytes[last].isLetter { last += 1 }
      let rest = bytes[last..<place]
      let hasNumberOnly = rest.allSatisfy { $0.isDigit || $0.isBlank || $0 == 0x23 || $0 == 0x2A }
      if hasNumberOnly, Self.exampleWords.contains(bytes, first..<last) { return true }
    }
    return hasArrow(line)
  }

  private func hasArrow(_ line: TextLine) -> Bool {
    var place = line.content + 1
    while place + 2 < line.end {
      if bytes[place] == 0x3E, bytes[place - 1] == 0x2D || bytes[place - 1] == 0x3D,
        bytes[place + 1].isBlank
      {
        return true
      }
      if bytes[place] == 0xE2, bytes[place + 1] == 0x86, bytes[place + 2] == 0x92 { return true }
      if bytes[place] == 0xE2, bytes[place + 1] == 0x87, bytes[place + 2] == 0x92 { return true }
      place += 1
    }
    return false
  }

  private static let exampleWords = WordSet(
    """
    q a question answer input output example examples text label labels user assistant human ai \
    sentence category class response prompt completion beispiel eingabe ausgabe frage antwort \
    exemple entrada salida ejemplo
    """)

  func mentionsExamples(_ line: TextLine) -> Bool {
    var place = line.content
    while place < line.end {
      var last = place
      while last < line.end, bytes[last].isLetter { last += 1 }
      if last - place >= 7, Self.headingWords.contains(bytes, place..<last) { return true }
      place = max(last, place + 1)
    }
    return false
  }

  private static let headingWords = WordSet("example examples beispiel beispiele exemples ejemplos")

  /// Code that nothing encloses: what ends like a statement or begins like one.
  func looksLikeCode(_ line: TextLine) -> Bool {
    guard line.content < line.end else { return false }
    let last = bytes[line.end - 1]
    let line0 = bytes[line.content]
    if last == 0x7B || last == 0x7D { return true }
    if last == 0x3B {
      return bytes[line.content..<line.end].contains { $0 == 0x28 || $0 == 0x3D }
    }
    switch line0 {
    case 0x23: return starts(line, with: "#include") || starts(line, with: "#!")
    case 0x24: return starts(line, with: "$ ")
    case 0x3E: return starts(line, with: ">>> ")
    case 0x54: return starts(line, with: "Traceback (")
    case 0x40:
      return line.end - line.content > 1 && bytes[line.content + 1].isLetter && last == 0x29
    case 0x53, 0x49, 0x43, 0x55, 0x44:
      return starts(line, with: "SELECT ") || starts(line, with: "INSERT INTO ")
        || starts(line, with: "CREATE TABLE ") || starts(line, with: "UPDATE ")
        || starts(line, with: "DELETE FROM ")
    default:
      guard last == 0x3A || last == 0x29 || bytes[line.content..<line.end].contains(0x3D) else {
        return starts(line, with: "import ") && !bytes[line.content..<line.end].contains(0x2E)
      }
      return starts(line, with: "def ") || starts(line, with: "func ")
        || starts(line, with: "function ") || starts(line, with: "const ")
        || starts(line, with: "class ") && last == 0x3A || starts(line, with: "var ")
        || starts(line, with: "return ") && last != 0x3A
        || starts(line, with: "for ") && last == 0x3A
        || starts(line, with: "if ") && last == 0x3A
          && bytes[line.content..<line.end].contains(0x3D)
    }
  }

  /// Cells between bars, tabs, columns of spaces, or commas without spaces; nil if there are none.
  func columns(_ line: TextLine) -> Columns? {
    guard line.content < line.end else { return nil }
    var bars = 0
    var tabs = 0
    var gaps = 0
    var commas = 0
    var place = line.content
    while place < line.end {
      switch bytes[place] {
      case 0x7C: bars += 1
      case 0x09: tabs += 1
      case 0x2C: if place + 1 == line.end || !bytes[place + 1].isBlank { commas += 1 }
      case 0x20:
        if bytes[place - 1] != 0x20, bytes[place + 1] == 0x20, !Self.endsSentence(bytes[place - 1])
        {
          gaps += 1
        }
      default: break
      }
      place += 1
    }
    if bars > 0 { return .bars }
    if tabs > 0 { return .tabs(tabs) }
    if gaps > 0 { return .gaps }
    return commas >= 2 ? .commas(commas) : nil
  }

  enum Columns: Equatable { case bars, tabs(Int), gaps, commas(Int) }

  private static func endsSentence(_ byte: UInt8) -> Bool {
    byte == 0x2E || byte == 0x21 || byte == 0x3F || byte == 0x3A
  }

  /// A line of nothing but `=` or `-`, under a heading.
  func isUnderline(_ line: TextLine) -> Bool {
    guard line.end - line.content >= 3, bytes[line.content] == 0x3D || bytes[line.content] == 0x2D
    else { return false }
    return bytes[line.content..<line.end].allSatisfy { $0 == bytes[line.content] }
  }

  /// `<p>`, `</div>`, `<!DOCTYPE`, `<?xml`.
  func startsMarkup(_ line: TextLine) -> Bool {
    guard line.content + 1 < line.end, bytes[line.content] == 0x3C else { return false }
    let next = bytes[line.content + 1]
    guard next.isLetter || next == 0x2F || next == 0x21 || next == 0x3F else { return false }
    return bytes[line.content..<line.end].contains(0x3E)
  }
}
