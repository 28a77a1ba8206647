import HTTPTypes
import OpenAIWire
import PolicyExplain
import PolicyGraph
import PolicySemantics
import RoutingCalls
import RoutingLedger
import RoutingRuntime
import RoutingService

/// `POST /v1/embeddings`: vectors of an embedder of the catalog, under the policy's guards, budgets and
/// limits.
struct EmbeddingsHandler: Sendable {
  let reading: RequestReading
  /// A spent budget is answered 429 instead of 402.
  let budgetIsLimit: Bool

  @inline(never)
  func answer(_ exchange: Exchange) async {
    let policy = exchange.policy
    do throws(APIProblem) {
      let wanted = try reading.embeddings(exchange)
      let asked = try asked(wanted, exchange, policy)
      let (outcome, answer) = try await outcome(wanted, asked, exchange, policy)
      try await give(outcome, answer, wanted, exchange, policy)
    } catch {
      await exchange.refuse(error, headers: [.rungPolicy: policy.version])
    }
  }

  private func asked(
    _ wanted: EmbeddingsRequest, _ exchange: Exchange, _ policy: ServedPolicy
  ) throws(APIProblem) -> AskedRequest {
    let chat: ChatRequest
    do throws(WireProblem) {
      chat = try ChatRequest(wanted)
    } catch {
      throw APIProblem(error)
    }
    return AskedRequest(
      request: chat, input: try reading.input(chat, exchange, under: policy),
      idempotencyKey: try exchange.idempotencyKey(), id: exchange.id)
  }

  private func outcome(
    _ wanted: EmbeddingsRequest, _ asked: AskedRequest, _ exchange: Exchange,
    _ policy: ServedPolicy
  ) async throws(APIProblem) -> (RequestOutcome, EmbeddingsResponse?) {
    do throws(RequestFailure) {
      let (outcome, answer) = try await policy.service.embed(wanted, asked: asked)
      exchange.tally.end(.outcome(outcome))
      return (outcome, answer)
    } catch {
      exchange.tally.end(.ledger(error))
      throw .ledgerUnavailable(error.description)
    }
  }

  private func give(
    _ outcome: RequestOutcome, _ answer: EmbeddingsResponse?, _ wanted: EmbeddingsRequest,
    _ exchange: Exchange, _ policy: ServedPolicy
  ) async throws(APIProblem) {
    if case .repeated(let kept, _) = outcome.ending {
      return await exchange.answer(
        kept.status, kept.body, headers: .repeating(kept, under: policy.version))
    }
    let checked = policy.explainer.decider.graph.policy
    guard let answer, case .called(let decided, let record) = outcome.ending else {
      if case .notCalled(let decided) = outcome.ending,
        case .refused(.emptied(.notInCatalog(let name))) = decided.decision.outcome
      {
        throw .unknownModel(name, among: checked.vocabulary.embedders.map(\.name))
      }
      throw OutcomeProblems(
        policy.explainer, budgetIsLimit: budgetIsLimit, isStopped: exchange.isStopped
      ).problem(outcome)
        ?? OutcomeProblems.undecided
    }
    let headers = AnswerHeaders(policy: checked, version: policy.version)
    var fields = headers.fields(decided.decision, outcome.cache, record)
    fields[.rungModel] = wanted.model
    await exchange.answer(200, answer.body(model: wanted.model), headers: fields)
  }
}
