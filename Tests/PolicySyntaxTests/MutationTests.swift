import PolicyDiagnostics
import PolicySource
import PolicySyntax
import RoutingTestSupport
import Testing

@Suite struct MutationTests {
  /// Every source of the corpus, right or wrong, and the policies of the description.
  private static func seeds() throws -> [[UInt8]] {
    var seeds = try Fixture.names.map { try Fixture.source($0).bytes }
    for name in Corpus.productions {
      seeds += try Corpus.productions(name).entries.map(\.source.bytes)
    }
    for name in Corpus.findings { seeds += try Corpus.findings(name).entries.map(\.source.bytes) }
    return seeds
  }

  @Test func `any bytes become tokens that hold every byte, and findings inside the file`() throws {
    let seeds = try Self.seeds()
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededGenerator(seed: seed)
    let count = 20_000
    for _ in 0..<count {
      var bytes = random.pick(seeds)
      Self.mutate(&bytes, seeds, &random)
      if bytes.count > 600 {
        let start = Int.random(in: 0..<bytes.count - 400, using: &random)
        bytes = Array(bytes[start..<start + 400])
      }
      let source = SourceFile(id: SourceID(0), path: "mutated.rung", bytes: bytes)
      if let complaint = Self.complaint(source) {
        Issue.record("seed \(seed): \(complaint)\n\(source.text(of: source.span).debugDescription)")
        return
      }
    }
    SharedData.say("mutations: \(count) files, seed \(seed)")
  }

  private static func complaint(_ source: SourceFile) -> String? {
    let parsed = PolicyParser.parse(source)
    var end: UInt32 = 0
    for token in parsed.value.tokens.tokens {
      guard token.triviaStart == end, token.span.start >= end else { return "a gap at \(end)" }
      guard token.kind == .endOfFile || token.span.count > 0 else { return "nothing at \(end)" }
      end = token.span.end
    }
    guard Int(end) == source.bytes.count else { return "the end is missing" }
    let spans = parsed.diagnostics.flatMap { diagnostic in
      [diagnostic.span] + diagnostic.notes.compactMap(\.span)
        + diagnostic.fixIts.flatMap(\.edits).map(\.span)
    }
    guard spans.allSatisfy({ source.span.contains($0) }) else { return "a span outside" }
    let formatted = PolicyFormatter.format(parsed.value)
    guard FormatCheck.compare(source, formatted) == .same || !parsed.diagnostics.isEmpty else {
      return "formatting changes it"
    }
    return nil
  }

  private static func mutate(
    _ bytes: inout [UInt8], _ seeds: [[UInt8]], _ random: inout SeededGenerator
  ) {
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      let end = min(bytes.count, place + Int.random(in: 0...12, using: &random))
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
      case 1: bytes.removeSubrange(place..<end)
      case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 3:
        let other = random.pick(seeds)
        bytes.insert(contentsOf: other.prefix(end - place), at: place)
      case 4: bytes.insert(random.pick(Array("\"/\\{}()=!<>&|'#@$%-.\r\n\t ".utf8)), at: place)
      default:
        if place < bytes.count { bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random) }
      }
    }
  }

  @Test func `the parser accepts what the grammar accepts, and nothing else`() throws {
    let grammar = try Grammar.load()
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededGenerator(seed: seed)
    var sentences = SentenceGenerator(grammar, seed: random.next(), longest: 2)
    let count = 6000
    var accepted = 0
    for _ in 0..<count {
      var tokens = sentences.sentence()
      Self.mutate(&tokens, &random)
      let source = SourceFile(path: "mutated.rung", text: tokens.joined(separator: " "))
      let parsed = PolicyParser.parse(source)
      let read = parsed.value.tokens.tokens.dropLast().map { ($0.kind, source.text(of: $0.span)) }
      var loose = Recognizer(grammar, read, .any)
      var strict = Recognizer(grammar, read, .noKeywords)
      let isAccepted = parsed.diagnostics.isEmpty
      accepted += isAccepted ? 1 : 0
      guard isAccepted ? loose.accepts() : !strict.accepts() else {
        let dump = DiagnosticDump.text(parsed.diagnostics, of: source)
        Issue.record(
          "seed \(seed): accepted \(isAccepted)\n\(dump)\n\(tokens.joined(separator: " "))")
        return
      }
    }
    SharedData.say("grammar and parser: \(count) files, \(accepted) accepted, seed \(seed)")
  }

  private static func mutate(_ tokens: inout [String], _ random: inout SeededGenerator) {
    guard tokens.count > 2, random.chance(85) else { return }
    for _ in 0..<Int.random(in: 1...2, using: &random) {
      let place = Int.random(in: 2..<tokens.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: tokens.remove(at: place)
      case 1: tokens.insert(tokens[place], at: place)
      case 2: tokens.swapAt(place, Int.random(in: 2..<tokens.count, using: &random))
      default: tokens[place] = random.pick(tokens)
      }
      if tokens.count <= 2 { return }
    }
  }
}
