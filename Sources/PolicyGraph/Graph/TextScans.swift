package import PolicySemantics
package import TextPatterns

/// The tests over texts and tools, gathered so that one scan answers all tests of one text.
struct TextScans: Sendable {
  /// By ``place(of:)``; nil where no test reads that text.
  var sets: [PatternSet?] = [nil, nil, nil, nil]
  /// By text and test: the kind, whose tests are all answered by one scan.
  private(set) var kinds: [[Kind]] = [[], [], [], []]
  /// The names each tools test looks for, sorted.
  var tools: [[String]] = []
  /// By text and test: what is looked for.
  private(set) var patterns: [[TextPattern]] = [[], [], [], []]

  static let parts: [TextPart] = [.prompt, .system, .question, .context]

  static func place(of part: TextPart) -> Int {
    switch part {
    case .prompt: 0
    case .system: 1
    case .question: 2
    case .context: 3
    }
  }

  /// The source of an atom that asks the tools, beside those of the texts.
  static let toolsSource: UInt32 = 4

  /// Adds a test of one text.
  mutating func add(_ test: TextTest, of part: TextPart) -> Atom {
    let place = TextScans.place(of: part)
    patterns[place].append(TextPattern(test))
    kinds[place].append(Kind(test))
    return Atom(
      operation: .scanned, source: UInt32(place), operand: Int64(patterns[place].count - 1))
  }

  mutating func addTools(_ names: [String]) -> Atom {
    tools.append(names)
    return Atom(
      operation: .scanned, source: TextScans.toolsSource, operand: Int64(tools.count - 1))
  }

  enum Kind: UInt8, Hashable, Sendable, CaseIterable {
    case mentions, contains, startsWith, matches, has

    init(_ test: TextTest) {
      self =
        switch test {
        case .mentions: .mentions
        case .contains: .contains
        case .startsWith: .startsWith
        case .matches: .matches
        case .has: .has
        }
    }

    var mark: UInt8 { 1 << rawValue }
  }

  /// Compiles what was gathered.
  mutating func freeze() throws(Refusal) {
    for (place, patterns) in patterns.enumerated() where !patterns.isEmpty {
      do throws(PatternError) {
        sets[place] = try PatternSet(patterns)
      } catch {
        throw Refusal(source: UInt32(place), pattern: error.index, problem: error.problem)
      }
    }
  }

  /// The pattern that went past a limit.
  struct Refusal: Error {
    let source: UInt32
    let pattern: Int
    let problem: PatternProblem
  }

  /// The UTF-8 bytes of all texts of a request that a scan takes.
  var textLimit: Int { PatternLimits().textBytes }
}

extension TextPattern {
  package init(_ test: TextTest) {
    self =
      switch test {
      case .mentions(let words): .mentions(words)
      case .contains(let texts): .contains(texts)
      case .startsWith(let text): .startsWith(text)
      case .matches(let pattern): .matches(pattern)
      case .has(let features): .has(features.map(TextFeatureKind.init))
      }
  }
}

extension TextFeatureKind {
  package init(_ feature: TextFeature) {
    self =
      switch feature {
      case .code: .code
      case .json: .json
      case .table: .table
      case .url: .url
      case .numbers: .numbers
      case .email: .email
      case .phone: .phone
      case .card: .card
      case .secret: .secret
      }
  }
}

/// What is known of one text: by kind whether it was scanned, by test whether it holds.
struct TextAnswers: Hashable, Sendable {
  var done: UInt8 = 0
  var hits: [UInt64] = []

  func holds(_ test: Int) -> Bool {
    test / 64 < hits.count && hits[test / 64] >> UInt64(test % 64) & 1 == 1
  }
}
