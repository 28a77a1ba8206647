/// A regular expression as a backtracking matcher over scalars: the part of RE2 that generated
/// policies use.
///
/// Letters, `.`, `\d`, `\b`, `\.`, classes of letters, groups with `|`, and `*`, `+`, `?` behind
/// one of them; `(?i)` at the start.
struct ReferenceRegex {
  private indirect enum Node {
    case scalar(Unicode.Scalar)
    case anything, digit, boundary
    case oneOf([ClosedRange<Unicode.Scalar>])
    case group([[Node]])
    case repeated(Node, least: Int, most: Int)
  }

  private let alternatives: [[Node]]
  private let ignoresCase: Bool

  init?(_ pattern: String) {
    var rest = Array(pattern.unicodeScalars)[...]
    let flag = Array("(?i)".unicodeScalars)
    ignoresCase = Array(rest.prefix(4)) == flag
    if ignoresCase { rest = rest.dropFirst(4) }
    guard let alternatives = ReferenceRegex.parse(&rest), rest.isEmpty else { return nil }
    self.alternatives = alternatives
  }

  func matches(_ text: [Unicode.Scalar]) -> Bool {
    (0...text.count).contains { start in
      alternatives.contains { run($0[...], text, start) { _ in true } }
    }
  }

  private func run(
    _ nodes: ArraySlice<Node>, _ text: [Unicode.Scalar], _ at: Int, then: (Int) -> Bool
  ) -> Bool {
    guard let node = nodes.first else { return then(at) }
    let rest = nodes.dropFirst()
    switch node {
    case .group(let alternatives):
      return alternatives.contains { run($0[...], text, at) { run(rest, text, $0, then: then) } }
    case .repeated(let inner, let least, let most):
      return repeated(inner, least, most, text, at) { run(rest, text, $0, then: then) }
    case .boundary:
      let before = at > 0 && isWord(text[at - 1])
      let after = at < text.count && isWord(text[at])
      return before != after && run(rest, text, at, then: then)
    case .scalar, .anything, .digit, .oneOf:
      guard at < text.count, isHit(node, text[at]) else { return false }
      return run(rest, text, at + 1, then: then)
    }
  }

  private func repeated(
    _ node: Node, _ least: Int, _ most: Int, _ text: [Unicode.Scalar], _ at: Int,
    then: (Int) -> Bool
  ) -> Bool {
    if most > 0,
      run(
        [node][...], text, at,
        then: { next in
          next > at && repeated(node, max(0, least - 1), most - 1, text, next, then: then)
        })
    {
      return true
    }
    return least == 0 && then(at)
  }

  private func isHit(_ node: Node, _ scalar: Unicode.Scalar) -> Bool {
    switch node {
    case .scalar(let wanted): wanted == scalar || ignoresCase && fold(wanted) == fold(scalar)
    case .anything: scalar != "\n"
    case .digit: ("0"..."9").contains(scalar)
    case .oneOf(let ranges):
      ranges.contains { $0.contains(scalar) || ignoresCase && $0.contains(fold(scalar)) }
    case .boundary, .group, .repeated: false
    }
  }

  private func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard ("A"..."Z").contains(scalar) else { return scalar }
    return Unicode.Scalar(UInt8(scalar.value + 32))
  }

  private func isWord(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
      || scalar == "_"
  }

  // MARK: Reading

  private static func parse(_ rest: inout ArraySlice<Unicode.Scalar>) -> [[Node]]? {
    var alternatives: [[Node]] = [[]]
    while let scalar = rest.first, scalar != ")" {
      rest = rest.dropFirst()
      if scalar == "|" {
        alternatives.append([])
        continue
      }
      guard var node = node(scalar, &rest) else { return nil }
      switch rest.first {
      case "*": node = .repeated(node, least: 0, most: 99)
      case "+": node = .repeated(node, least: 1, most: 99)
      case "?": node = .repeated(node, least: 0, most: 1)
      default: break
      }
      if case .repeated = node { rest = rest.dropFirst() }
      alternatives[alternatives.count - 1].append(node)
    }
    return alternatives
  }

  private static func node(
    _ scalar: Unicode.Scalar, _ rest: inout ArraySlice<Unicode.Scalar>
  ) -> Node? {
    switch scalar {
    case ".": return .anything
    case "\\":
      guard let escaped = rest.popFirst() else { return nil }
      return escaped == "d" ? .digit : escaped == "b" ? .boundary : .scalar(escaped)
    case "(":
      guard let inner = parse(&rest), rest.popFirst() == ")" else { return nil }
      return .group(inner)
    case "[":
      var ranges: [ClosedRange<Unicode.Scalar>] = []
      while let low = rest.popFirst(), low != "]" {
        if rest.first == "-", let high = rest.dropFirst().first, high != "]" {
          rest = rest.dropFirst(2)
          ranges.append(low...high)
        } else {
          ranges.append(low...low)
        }
      }
      return .oneOf(ranges)
    default: return .scalar(scalar)
    }
  }
}
