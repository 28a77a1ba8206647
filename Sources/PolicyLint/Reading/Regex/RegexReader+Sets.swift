/// Sets of characters: `[…]`, `\w`, `\pL`, and the characters that escapes spell.
extension RegexReader {
  /// `\d`, `\W`, `\p{Greek}` and the like; leaves the place alone if nothing of that kind is there.
  mutating func escapedSet() -> RegexSetNode? {
    let start = index
    guard take("\\"), let letter = next else {
      index = start
      return nil
    }
    index += 1
    switch letter {
    case "w": return RegexSetNode(kind: .word)
    case "s": return RegexSetNode(kind: .space)
    case "d", "D", "S", "W": return RegexSetNode(kind: .other)
    case "p", "P":
      if take("{") {
        while let next, next != "}" {
          _ = next
          index += 1
        }
        if take("}") { return RegexSetNode(kind: .other) }
      } else if next != nil {
        index += 1
        return RegexSetNode(kind: .other)
      }
    default: break
    }
    index = start
    return nil
  }

  /// The character an escape stands for; leaves the place alone if it stands for none.
  mutating func escapedLiteral() -> Unicode.Scalar? {
    let start = index
    guard take("\\"), let letter = next else {
      index = start
      return nil
    }
    index += 1
    switch letter {
    case "a": return "\u{07}"
    case "f": return "\u{0C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "v": return "\u{0B}"
    case "x":
      if let scalar = hexadecimal() { return scalar }
    default:
      let isWord = letter.properties.isAlphabetic || ("0"..."9").contains(letter)
      if letter.isASCII, !isWord { return letter }
    }
    index = start
    return nil
  }

  private mutating func hexadecimal() -> Unicode.Scalar? {
    var digits = ""
    if take("{") {
      while let next, next != "}" {
        digits.unicodeScalars.append(next)
        index += 1
      }
      guard take("}") else { return nil }
    } else {
      while let next, digits.unicodeScalars.count < 2 {
        digits.unicodeScalars.append(next)
        index += 1
      }
    }
    guard (1...6).contains(digits.utf8.count) else { return nil }
    return UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)
  }

  /// `[…]`.
  mutating func bracket() -> RegexNode? {
    let start = index
    guard take("[") else { return nil }
    var set = RegexSetNode(kind: .other)
    let isNegated = take("^")
    var isFirst = true
    while let next, isFirst || next != "]" {
      isFirst = false
      if stands("[:") {
        while self.next != nil, !stands(":]") { index += 1 }
        guard take(":]") else { return nil }
      } else if escapedSet() != nil {
        continue
      } else if let low = member() {
        set.spelled.append(low)
        guard stands("-"), !stands("-]"), take("-") else { continue }
        guard let high = member() else { return nil }
        set.spelled.append(high)
      } else {
        return nil
      }
    }
    guard take("]") else { return nil }
    if isNegated { set.spelled = [] }
    return .set(set, bytes(from: start))
  }

  private mutating func member() -> Unicode.Scalar? {
    guard let next else { return nil }
    if next == "\\" { return escapedLiteral() }
    index += 1
    return next
  }
}
