/// Reads RE2's syntax into a ``PatternTree``.
///
/// It takes patterns the matcher has accepted, so it does not look for mistakes; what it does not
/// know it leaves out, and the matcher tells whether that mattered.
struct PatternParser {
  private let scalars: [Unicode.Scalar]
  private var at = 0
  private var depth = 0
  /// Groups within groups; a pattern with more is not sampled.
  private static let deepest = 60
  private var isTooDeep = false

  /// Nil for a pattern that is nested too deep.
  static func tree(of pattern: String) -> PatternTree? {
    var parser = PatternParser(scalars: Array(pattern.unicodeScalars))
    var parts: [PatternTree] = []
    // A stray bracket ends an alternative; the matcher would not have taken it.
    while parser.at < parser.scalars.count, !parser.isTooDeep {
      parts.append(parser.alternatives())
      if parser.peek == ")" { parser.at += 1 }
    }
    return parser.isTooDeep ? nil : .sequence(parts)
  }

  private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

  private var peek: Unicode.Scalar? { at < scalars.count ? scalars[at] : nil }

  private func peek(_ distance: Int) -> Unicode.Scalar? {
    at + distance < scalars.count ? scalars[at + distance] : nil
  }

  private mutating func take() -> Unicode.Scalar? {
    guard let scalar = peek else { return nil }
    at += 1
    return scalar
  }

  private mutating func take(_ text: String) -> Bool {
    let wanted = Array(text.unicodeScalars)
    guard at + wanted.count <= scalars.count,
      scalars[at..<(at + wanted.count)].elementsEqual(wanted)
    else { return false }
    at += wanted.count
    return true
  }

  // MARK: Structure

  private mutating func alternatives() -> PatternTree {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      isTooDeep = true
      at = scalars.count
      return .nothing
    }
    var parts = [sequence()]
    while take("|") { parts.append(sequence()) }
    return parts.count == 1 ? parts[0] : .alternatives(parts)
  }

  private mutating func sequence() -> PatternTree {
    var parts: [PatternTree] = []
    while let next = peek, next != "|", next != ")" {
      let item = item()
      parts.append(repeated(item))
    }
    return .sequence(parts)
  }

  private mutating func item() -> PatternTree {
    guard let next = take() else { return .nothing }
    switch next {
    case "^", "$": return .nothing
    case ".": return .character(.any)
    case "[": return .character(bracket())
    case "(": return group()
    case "\\": return escape()
    default: return .character(CharacterChoice(next))
    }
  }

  private mutating func group() -> PatternTree {
    if take("?") {
      // A name, or flags; flags alone hold for what follows in the group around.
      if take("P<") || take("<") {
        while let next = take(), next != ">" {}
      } else {
        while let next = take(), next != ":" {
          if next == ")" { return .nothing }
        }
      }
    }
    let inside = alternatives()
    _ = take(")")
    return inside
  }

  private mutating func repeated(_ item: PatternTree) -> PatternTree {
    var item = item
    while let next = peek {
      switch next {
      case "*":
        at += 1
        item = .repeated(item, least: 0, most: nil)
      case "+":
        at += 1
        item = .repeated(item, least: 1, most: nil)
      case "?":
        at += 1
        item = .repeated(item, least: 0, most: 1)
      case "{":
        guard let (least, most) = counts() else { return item }
        item = .repeated(item, least: least, most: most)
      default: return item
      }
      // As few as possible, first: it finds the same texts.
      _ = take("?")
    }
    return item
  }

  /// `{2}`, `{2,}`, `{2,5}`; anything else is text.
  private mutating func counts() -> (Int, Int?)? {
    let start = at
    guard take("{"), let least = number() else {
      at = start
      return nil
    }
    if take("}") { return (least, least) }
    guard take(",") else {
      at = start
      return nil
    }
    let most = number()
    guard take("}") else {
      at = start
      return nil
    }
    return (least, most.map { max($0, least) })
  }

  private mutating func number() -> Int? {
    var digits = ""
    while let next = peek, ("0"..."9").contains(next), digits.count < 6 {
      digits.unicodeScalars.append(next)
      at += 1
    }
    return Int(digits)
  }

  // MARK: Escapes

  private mutating func escape() -> PatternTree {
    guard let next = peek else { return .nothing }
    switch next {
    case "b", "B", "A", "z":
      at += 1
      return .nothing
    case "Q":
      at += 1
      return quoted()
    case "C":
      at += 1
      return .character(.any)
    default: return .character(escapedChoice())
    }
  }

  private mutating func quoted() -> PatternTree {
    var parts: [PatternTree] = []
    while peek != nil, !take("\\E") {
      if let next = take() { parts.append(.character(CharacterChoice(next))) }
    }
    return .sequence(parts)
  }

  /// What stands after a backslash and takes one character.
  private mutating func escapedChoice() -> CharacterChoice {
    guard let next = take() else { return .any }
    switch next {
    case "d": return .digit
    case "D": return CharacterChoice.digit.inverted
    case "w": return .word
    case "W": return CharacterChoice.word.inverted
    case "s": return .space
    case "S": return CharacterChoice.space.inverted
    case "n": return CharacterChoice("\n")
    case "t": return CharacterChoice("\t")
    case "r": return CharacterChoice("\r")
    case "f": return CharacterChoice("\u{0C}")
    case "v": return CharacterChoice("\u{0B}")
    case "a": return CharacterChoice("\u{07}")
    case "x": return hexadecimal()
    case "p", "P": return property(isInverted: next == "P")
    case "0"..."7": return octal(after: next)
    default: return CharacterChoice(next)
    }
  }

  private mutating func hexadecimal() -> CharacterChoice {
    var digits = ""
    if take("{") {
      while let next = take(), next != "}" { digits.unicodeScalars.append(next) }
    } else {
      for _ in 0..<2 { if let next = take() { digits.unicodeScalars.append(next) } }
    }
    return CharacterChoice(UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) ?? "?")
  }

  private mutating func octal(after first: Unicode.Scalar) -> CharacterChoice {
    var value = first.value - 0x30
    for _ in 0..<2 {
      guard let next = peek, ("0"..."7").contains(next) else { break }
      value = value * 8 + next.value - 0x30
      at += 1
    }
    return CharacterChoice(Unicode.Scalar(value) ?? "?")
  }

  /// `\pL`, `\p{Greek}`, `\p{^Lu}`.
  private mutating func property(isInverted: Bool) -> CharacterChoice {
    var name = ""
    var isInverted = isInverted
    if take("{") {
      if take("^") { isInverted.toggle() }
      while let next = take(), next != "}" { name.unicodeScalars.append(next) }
    } else if let next = take() {
      name.unicodeScalars.append(next)
    }
    let choice = CharacterChoice(property: name)
    return isInverted ? choice.inverted : choice
  }

  // MARK: Brackets

  private mutating func bracket() -> CharacterChoice {
    let isInverted = take("^")
    var ranges: [ClosedRange<UInt32>] = []
    var isFirst = true
    while let next = peek, next != "]" || isFirst {
      isFirst = false
      if next == "[", peek(1) == ":", let choice = namedClass() {
        ranges += choice.ranges
        continue
      }
      let low = bracketItem()
      guard low.isOne, peek == "-", let after = peek(1), after != "]" else {
        ranges += low.ranges
        continue
      }
      at += 1
      let high = bracketItem()
      let bounds = [low.ranges[0].lowerBound, high.ranges.last?.upperBound ?? 0].sorted()
      ranges.append(bounds[0]...bounds[1])
    }
    at += 1
    let choice = CharacterChoice(ranges)
    return isInverted ? choice.inverted : choice
  }

  private mutating func bracketItem() -> CharacterChoice {
    guard let next = take() else { return .any }
    return next == "\\" ? escapedChoice() : CharacterChoice(next)
  }

  /// `[:alpha:]`, `[:^digit:]`.
  private mutating func namedClass() -> CharacterChoice? {
    let start = at
    guard take("[:") else { return nil }
    let isInverted = take("^")
    var name = ""
    while let next = take(), next != ":" { name.unicodeScalars.append(next) }
    guard take("]"), let choice = CharacterChoice(named: name) else {
      at = start
      return nil
    }
    return isInverted ? choice.inverted : choice
  }
}

extension CharacterChoice {
  /// Whether it is a single character.
  fileprivate var isOne: Bool {
    ranges.count == 1 && ranges[0].lowerBound == ranges[0].upperBound
  }
}
