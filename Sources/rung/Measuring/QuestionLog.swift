import AnswerSimilarity
import OpenAIWire
import PolicyCompiler
import PolicyGraph
import PolicySemantics
import RoutingBudgets
import RoutingCache
import RoutingCatalog
import RoutingLedger
import RoutingRuntime
import RoutingService

/// The questions of requests as they came, in their order, and where each would be looked for.
struct QuestionLog: Sendable {
  struct Question: Sendable {
    let text: String
    let route: String
    /// Where a similar answer is looked for at run time: only questions of one place may share one.
    let place: String
  }

  let questions: [Question]
  let requests: Int
  /// Those without a question, those whose route hangs on a classifier, and those refused.
  let silent: Int
  let undecided: Int
  let refused: Int
  /// Those of a route with the line whose answer is not looked for: too long, no plain text, nobody's,
  /// or at the caller's word.
  let unplaced: Int
  /// Rows of a ledger whose text was not kept, or is gone.
  let withoutText: Int

  /// `path` is a file of requests, or a ledger that kept texts.
  init(_ path: String, _ desk: DecisionDesk) throws(CommandFailure) {
    let (files, withoutText) = try Self.requests(path)
    var questions: [Question] = []
    var counts = (silent: 0, undecided: 0, refused: 0, unplaced: 0)
    let arms = ArmFingerprints(desk.compiled.policy, desk.compiled.catalog)
    for file in files {
      let input = try desk.input(for: file, isLogged: true)
      guard input.text(of: .question).contains(where: { !$0.isWhitespace }) else {
        counts.silent += 1
        continue
      }
      let decision: Decision
      do throws(FactProblem) {
        decision = try desk.decider.decide(input, expecting: desk.expectations)
      } catch {
        throw CommandFailure("\(file.name): \(error)")
      }
      switch decision.outcome {
      case .needs: counts.undecided += 1
      case .refused: counts.refused += 1
      case .route(let id):
        let hasLine = decision.plan.effects.contains {
          if case .similarCache = $0.kind { true } else { false }
        }
        guard hasLine else { continue }
        guard let place = Self.place(of: file.request, input, decision, arms, desk.compiled) else {
          counts.unplaced += 1
          continue
        }
        questions.append(
          Question(
            text: place.question, route: desk.compiled.policy[id].name,
            place: place.digest.description))
      }
    }
    self.questions = questions
    requests = files.count
    (silent, undecided, refused, unplaced) =
      (counts.silent, counts.undecided, counts.refused, counts.unplaced)
    self.withoutText = withoutText
  }

  /// Nil if it would not be looked for.
  private static func place(
    of request: ChatRequest, _ input: RequestInput, _ decision: Decision, _ arms: ArmFingerprints,
    _ compiled: CompiledPolicy
  ) -> SimilarPlace? {
    let embedders = compiled.catalog.embedders
    let controls = request.cache ?? CacheControls()
    guard let rule = decision.plan.similarCache, let route = decision.route,
      let arm = arms[route, decision.arm?.index ?? 0], input.imageCount == 0,
      embedders.indices.contains(rule.encoder.index), !controls.refusesOld,
      !controls.keepsNothing
    else { return nil }
    let text = input.text(of: .question)
    guard SimilarPlace.holds(text) else { return nil }
    let embedder = embedders[rule.encoder.index]
    let place = SimilarPlace(
      request.json, input,
      in: CacheKey.Situation(
        partition: CachePartition(rule.rule.scope, of: input), arm: arm,
        variant: CacheKey.Situation.variant(of: decision.plan),
        namespace: controls.namespace),
      encoder: SimilarEncoder(embedder.name, at: embedder.deployments) {
        compiled.catalog.provider(named: $0)?.baseURL
      },
      language: QuestionReading(text).language)
    guard let place, place.question.utf8.elementsEqual(text.utf8) else { return nil }
    return place
  }

  private static func requests(
    _ path: String
  ) throws(CommandFailure) -> (files: [RequestFile], withoutText: Int) {
    guard Files.isLedger(path) else { return (try RequestFile.all(in: path), 0) }
    var files: [RequestFile] = []
    var withoutText = 0
    do throws(LedgerFailure) {
      let reader = try LedgerReader(path: path)
      var rows: [RequestID] = []
      try reader.forEach {
        // What was asked aside, of another model, is no caller's question.
        if $0.entry.parent == nil { rows.append($0.entry.id) }
        return true
      }
      for row in rows {
        guard let text = try reader.text(of: row) else {
          withoutText += 1
          continue
        }
        do throws(WireProblem) {
          files.append(RequestFile("\(row)", try ChatRequest(text.prompt)))
        } catch {
          withoutText += 1
        }
      }
    } catch {
      throw CommandFailure("\(error)", exit: .couldNotRun)
    }
    guard !files.isEmpty else {
      throw CommandFailure(
        "`\(path)` kept no texts: a ledger keeps them with --keep-prompts, for as long as that says"
      )
    }
    return (files, withoutText)
  }
}
