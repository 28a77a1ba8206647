import PolicyGraph
import PolicySemantics
import TextPatterns
import TokenEstimates

/// The texts a request may have, as far as the tests of a policy can tell them apart: one for each
/// way of passing and failing them, out of everything that can be put together of their words.
struct OracleTexts {
  /// Each a request's messages.
  private(set) var choices: [[RequestInput.Message]] = []
  /// Why there may be texts that these do not stand for.
  private(set) var gaps: Set<String> = []
  private var tests: [TextPart: Set<TextTest>] = [:]
  private var measures: [TextPart: [Measure: Set<Int64>]] = [:]
  private var turns: Set<Int64> = []
  private var counts: Set<Int64> = []
  private var readsLanguage = false

  enum Measure: Hashable { case chars, tokens, lines }

  init(_ graphs: [DecisionGraph]) throws {
    for graph in graphs {
      for atom in 0..<graph.atomCount { add(graph.test(of: AtomID(atom))) }
    }
    findGaps()
    var parts = Set(tests.keys).union(measures.keys)
    if readsLanguage { parts.insert(.question) }
    if parts == [.prompt] { parts = turns.isEmpty ? [.question] : [.question, .system] }
    if parts.contains(.prompt) {
      parts.remove(.prompt)
      if let free = [TextPart.system, .context, .question].first(where: { !parts.contains($0) }) {
        parts.insert(free)
      }
    }
    let snippets = self.snippets
    let system = try candidates(.system, snippets, parts)
    let context = try candidates(.context, snippets, parts)
    let question = try candidates(.question, snippets, parts)
    for a in system {
      for b in context { for c in question { add(system: a, context: b, question: c) } }
    }
  }

  private mutating func add(_ test: RequestTest) {
    switch test {
    case .text(let part, let test): tests[part, default: []].insert(test)
    case .number(.chars(let part), _, let number): note(part, .chars, number)
    case .number(.tokens(let part), _, let number): note(part, .tokens, number)
    case .number(.lines(let part), _, let number): note(part, .lines, number)
    case .number(.turn, _, let number): turns.formUnion(near(number))
    case .number(.messages, _, let number): counts.formUnion(near(number))
    case .name(.language, _): readsLanguage = true
    case .number, .name, .flag, .label, .offersTool: break
    }
  }

  private mutating func note(_ part: TextPart, _ measure: Measure, _ number: Int64) {
    measures[part, default: [:]][measure, default: []].insert(number)
  }

  private func near(_ number: Int64) -> [Int64] {
    [number - 1, number, number + 1].filter { $0 >= 0 }
  }

  private mutating func findGaps() {
    let all = tests.values.joined()
    let parts = Set(tests.keys).union(measures.keys)
    if !measures.isEmpty, !all.isEmpty || readsLanguage { gaps.insert("words and sizes") }
    if measures.values.flatMap(\.keys).count > 1 { gaps.insert("sizes of one another") }
    if readsLanguage, !all.isEmpty || !turns.isEmpty { gaps.insert("language and words") }
    if !turns.isEmpty || !counts.isEmpty, parts != [], parts != [.question] {
      gaps.insert("messages that hold the texts")
    }
    if parts.contains(.prompt), parts.count > 1 {
      let several = all.contains { test in
        switch test {
        case .mentions(let words), .contains(let words): words.contains { $0.contains(" ") }
        case .startsWith: true
        case .matches, .has: true
        }
      }
      if several { gaps.insert("phrases over joints") }
    }
    let opaque = all.contains { test in
      switch test {
      case .matches, .has: true
      case .mentions, .contains, .startsWith: false
      }
    }
    if opaque { gaps.insert("opaque tests") }
  }

  // MARK: Pieces

  private struct Snippets {
    var leads: Set<String> = [""]
    var pieces: Set<String> = []
  }

  private var snippets: Snippets {
    var found = Snippets()
    let all = tests.values.joined()
    let readsLetters = all.contains { if case .mentions = $0 { false } else { true } }
    for test in all {
      switch test {
      case .mentions(let words), .contains(let words):
        for word in words {
          found.pieces.insert(word)
          if readsLetters { found.pieces.formUnion(["q\(word)q", word.uppercased()]) }
        }
      case .startsWith(let text): found.leads.formUnion([text + "q", text])
      case .matches: found.pieces.formUnion(["refund", "refunds", "REFUND", "fund"])
      case .has(let features): found.pieces.formUnion(features.map(Self.sample))
      }
    }
    if readsLanguage {
      found.pieces.insert("The weather in the mountains changes quickly and nobody should walk.")
      found.pieces.insert("Das Wetter in den Bergen ändert sich schnell und niemand sollte gehen.")
    }
    return found
  }

  private static func sample(_ feature: TextFeature) -> String {
    switch feature {
    case .url: "https://example.org/a"
    case .email: "ada@example.org"
    case .json: "{\"name\": \"Ada\"}"
    case .code, .table, .numbers, .phone, .card, .secret: "1"
    }
  }

  /// Texts of one part, the shortest of each kind; only the empty one where nothing reads the part.
  private func candidates(
    _ part: TextPart, _ snippets: Snippets, _ parts: Set<TextPart>
  ) throws -> [String] {
    guard parts.contains(part) else { return [""] }
    var kinds: [[Int]: String] = [:]
    let held = Array((tests[part] ?? []).union(tests[.prompt] ?? []))
    var scan = try held.isEmpty ? nil : TextScan(of: PatternSet(held.map(TextPattern.init)))
    for text in texts(of: snippets).sorted(by: { ($0.utf8.count, $0) < ($1.utf8.count, $1) }) {
      for text in padded(text, part) {
        let bytes = Array(text.utf8)
        scan?.start()
        var kind = try held.indices.map { try scan?.holds($0, in: bytes.span) == true ? 1 : 0 }
        kind += places(of: text, part)
        kind.append(text.isEmpty ? 1 : 0)
        if readsLanguage, part == .question {
          kind.append(TextLanguage.code(of: bytes.span).hashValue)
        }
        if kinds[kind] == nil { kinds[kind] = text }
      }
    }
    return kinds.values.sorted()
  }

  /// All subsets of the pieces behind each lead; of many pieces the small ones.
  private func texts(of snippets: Snippets) -> [String] {
    let pieces = snippets.pieces.sorted()
    var texts: [String] = []
    for set in 0..<(1 << min(pieces.count, 12)) {
      if pieces.count > 7, set.nonzeroBitCount > 3 { continue }
      let chosen = pieces.indices.filter { set >> $0 & 1 == 1 }.map { pieces[$0] }
      for lead in snippets.leads {
        texts.append(([lead] + chosen).filter { !$0.isEmpty }.joined(separator: ", "))
      }
    }
    return texts.isEmpty ? [""] : texts + ["-"]
  }

  // MARK: Sizes

  private func sizes(_ part: TextPart) -> [Measure: Set<Int64>] {
    (measures[part] ?? [:]).merging(measures[.prompt] ?? [:]) { $0.union($1) }
  }

  private func size(_ measure: Measure, _ text: String) -> Int64 {
    switch measure {
    case .chars: return Int64(text.unicodeScalars.count)
    case .lines:
      if text.isEmpty { return 0 }
      let newlines = text.unicodeScalars.count { $0 == "\n" }
      return Int64(text.hasSuffix("\n") ? newlines : newlines + 1)
    case .tokens: return TokenEstimate(text: Array(text.utf8).span, family: .qwen).high
    }
  }

  private func places(of text: String, _ part: TextPart) -> [Int] {
    sizes(part).sorted { "\($0.key)" < "\($1.key)" }.flatMap { measure, numbers in
      let size = size(measure, text)
      return numbers.sorted().map { size < $0 ? 0 : size == $0 ? 1 : 2 }
    }
  }

  /// The text, and made as large as each number asks.
  private func padded(_ text: String, _ part: TextPart) -> [String] {
    var found = [text]
    for (measure, numbers) in sizes(part) {
      for target in numbers.flatMap(near) {
        var longer = text
        while size(measure, longer) < target {
          longer += measure == .lines ? "\n" : measure == .tokens ? " q" : "."
        }
        found.append(longer)
      }
    }
    return found
  }

  // MARK: Messages

  private mutating func add(system: String, context: String, question: String) {
    for turn in turns.isEmpty ? [question.isEmpty ? 0 : 1] : turns.sorted() {
      for count in counts.isEmpty ? [-1] : counts.sorted() {
        if let made = messages(system, context, question, turn: turn, count: count) {
          choices.append(made)
        }
      }
    }
  }

  private func messages(
    _ system: String, _ context: String, _ question: String, turn: Int64, count: Int64
  ) -> [RequestInput.Message]? {
    var made: [RequestInput.Message] = []
    if !system.isEmpty { made.append(.init(role: .system, text: system)) }
    var users = turn
    if !context.isEmpty {
      // An earlier question where there is one, so that few messages do.
      let isUser = turn > 1
      made.append(.init(role: isUser ? .user : .assistant, text: context))
      if isUser { users -= 1 }
    }
    guard turn > 0 || question.isEmpty else { return nil }
    for _ in 0..<max(0, users - 1) { made.append(.init(role: .user, text: "")) }
    if turn > 0 { made.append(.init(role: .user, text: question)) }
    if made.isEmpty { made.append(.init(role: .system, text: "")) }
    guard count >= 0 else { return made }
    guard count >= Int64(made.count) else { return nil }
    while made.count < count { made.insert(.init(role: .assistant, text: ""), at: 0) }
    return made
  }
}
