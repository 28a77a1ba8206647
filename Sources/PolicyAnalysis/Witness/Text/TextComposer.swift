import PolicyGraph
import PolicySemantics
import PolicySource

/// Writes the messages of a request so that its texts pass and fail the tests they should.
///
/// Words are put where they must stand, in the question where any place will do; filler stands
/// around them where a text must not start or end with them, and up to the sizes wanted.
final class TextComposer {
  let space: FieldSpace
  let probes: TextProbes
  let padding: TextPadding
  let effort = PaddingEffort()
  /// Samples of patterns, by pattern.
  var samples: [ExactText: [String]] = [:]

  init(_ space: FieldSpace, _ graphs: [DecisionGraph], _ probes: TextProbes) {
    self.space = space
    self.probes = probes
    padding = TextPadding(graphs, effort)
  }

  func messages(
    of model: DiagramModel, variation: Int
  ) throws(RequestBuilder.Failure) -> [RequestDraft.Message] {
    var attempt = Attempt(demand: TextDemand(space, model), variation: variation)
    var missed: RequestBuilder.Failure?
    // Which text stands first matters where the prompt must start with something.
    for order in Self.orders {
      attempt.order = order
      do throws(RequestBuilder.Failure) {
        return try messages(attempt)
      } catch {
        missed = missed ?? error
      }
      if attempt.demand.required[.prompt] == nil { break }
    }
    throw missed ?? failure([])
  }

  func messages(
    _ attempt: Attempt
  ) throws(RequestBuilder.Failure) -> [RequestDraft.Message] {
    var texts = try chosen(attempt)
    if texts[.question] == nil { texts[.question] = plainQuestion(attempt, beside: texts) }
    try speak(&texts, attempt)
    try pad(&texts, attempt)
    return try arranged(texts, attempt)
  }

  struct Attempt {
    let demand: TextDemand
    let variation: Int
    /// The parts as they follow each other in the prompt.
    var order = TextComposer.orders[0]

    /// A list with other members first in later attempts.
    func rotated<Element>(_ list: [Element]) -> [Element] {
      guard variation > 0, list.count > 1 else { return list }
      let start = variation % list.count
      return Array(list[start...] + list[..<start])
    }
  }

  static let parts: [TextPart] = [.system, .context, .question]
  static let orders: [[TextPart]] = [
    parts, [.context, .system, .question], [.question, .system, .context],
  ]

  // MARK: Words that must be there

  func chosen(
    _ attempt: Attempt
  ) throws(RequestBuilder.Failure) -> [TextPart: [UInt8]] {
    let demand = attempt.demand
    var pieces: [TextPart: [Piece]] = [:]
    var texts: [TextPart: [UInt8]] = [:]
    for part in Self.parts {
      let wanted = sorted(demand.required[part] ?? [])
      for level in wanted where !holds(level, texts[part], as: part) {
        guard let piece = piece(for: level, in: part, attempt) else {
          throw failure([level] + demand.levels(around: part))
        }
        pieces[part, default: []].append(piece)
        texts[part] = try joined(pieces[part] ?? [], part, attempt, satisfying: nil)
      }
    }
    for level in sorted(demand.required[.prompt] ?? [])
    where !holds(level, joined(texts, attempt), as: .prompt) {
      try place(level, &pieces, &texts, attempt)
    }
    for part in Self.parts {
      guard let pieces = pieces[part] else { continue }
      texts[part] = try joined(pieces, part, attempt, satisfying: demand.required[part] ?? [])
    }
    let prompt = joined(texts, attempt)
    for level in demand.required[.prompt] ?? [] where !holds(level, prompt, as: .prompt) {
      throw failure([level] + Self.parts.flatMap { demand.levels(around: $0) })
    }
    return texts
  }

  /// A test of the prompt is met in the first part that can: the question if possible.
  func place(
    _ level: Int, _ pieces: inout [TextPart: [Piece]], _ texts: inout [TextPart: [UInt8]],
    _ attempt: Attempt
  ) throws(RequestBuilder.Failure) {
    let demand = attempt.demand
    var order: [TextPart] = [.question, .context, .system]
    if case .text(_, .startsWith) = space.variables[level].field {
      // It must stand in the first part that has text.
      let first = attempt.order.firstIndex { texts[$0] != nil } ?? attempt.order.count - 1
      order = attempt.order[...first].reversed()
    }
    for part in order where demand.mayHaveText(part) {
      guard let piece = piece(for: level, in: part, attempt) else { continue }
      let all = (pieces[part] ?? []) + [piece]
      guard let text = try? joined(all, part, attempt, satisfying: demand.required[part] ?? []),
        fits(text, demand.size(of: part))
      else { continue }
      var whole = texts
      whole[part] = text
      guard holds(level, joined(whole, attempt), as: .prompt) else { continue }
      pieces[part] = all
      texts = whole
      return
    }
    throw failure([level] + Self.parts.flatMap { demand.levels(around: $0) })
  }

  /// What must stand at a place of its own goes first, then long texts: they may bring short ones.
  func sorted(_ levels: [Int]) -> [Int] {
    levels.sorted { a, b in
      let (first, second) = (rank(a), rank(b))
      return first == second ? a < b : first < second
    }
  }

  func rank(_ level: Int) -> Int {
    guard case .text(_, let probe) = space.variables[level].field else { return 0 }
    switch probe {
    // Of two the longer one, which starts with the other.
    case .startsWith(let text): return -100_000 - text.text.utf8.count
    case .matches: return -50_000
    case .has: return -40_000
    case .mentions(let words), .contains(let words):
      return -(words.map(\.text.utf8.count).min() ?? 0)
    }
  }

  // MARK: Filler

  /// Words that trip nothing forbidden in a part, the nicest first; at most a few.
  func fillers(_ part: TextPart, _ attempt: Attempt) -> [[UInt8]] {
    let language = part == .question ? attempt.demand.language : nil
    var found: [[UInt8]] = []
    for word in attempt.rotated(FillerWords.words(language)) where found.count < 4 {
      let text = Array(word.utf8)
      if isClean(text, part, attempt) { found.append(text) }
    }
    return found
  }

  func plainQuestion(
    _ attempt: Attempt, beside texts: [TextPart: [UInt8]]
  ) -> [UInt8]? {
    let demand = attempt.demand
    guard demand.mayHaveText(.question) else { return nil }
    for question in attempt.rotated(FillerWords.questions(demand.language)) {
      let text = Array(question.utf8)
      guard isClean(text, .question, attempt), fits(text, demand.size(of: .question)) else {
        continue
      }
      var all = texts
      all[.question] = text
      guard fits(joined(all, attempt), demand.size(of: .prompt)),
        demand.language.map({ $0.isMet(by: text) }) ?? true
      else { continue }
      return text
    }
    return nil
  }

  /// Makes the question one of the language wanted.
  func speak(
    _ texts: inout [TextPart: [UInt8]], _ attempt: Attempt
  ) throws(RequestBuilder.Failure) {
    guard let language = attempt.demand.language else { return }
    let question = texts[.question] ?? []
    if language.isMet(by: question) { return }
    for phrase in attempt.rotated(FillerWords.questions(language)) {
      for text in [question + [0x20] + phrase.utf8, Array(phrase.utf8) + [0x20] + question] {
        guard language.isMet(by: text), isSound(text, .question, attempt) else { continue }
        texts[.question] = text
        return
      }
    }
    throw failure(attempt.demand.levels(around: .question))
  }

  // MARK: Checks

  func holds(_ level: Int, _ text: [UInt8]?, as part: TextPart) -> Bool {
    guard let text, !text.isEmpty else { return false }
    return (try? probes.passed(by: text, as: part))?.contains(level) ?? false
  }

  /// Whether a text passes a test of its part or of the prompt it becomes part of.
  func passes(_ text: [UInt8], _ level: Int, _ part: TextPart) -> Bool {
    guard case .text(let own, _) = space.variables[level].field else { return false }
    return holds(level, text, as: own)
  }

  /// Whether a text passes nothing that must fail, in its part or as part of the prompt.
  func isClean(
    _ text: [UInt8], _ part: TextPart, _ attempt: Attempt, asPrompt: Bool = true
  ) -> Bool {
    if let forbidden = attempt.demand.forbidden[part], !forbidden.isEmpty {
      guard let passed = try? probes.passed(by: text, as: part),
        passed.isDisjoint(with: forbidden)
      else { return false }
    }
    guard asPrompt, let forbidden = attempt.demand.forbidden[.prompt], !forbidden.isEmpty else {
      return true
    }
    return (try? probes.passed(by: text, as: .prompt))?.isDisjoint(with: forbidden) ?? false
  }

  func isSound(_ text: [UInt8], _ part: TextPart, _ attempt: Attempt) -> Bool {
    let required = attempt.demand.required[part] ?? []
    guard isClean(text, part, attempt) else { return false }
    guard !required.isEmpty else { return true }
    return (try? probes.passed(by: text, as: part))?.isSuperset(of: required) ?? false
  }

  func failure(_ levels: [Int]) -> RequestBuilder.Failure {
    RequestBuilder.Failure(levels: Array(Set(levels)).sorted())
  }

  // MARK: The prompt

  func joined(_ texts: [TextPart: [UInt8]], _ attempt: Attempt) -> [UInt8] {
    var all: [UInt8] = []
    for part in attempt.order {
      guard let text = texts[part], !text.isEmpty else { continue }
      if !all.isEmpty { all += [0x0a, 0x0a] }
      all += text
    }
    return all
  }
}
