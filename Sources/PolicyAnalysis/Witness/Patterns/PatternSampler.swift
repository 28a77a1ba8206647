import TextPatterns

/// Makes texts that a regular expression matches.
///
/// What is generated is held against the matcher itself; only what it finds is handed out. So the
/// generator may be generous: it knows no flags and takes anchors and word boundaries as they come.
package enum PatternSampler {
  /// Distinct texts the pattern matches, the plainest first; none if none was found.
  ///
  /// The same pattern gives the same texts. O(count × length of a text), with texts of at most
  /// ``PatternWriter/longest`` scalars.
  ///
  /// Where the pattern takes any text, some have the words of `inserting` there.
  package static func samples(
    of pattern: String, count: Int, inserting words: [String] = []
  ) -> [String] {
    guard let tree = PatternParser.tree(of: pattern),
      let set = try? PatternSet([.matches(pattern)])
    else { return [] }
    var scan = TextScan(of: set)
    var found: [String] = []
    var seen: Set<String> = []
    for number in 0..<(count * 4) where found.count < count {
      var writer = PatternWriter(number: number, inserting: words.joined(separator: " "))
      writer.write(tree)
      guard !writer.isTooLong else { continue }
      for text in dressed(writer.text, number) where seen.insert(text).inserted {
        scan.start()
        if (try? scan.holds(0, in: Array(text.utf8).span)) == true {
          found.append(text)
          break
        }
      }
    }
    return found
  }

  /// A match alone, then where an anchor or a boundary may want something beside it.
  private static func dressed(_ text: String, _ number: Int) -> [String] {
    number < 8
      ? [text, "\(text) ok", "ok \(text)", "ok\(text)", "\(text)ok", "ok\n\(text)\nok"] : [text]
  }
}

/// Writes one text along a pattern's tree.
///
/// The first text takes the first alternative and the fewest repeats everywhere; the others choose
/// by chance, seeded by their number.
struct PatternWriter {
  private(set) var text = ""
  private(set) var isTooLong = false
  private let isPlain: Bool
  private var state: UInt64
  private var count = 0
  /// Parts of the pattern that may still be looked at: repeats of repeats of nothing write no
  /// character.
  private var room = 16 * longest

  static let longest = 2_000

  /// What is still to be written where any text may stand.
  private var insert: [Unicode.Scalar]

  init(number: Int, inserting text: String = "") {
    isPlain = number == 0
    insert = Array(text.unicodeScalars)
    state = UInt64(number) &* 0x9E37_79B9_7F4A_7C15
  }

  /// Recursion is as deep as the pattern is nested, which the parser bounds.
  mutating func write(_ tree: PatternTree) {
    guard !isTooLong else { return }
    room -= 1
    isTooLong = room < 0
    switch tree {
    case .nothing: return
    case .character(let choice):
      let readable = choice.readable
      guard !readable.isEmpty else { return }
      let scalar = readable[below(readable.count)]
      text.unicodeScalars.append(scalar)
      count += 1
      isTooLong = count > Self.longest
    case .sequence(let parts): for part in parts { write(part) }
    case .alternatives(let parts): if !parts.isEmpty { write(parts[below(parts.count)]) }
    case .repeated(.character(let choice), let least, let most)
    where !insert.isEmpty && least <= insert.count && (most ?? .max) >= insert.count
      && insert.allSatisfy { choice.contains($0.value) }:
      text.unicodeScalars.append(contentsOf: insert)
      insert = []
    case .repeated(let part, let least, let most):
      let more = min(3, (most ?? .max) - least)
      let times = least + (isPlain ? 0 : below(more + 1))
      for _ in 0..<times where !isTooLong { write(part) }
    }
  }

  private mutating func below(_ count: Int) -> Int {
    guard !isPlain, count > 1 else { return 0 }
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(count))
  }
}
