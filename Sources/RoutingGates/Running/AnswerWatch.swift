import PolicyGraph
package import PolicySemantics
import RoutingRuntime
import TextPatterns
import TokenEstimates

/// `stop [after N tokens] when …` held against an answer as it comes: a value, pieces in, its end out.
///
/// The answer ends at the first place where the condition holds and enough has been said, and which
/// is neither in a code block nor in a string of an answer that is JSON. `contains`, `starts with` and
/// `json_complete` are known after every character; what has to be looked for in the whole text
/// (`mentions`, `matches`, `has`, `repeating`, the tokens) is looked for every 64 bytes, later every
/// sixteenth of its length. `json_complete` is an object or an array that has come to its end, with
/// nothing but white space before and after. Linear in the text, whatever its pieces.
package struct AnswerWatch: AnswerWatching {
  /// A part of the condition that is known by itself.
  private enum Leaf: Sendable {
    /// By its place among the searches.
    case exact(Int)
    case prefix([UInt8])
    /// By its place among the patterns.
    case scanned(Int, wordsOnly: Bool)
    case jsonComplete
    case repeating
  }

  private indirect enum Node: Sendable {
    case all([Node])
    case any([Node])
    case not(Node)
    case leaf(Int)
  }

  private let root: Node
  private let leaves: [Leaf]
  /// Of what is looked for in the whole text.
  private var truths: [Bool]
  private var searches: [ExactSearch]
  private let after: Int64?
  private let family: TokenFamily
  private var scan: TextScan?
  private let needsLooks: Bool

  private var text = ""
  private var tokens: Int64 = 0
  private var nextLook = Self.firstLook
  private var json = JSONProgress()
  private var fence = FenceProgress()
  private var isOver = false

  package static let firstLook = 64

  /// Nil if the rule has a test nobody compiled.
  init?(_ rule: StopRule, patterns: PatternSet?, places: [TextTest: Int], family: TokenFamily) {
    var parts = Parts(places: places)
    guard let root = parts.node(rule.condition) else { return nil }
    let leaves = parts.leaves
    self.root = root
    self.leaves = leaves
    searches = parts.searches
    self.family = family
    after = rule.after
    truths = [Bool](repeating: false, count: leaves.count)
    scan = patterns.map(TextScan.init)
    needsLooks =
      rule.after != nil
      || leaves.contains {
        switch $0 {
        case .scanned, .repeating: true
        case .exact, .prefix, .jsonComplete: false
        }
      }
  }

  package mutating func end(in piece: String) -> Int? {
    guard !isOver else { return nil }
    var count = 0
    for scalar in piece.unicodeScalars {
      text.unicodeScalars.append(scalar)
      for byte in String(scalar).utf8 { take(byte) }
      count += UTF8.width(scalar)
      look()
      if mayEnd, (after ?? 0) <= tokens, holds(root) {
        isOver = true
        return count
      }
    }
    return nil
  }

  private var mayEnd: Bool { !fence.isInside && !json.isInString }

  private mutating func take(_ byte: UInt8) {
    json.take(byte)
    fence.take(byte)
    for index in searches.indices { searches[index].take(byte) }
  }

  private func holds(_ node: Node) -> Bool {
    switch node {
    case .all(let parts): parts.allSatisfy(holds)
    case .any(let parts): parts.contains(where: holds)
    case .not(let part): !holds(part)
    case .leaf(let index):
      switch leaves[index] {
      case .exact(let place): searches[place].isFound
      case .scanned, .repeating: truths[index]
      case .prefix(let bytes): text.utf8.starts(with: bytes)
      case .jsonComplete: json.isClosed
      }
    }
  }

  /// Looks through the whole text, where it has grown enough for that.
  private mutating func look() {
    guard needsLooks, text.utf8.count >= nextLook else { return }
    nextLook = text.utf8.count + max(Self.firstLook, text.utf8.count / 16)
    tokens = max(tokens, TokenEstimate(text: text.utf8.span, family: family).expected)
    for index in leaves.indices {
      switch leaves[index] {
      case .exact, .prefix, .jsonComplete: continue
      case .repeating: truths[index] = RepeatRule.holds(Array(text.utf8))
      case .scanned(let place, let wordsOnly):
        let read = wordsOnly ? text.settledWords : text
        scan?.start()
        truths[index] = (try? scan?.holds(place, in: read.utf8.span)) == true
      }
    }
  }

  /// What a condition is made of, while it is collected.
  private struct Parts {
    let places: [TextTest: Int]
    var leaves: [Leaf] = []
    var searches: [ExactSearch] = []

    mutating func node(_ condition: StopCondition) -> Node? {
      switch condition {
      case .all(let parts, _): return nodes(parts).map(Node.all)
      case .any(let parts, _): return nodes(parts).map(Node.any)
      case .not(let part, _): return node(part).map(Node.not)
      case .jsonComplete: leaves.append(.jsonComplete)
      case .repeating: leaves.append(.repeating)
      case .answer(.contains(let texts), _):
        leaves.append(.exact(searches.count))
        searches.append(ExactSearch(texts))
      case .answer(.startsWith(let prefix), _): leaves.append(.prefix(Array(prefix.utf8)))
      case .answer(let test, _):
        guard let place = places[test] else { return nil }
        leaves.append(.scanned(place, wordsOnly: test.isOfWords))
      }
      return .leaf(leaves.count - 1)
    }

    private mutating func nodes(_ parts: [StopCondition]) -> [Node]? {
      var nodes: [Node] = []
      for part in parts {
        guard let node = node(part) else { return nil }
        nodes.append(node)
      }
      return nodes
    }
  }
}

extension TextTest {
  fileprivate var isOfWords: Bool {
    switch self {
    case .mentions: true
    case .contains, .startsWith, .matches, .has: false
    }
  }
}

extension GateBook {
  /// A watch over one answer; nil for a rule of another policy.
  package func watch(_ rule: StopRule) -> AnswerWatch? {
    AnswerWatch(
      rule, patterns: patterns, places: places,
      family: TokenFamily(policy.vocabulary.referenceTokenizer))
  }
}
