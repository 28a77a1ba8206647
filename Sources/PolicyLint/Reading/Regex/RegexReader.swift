import PolicyDiagnostics

/// Reads a pattern RE2 accepts into a tree, or says nil: what it does not know it does not guess.
///
/// Left out: `\C`, octal escapes and anything RE2 itself refuses.
struct RegexReader {
  private let scalars: [Unicode.Scalar]
  /// Where each scalar stands in the pattern's UTF-8, and where the last one ends.
  private let offsets: [Int]
  var index = 0
  private var flags = Flags()
  private var depth = 0

  private struct Flags {
    var ignoresCase = false
    var isMultiline = false
  }

  /// The deepest nesting of groups that is read.
  private static let deepest = 100

  /// The tree of a pattern.
  ///
  /// O(length).
  static func read(_ pattern: String) -> RegexNode? {
    var reader = RegexReader(pattern)
    guard let node = reader.choice(), reader.index == reader.scalars.count else { return nil }
    return node
  }

  private init(_ pattern: String) {
    scalars = Array(pattern.unicodeScalars)
    var offsets = [0]
    for scalar in scalars { offsets.append(offsets[offsets.count - 1] + UTF8.width(scalar)) }
    self.offsets = offsets
  }

  var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  func stands(_ text: String) -> Bool {
    scalars[index...].starts(with: text.unicodeScalars)
  }

  mutating func take(_ text: String) -> Bool {
    guard stands(text) else { return false }
    index += text.unicodeScalars.count
    return true
  }

  func bytes(from start: Int) -> Range<Int> { offsets[start]..<offsets[index] }

  private mutating func choice() -> RegexNode? {
    var parts: [RegexNode] = []
    repeat {
      guard let part = sequence() else { return nil }
      parts.append(part)
    } while take("|")
    return parts.count == 1 ? parts.first : .choice(parts)
  }

  private mutating func sequence() -> RegexNode? {
    var parts: [RegexNode] = []
    while let next, next != "|", next != ")" {
      if take("\\Q") {
        while let next = self.next, !stands("\\E") {
          parts.append(.literal(next, ignoresCase: flags.ignoresCase))
          index += 1
        }
        _ = take("\\E")
        guard !isAtRepeat else { return nil }
        continue
      }
      if stands("(?"), readFlags() {
        guard !isAtRepeat else { return nil }
        continue
      }
      guard let atom = atom(), let part = repeats(of: atom) else { return nil }
      parts.append(part)
    }
    return parts.count == 1 ? parts.first : .sequence(parts)
  }

  /// Whether a repeat follows, which would be one of something that stands further back.
  private var isAtRepeat: Bool {
    guard let next else { return false }
    return ["*", "+", "?", "{"].contains(next)
  }

  private mutating func repeats(of atom: RegexNode) -> RegexNode? {
    var node = atom
    while let next {
      let bounds: (Int, Int?)?
      switch next {
      case "*": bounds = (0, nil)
      case "+": bounds = (1, nil)
      case "?": bounds = (0, 1)
      case "{":
        guard let counted = counted() else { return node }
        node = .repeated(node, least: counted.0, most: counted.1)
        _ = take("?")
        continue
      default: return node
      }
      index += 1
      if let bounds { node = .repeated(node, least: bounds.0, most: bounds.1) }
      _ = take("?")
    }
    return node
  }

  /// `{n}`, `{n,}` or `{n,m}`; a brace that is none of them stands for itself.
  private mutating func counted() -> (Int, Int?)? {
    let start = index
    index += 1
    guard let least = number() else {
      index = start
      return nil
    }
    var most: Int? = least
    if take(",") { most = number() }
    guard take("}") else {
      index = start
      return nil
    }
    return (least, most)
  }

  private mutating func number() -> Int? {
    let start = index
    while let next, ("0"..."9").contains(next), index - start < 5 { index += 1 }
    return Int(String(String.UnicodeScalarView(scalars[start..<index])))
  }

  /// `(?i)` and its like, which hold to the end of their group.
  private mutating func readFlags() -> Bool {
    let start = index
    index += 2
    guard let flags = flagLetters(), take(")") else {
      index = start
      return false
    }
    self.flags = flags
    return true
  }

  private mutating func flagLetters() -> Flags? {
    var flags = flags
    var isOn = true
    while let next {
      switch next {
      case "i": flags.ignoresCase = isOn
      case "m": flags.isMultiline = isOn
      case "s", "U": break
      case "-": isOn = false
      default: return flags
      }
      index += 1
    }
    return nil
  }

  private mutating func group() -> RegexNode? {
    guard depth < Self.deepest, take("(") else { return nil }
    let outer = flags
    if take("?P<") || take("?<") {
      while let next, next != ">" {
        guard next != "=", next != "!" else { return nil }
        index += 1
      }
      guard take(">") else { return nil }
    } else if take("?") {
      guard let flags = flagLetters(), take(":") else { return nil }
      self.flags = flags
    }
    depth += 1
    let node = choice()
    depth -= 1
    flags = outer
    guard take(")") else { return nil }
    return node
  }

  private mutating func atom() -> RegexNode? {
    guard let next else { return nil }
    let start = index
    switch next {
    case "(": return group()
    case "[": return bracket()
    case "\\": return escape()
    case ".":
      index += 1
      return .set(RegexSetNode(kind: .any), bytes(from: start))
    case "^", "$":
      index += 1
      let assertion: RegexAssertion =
        next == "^" ? .start(ofLine: flags.isMultiline) : .end(ofLine: flags.isMultiline)
      return .assertion(assertion, bytes(from: start))
    case "*", "+", "?", ")", "|": return nil
    default:
      index += 1
      return .literal(next, ignoresCase: flags.ignoresCase)
    }
  }

  private mutating func escape() -> RegexNode? {
    let start = index
    index += 1
    guard let next else { return nil }
    switch next {
    case "b", "B":
      index += 1
      return .assertion(next == "b" ? .wordEdge : .noWordEdge, bytes(from: start))
    case "A", "z":
      index += 1
      return .assertion(
        next == "A" ? .start(ofLine: false) : .end(ofLine: false), bytes(from: start))
    default: break
    }
    index = start
    if let set = escapedSet() { return .set(set, bytes(from: start)) }
    return escapedLiteral().map { .literal($0, ignoresCase: flags.ignoresCase) }
  }
}
