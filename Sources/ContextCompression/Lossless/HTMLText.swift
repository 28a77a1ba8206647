/// A page of HTML as the text a reader sees.
///
/// Only pages all of whose tags, attributes and entities are known, and none of which changes what a text
/// says by where it stands (`sup` in 10<sup>3</sup>, `del`, a numbered or nested list, an empty cell) or
/// holds code or what a reader does not see: all others are left as they are. Addresses of links are
/// written behind them in brackets, as `(https://…)`, headings and entries of lists behind `#` and `-`.
/// Comments, scripts, styles, and the addresses of pictures go.
struct HTMLText {
  private let bytes: [UInt8]
  private var place = 0
  private var output: [UInt8] = []
  private var link: [UInt8]?
  private var listDepth = 0
  /// Where the text of the open cell begins.
  private var cellStart: Int?

  static func text(of bytes: [UInt8]) -> [UInt8]? {
    var first = 0
    while first < bytes.count, bytes[first].isWhite { first += 1 }
    guard first + 2 < bytes.count, bytes[first] == 0x3C, !holdsOtherCode(bytes) else { return nil }
    var reader = HTMLText(bytes)
    guard reader.read() else { return nil }
    return reader.trimmed()
  }

  /// Ticks, and a fence of tildes, are code of another notation, whose white space is none of a page's.
  private static func holdsOtherCode(_ bytes: [UInt8]) -> Bool {
    bytes.contains(0x60) || bytes.contains([0x7E, 0x7E, 0x7E])
  }

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    output.reserveCapacity(bytes.count)
  }

  private mutating func read() -> Bool {
    while place < bytes.count {
      switch bytes[place] {
      case 0x3C: guard tag() else { return false }
      case 0x26: guard entity(before: bytes.count, into: \.output) else { return false }
      case let byte where byte.isWhite:
        space(0x20)
        place += 1
      case let byte:
        output.append(byte)
        place += 1
      }
    }
    return true
  }

  // MARK: - Tags

  private static let unseen = WordSet("style script")
  private static let inline = WordSet(
    "a abbr b big cite em font i img label mark small span strong time u wbr address")
  private static let block = WordSet(
    """
    html head title body meta link base main header footer nav aside article section div p br hr h1 h2 \
    h3 h4 h5 h6 ul li table thead tbody tfoot tr caption colgroup col figure figcaption center
    """)
  private static let cell = WordSet("td th")

  /// Reads a tag, a comment or a declaration.
  private mutating func tag() -> Bool {
    if matches("<!--") {
      guard let end = find("-->", from: place + 4) else { return false }
      place = end
      return true
    }
    var name = place + 1
    if name < bytes.count, bytes[name] == 0x21 {
      guard let end = find(">", from: name) else { return false }
      place = end
      return true
    }
    let isClosing = name < bytes.count && bytes[name] == 0x2F
    if isClosing { name += 1 }
    var last = name
    while last < bytes.count, bytes[last].isLetter || bytes[last].isDigit { last += 1 }
    guard last > name, let end = tagEnd(from: last) else { return false }
    let word = name..<last
    guard isClosing || HTMLAttributes.sayNothing(bytes, last..<end - 1, of: word) else {
      return false
    }
    if Self.unseen.contains(bytes, word) {
      return isClosing ? false : skip(word, from: end)
    }
    if Self.cell.contains(bytes, word) {
      guard cell(isClosing) else { return false }
    } else if Self.block.contains(bytes, word) {
      guard block(word, isClosing) else { return false }
    } else if !Self.inline.contains(bytes, word) {
      return false
    }
    if word.count == 1, bytes[name].folded == 0x61 { return anchor(isClosing, last, end) }
    if spells("img", word) {
      place = end
      guard let text = attribute("alt", last, end) else { return true }
      return write(text)
    }
    place = end
    return true
  }

  /// An empty cell, or one that nothing closes, would move those behind it to other columns.
  private mutating func cell(_ isClosing: Bool) -> Bool {
    guard isClosing else {
      guard cellStart == nil else { return false }
      cellStart = output.count
      return true
    }
    guard let start = cellStart,
      output[min(start, output.count)...].contains(where: { !$0.isWhite })
    else { return false }
    cellStart = nil
    space(0x09)
    return true
  }

  private mutating func block(_ word: Range<Int>, _ isClosing: Bool) -> Bool {
    guard cellStart == nil else { return false }
    space(0x0A)
    if spells("ul", word) {
      listDepth += isClosing ? -1 : 1
      return (0...1).contains(listDepth)
    }
    guard !isClosing else { return true }
    if spells("li", word) {
      guard listDepth == 1 else { return false }
      output += [0x2D, 0x20]
    } else if word.count == 2, bytes[word.lowerBound].folded == 0x68,
      (0x31...0x36).contains(bytes[word.lowerBound + 1])
    {
      output += Array(repeating: 0x23, count: Int(bytes[word.lowerBound + 1] - 0x30)) + [0x20]
    }
    return true
  }

  /// Everything up to the closing tag of a kind that is not seen.
  private mutating func skip(_ word: Range<Int>, from start: Int) -> Bool {
    var next = start
    let isStyle = spells("style", word)
    while next + word.count + 2 < bytes.count {
      if bytes[next] == 0x3C, bytes[next + 1] == 0x2F,
        word.indices.allSatisfy({
          bytes[$0].folded == bytes[next + 2 + $0 - word.lowerBound].folded
        }),
        let end = tagEnd(from: next + 2 + word.count)
      {
        // A style may hide what is written, strike it through or say more.
        if isStyle, HTMLAttributes.styleChangesText(bytes[start..<next]) { return false }
        place = end
        return true
      }
      next += 1
    }
    return false
  }

  private mutating func anchor(_ isClosing: Bool, _ from: Int, _ end: Int) -> Bool {
    place = end
    if isClosing {
      guard let address = link else { return true }
      link = nil
      output += [0x20, 0x28]
      guard write(address) else { return false }
      output.append(0x29)
      return true
    }
    guard link == nil else { return false }
    // A place on the page itself is none of another.
    if let address = attribute("href", from, end), !address.isEmpty, address.first != 0x23 {
      link = address
    }
    return true
  }

  /// Behind the `>` of a tag; quotes may hold one.
  private func tagEnd(from start: Int) -> Int? {
    var next = start
    var quote: UInt8?
    while next < bytes.count {
      let byte = bytes[next]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == 0x22 || byte == 0x27 {
        quote = byte
      } else if byte == 0x3E {
        return next + 1
      } else if byte == 0x3C {
        return nil
      }
      next += 1
    }
    return nil
  }

  /// The value of an attribute in quotes.
  private func attribute(_ name: StaticString, _ from: Int, _ end: Int) -> [UInt8]? {
    var next = from
    while next < end {
      while next < end, bytes[next].isWhite || bytes[next] == 0x2F { next += 1 }
      let start = next
      while next < end, !bytes[next].isWhite, bytes[next] != 0x3D, bytes[next] != 0x3E { next += 1 }
      let word = start..<next
      guard next < end, bytes[next] == 0x3D else {
        next += 1
        continue
      }
      next += 1
      guard next < end, bytes[next] == 0x22 || bytes[next] == 0x27 else { return nil }
      let quote = bytes[next]
      let value = next + 1
      next = value
      while next < end, bytes[next] != quote { next += 1 }
      if spells(name, word) { return Array(bytes[value..<next]) }
      next += 1
    }
    return nil
  }

  private func spells(_ name: StaticString, _ word: Range<Int>) -> Bool {
    bytes[word].lazy.map(\.folded).elementsEqual("\(name)".utf8)
  }

  private func matches(_ text: StaticString) -> Bool {
    bytes[place...].starts(with: "\(text)".utf8)
  }

  /// Behind the next place where a text stands.
  private func find(_ text: StaticString, from start: Int) -> Int? {
    let wanted = Array("\(text)".utf8)
    var next = start
    while next + wanted.count <= bytes.count {
      if bytes[next..<next + wanted.count].elementsEqual(wanted) { return next + wanted.count }
      next += 1
    }
    return nil
  }

  // MARK: - Text

  /// The text of an attribute, its entities read.
  private mutating func write(_ text: [UInt8]) -> Bool {
    var inner = HTMLText(text)
    while inner.place < text.count {
      if text[inner.place] == 0x26 {
        guard inner.entity(before: text.count, into: \.output) else { return false }
      } else {
        inner.output.append(text[inner.place])
        inner.place += 1
      }
    }
    output += inner.output
    return true
  }

  /// One space between words, whatever stood there; the widest wins: newline, tab, space.
  private mutating func space(_ byte: UInt8) {
    guard let last = output.last else { return }
    guard last.isWhite else {
      output.append(byte)
      return
    }
    if byte == 0x0A || byte == 0x09 && last == 0x20 { output[output.count - 1] = byte }
  }

  private mutating func entity(
    before end: Int, into output: WritableKeyPath<HTMLText, [UInt8]>
  ) -> Bool {
    var last = place + 1
    while last < end, last - place < 12, bytes[last] != 0x3B, !bytes[last].isWhite { last += 1 }
    let name = String(decoding: bytes[place + 1..<last], as: UTF8.self)
    guard last < end, bytes[last] == 0x3B else {
      // A lone `&` between words is one.
      guard place + 1 < end, bytes[place + 1].isWhite else { return false }
      self[keyPath: output].append(0x26)
      place += 1
      return true
    }
    guard let text = HTMLEntities.text(name) else { return false }
    self[keyPath: output] += Array(text.utf8)
    place = last + 1
    return true
  }

  private func trimmed() -> [UInt8] {
    var end = output.count
    while end > 0, output[end - 1].isWhite { end -= 1 }
    return Array(output[..<end])
  }
}

/// The entities that are read.
enum HTMLEntities {
  static func text(_ name: String) -> String? {
    if name.hasPrefix("#") {
      let digits = name.dropFirst()
      let value =
        digits.first == "x" || digits.first == "X"
        ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
      guard let value, value >= 0x20, let scalar = Unicode.Scalar(value) else { return nil }
      return String(Character(scalar))
    }
    return named[name]
  }

  private static let named: [String: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}",
    "euro": "€", "pound": "£", "yen": "¥", "cent": "¢", "copy": "©", "reg": "®", "trade": "™",
    "hellip": "…", "mdash": "—", "ndash": "–", "lsquo": "‘", "rsquo": "’", "ldquo": "“",
    "rdquo": "”", "laquo": "«", "raquo": "»", "bull": "•", "middot": "·", "deg": "°",
    "plusmn": "±", "times": "×", "divide": "÷", "frac12": "½", "le": "≤", "ge": "≥", "ne": "≠",
    "auml": "ä", "ouml": "ö", "uuml": "ü", "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß",
    "eacute": "é", "egrave": "è", "agrave": "à", "ccedil": "ç", "ntilde": "ñ", "oacute": "ó",
    "aacute": "á", "iacute": "í", "uacute": "ú", "ecirc": "ê", "sect": "§", "rarr": "→",
    "larr": "←",
  ]
}
