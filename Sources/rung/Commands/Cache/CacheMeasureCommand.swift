import AnswerSimilarity
import ArgumentParser
import HTTPUpstream
import JSONWriting
import PolicyCompiler
import PolicySemantics
import PolicyUnits
import RoutingCalls
import Synchronization

struct CacheMeasureCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure",
    abstract: "Count how often a `cache similar` line would be right and wrong, before it serves.",
    discussion: """
      With --pairs, FILE has labelled pairs of questions, {"a":…,"b":…,"same":true} a line or CSV with \
      the columns a, b and same: `same` where one answer serves both. Every text is made into a vector \
      once by the line's embedder, 64 to a call; what that cost is printed. By threshold it prints how \
      many pairs would share an answer, and how many of them wrongly, by similarity alone and with the \
      guards, each with its bound at 95 % confidence. Exits with 1 where more than 1 % may be wrong.

      With --log, FILE has requests as they came, one a line, or is a ledger that kept its texts. It \
      prints the hit rate the line would have had, and --pairs-out writes the pairs that would have \
      shared an answer, to be labelled.

      --evidence writes what was measured; named in `rung.yaml` under `evidence: [FILE]` it is what the \
      rule similar_without_evidence asks for. Nothing is written by an encoder that says the same of \
      all texts, or something else each time.

      EXAMPLES
        rung cache measure policies/support --pairs pairs.jsonl
        rung cache measure support --pairs pairs.jsonl --evidence faq.evidence.json
        rung cache measure support --log requests.jsonl --pairs-out to-label.jsonl
      """)

  @Argument(help: "The policy.", completion: .file())
  var policy: String

  @Option(
    help: ArgumentHelp("Labelled pairs of questions.", valueName: "file"), completion: .file())
  var pairs: String?

  @Option(help: ArgumentHelp("Requests as they came.", valueName: "file"), completion: .file())
  var log: String?

  @OptionGroup var arguments: RequestArguments

  @Option(help: "The line of this route only.")
  var route: String?

  @Option(help: ArgumentHelp("Write the evidence here.", valueName: "file"), completion: .file())
  var evidence: String?

  @Option(
    help: ArgumentHelp("Write the pairs a log would have shared here.", valueName: "file"),
    completion: .file())
  var pairsOut: String?

  @Option(
    help: "What the vectors may cost, as 0.50.", transform: BatchCommand.Amount.init(reading:))
  var maxCost: BatchCommand.Amount?

  @Option(help: "Call every provider at this address, without its key.")
  var baseURL: String?

  @Option(help: "text for people, json for machines.")
  var format = OutputFormat.text

  func validate() throws {
    guard (pairs == nil) != (log == nil) else {
      throw ValidationError("say what to measure on: --pairs FILE or --log FILE")
    }
    if evidence != nil, log != nil {
      throw ValidationError("--evidence needs labelled pairs: --pairs FILE")
    }
    if pairsOut != nil, log == nil { throw ValidationError("--pairs-out goes with --log FILE") }
  }

  func run() async throws {
    let compiled = try PolicyCompilation(policy).sound()
    let lines = try MeasuredLine.all(in: compiled.policy, route: route)
    if evidence != nil, lines.count > 1 {
      throw CommandFailure(
        "the policy has \(lines.count) thresholds and encoders, and a file is evidence of one: name a "
          + "route with --route")
    }
    let address = try baseURL.map(RunCommand.address)
    let client = HTTPUpstream()
    let runner = RequestRunner(
      catalog: compiled.catalog, client: client, settings: CallSettings(baseURL: address))
    let result = await Result.of {
      if let pairs {
        try await measure(try PairFile.pairs(pairs), lines, runner, compiled)
      } else {
        try await replay(
          try QuestionLog(log ?? "-", DecisionDesk(compiled, arguments)), lines, runner, compiled)
      }
    }
    client.shutdown()
    if try result.get() { throw ExitCode(CommandExit.findings.rawValue) }
  }

  // MARK: On labelled pairs

  /// Whether more may be wrong than is allowed.
  private func measure(
    _ pairs: [LabelledPair], _ lines: [MeasuredLine], _ runner: RequestRunner,
    _ compiled: CompiledPolicy
  ) async throws -> Bool {
    let texts = Self.distinct(pairs.flatMap { [$0.one, $0.other] })
    var reports: [MeasureReport] = []
    var encoded: [EmbedderID: EncodedTexts] = [:]
    for line in lines {
      let made: EncodedTexts
      if let known = encoded[line.encoder] {
        made = known
      } else {
        made = try await encode(texts, line, runner)
        encoded[line.encoder] = made
      }
      let measured = pairs.map { pair in
        MeasuredPair(pair, similarity: Double(made.similarity(pair.one, pair.other)))
      }
      reports.append(
        MeasureReport(
          line: line, table: SimilarityTable(measured, line: line.threshold), texts: texts.count,
          encoded: made, currency: compiled.policy.vocabulary.currency))
    }
    if let evidence, let report = reports.first {
      guard let today = Moment.today else {
        throw CommandFailure("this machine's clock shows no date", exit: .couldNotRun)
      }
      try Files.write(report.evidence(on: today, elsewhere: baseURL != nil), to: evidence)
    }
    switch format {
    case .text: Terminal.out(reports.map(\.text).joined(separator: "\n\n"))
    case .json:
      var json = JSONWriter()
      json.array { json in for report in reports { report.write(to: &json) } }
      Terminal.out(json.text)
    }
    return !reports.allSatisfy(\.isEnough)
  }

  private func encode(
    _ texts: [String], _ line: MeasuredLine, _ runner: RequestRunner
  ) async throws -> EncodedTexts {
    let done = Mutex(0)
    let encoding = TextEncoding(runner, embedder: line.encoder, most: maxCost?.money)
    let told: @Sendable (Int) -> Void = { count in done.withLock { $0 = count } }
    return try await Interruption().cancelling {
      try await Progress.during(
        { _ in
          "\(done.withLock { $0 })/\(Amounts.count(texts.count, "text")) by \(line.encoderName)"
        }
      ) {
        try await EncodedTexts.make(texts, encoding, named: line.encoderName, told: told)
      }
    }
  }

  /// Each text once, in the order they come.
  static func distinct(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }

  // MARK: On a log

  private func replay(
    _ log: QuestionLog, _ lines: [MeasuredLine], _ runner: RequestRunner,
    _ compiled: CompiledPolicy
  ) async throws -> Bool {
    var reports: [MeasuredLogReport] = []
    for line in lines {
      let questions = log.questions.filter { line.routes.contains($0.route) }
        .map { SimilarityReplay.Question($0.text, in: $0.place) }
      let texts = Self.distinct(questions.map(\.text))
      guard texts.count <= SimilarityReplay.most else {
        throw CommandFailure(
          "the log has \(texts.count) different questions, and \(SimilarityReplay.most) are held "
            + "against each other at most: measure a part of it")
      }
      guard !texts.isEmpty else {
        throw CommandFailure(
          "no request of the log goes to \(line.routes.joined(separator: ", ")) with a question")
      }
      let encoded = try await encode(texts, line, runner)
      reports.append(
        MeasuredLogReport(
          line: line,
          replay: SimilarityReplay(questions, line: line.threshold, similarity: encoded.similarity),
          log: log, encoded: encoded, currency: compiled.policy.vocabulary.currency))
    }
    if let pairsOut {
      try Files.write(reports.map(\.pairLines).joined(), to: pairsOut)
    }
    switch format {
    case .text: Terminal.out(reports.map(\.text).joined(separator: "\n\n"))
    case .json:
      var json = JSONWriter()
      json.array { json in for report in reports { report.write(to: &json) } }
      Terminal.out(json.text)
    }
    return false
  }
}
