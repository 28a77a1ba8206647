import HTTPTypes
import JSONReading
import JSONWriting
import LedgerExchange
import OpenAIWire
import PolicyExplain
import PolicyGraph
import RoutingCalls
import RoutingLedger
import RoutingRuntime
import RoutingService

/// `POST /v1/chat/completions`: one request, decided and answered by one version of the policy.
final class ChatHandler: Sendable {
  let reading: RequestReading
  /// A spent budget is answered 429 instead of 402.
  let budgetIsLimit: Bool
  /// Adds the `x-litellm-*` headers.
  let addsLiteLLMHeaders: Bool

  init(reading: RequestReading, budgetIsLimit: Bool, addsLiteLLMHeaders: Bool) {
    self.reading = reading
    self.budgetIsLimit = budgetIsLimit
    self.addsLiteLLMHeaders = addsLiteLLMHeaders
  }

  /// `shape` is that of the request, and so of its answer.
  @inline(never)
  func answer(_ exchange: Exchange, in shape: AnswerShape = .chat) async {
    do throws(APIProblem) {
      let asked = try asked(exchange, shape)
      if asked.asked.request.stream {
        await stream(asked, exchange, exchange.policy, shape)
      } else {
        try await whole(asked, exchange, exchange.policy, shape)
      }
    } catch {
      await exchange.refuse(error)
    }
  }

  /// A function of its own: what it needs is not held for as long as the answer takes.
  @inline(never)
  private func asked(
    _ exchange: Exchange, _ shape: AnswerShape
  ) throws(APIProblem) -> AcceptedRequest {
    let chat =
      switch shape {
      case .chat: try reading.chat(exchange)
      case .completion: try reading.completion(exchange)
      }
    let input = try reading.input(chat, exchange, under: exchange.policy)
    var asked = AskedRequest(
      request: chat, input: input, idempotencyKey: try exchange.idempotencyKey(),
      id: exchange.id)
    if let header = exchange.headers[.cacheControl] {
      do throws(CacheControlProblem) {
        try asked.cache.add(header: header)
      } catch {
        throw APIProblem(error)
      }
    }
    return exchange.policy.service.accept(asked)
  }

  private func headers(_ policy: ServedPolicy) -> AnswerHeaders {
    AnswerHeaders(policy: policy.explainer.decider.graph.policy, version: policy.version)
  }

  private func whole(
    _ asked: AcceptedRequest, _ exchange: Exchange, _ policy: ServedPolicy, _ shape: AnswerShape
  ) async throws(APIProblem) {
    let outcome = try await outcome(asked, exchange, policy, to: nil)
    let headers = headers(policy)
    switch outcome.ending {
    case .called(let decided, let record):
      var fields = headers.fields(decided.decision, outcome.cache, record)
      if addsLiteLLMHeaders {
        headers.addLiteLLM(
          record, request: exchange.name, asked: decided.input.model, to: &fields)
      }
      guard let answer = record.answer else {
        return await exchange.refuse(
          problem(outcome, exchange, policy), headers: fields,
          adding: explanation(decided, outcome, exchange, policy))
      }
      let name = AnswerName(
        id: shape.id(of: exchange.name), model: headers.model(record) ?? answer.model ?? "")
      let members =
        AnswerHeaders.estimate(record) + explanation(decided, outcome, exchange, policy)
      await exchange.answer(
        200, shape.body(answer, as: name, adding: members), headers: fields)
    case .notCalled(let decided), .full(let decided, _):
      await exchange.refuse(
        problem(outcome, exchange, policy),
        headers: headers.refusal(decided.decision, outcome.cache),
        adding: explanation(decided, outcome, exchange, policy))
    case .cached(let decided, let hit):
      let name = AnswerName(id: shape.id(of: exchange.name), model: hit.model)
      let body = shape.body(
        hit.response, as: name, adding: explanation(decided, outcome, exchange, policy))
      await exchange.answer(200, body, headers: headers.fields(decided.decision, hit))
    case .repeated(let answer, _):
      await exchange.answer(
        answer.status, repeated(answer, in: shape),
        headers: .repeating(answer, under: policy.version))
    case .unfit(let unfit):
      await exchange.refuse(problem(outcome, exchange, policy), headers: headers.refusal(unfit))
    case .cancelled: await exchange.refuse(problem(outcome, exchange, policy))
    }
  }

  /// An answer that was given before, in the shape it was given in.
  private func repeated(_ kept: IdempotencyAnswer, in shape: AnswerShape) -> [UInt8] {
    guard shape != .chat, kept.isAnswer, let answer = try? ChatResponse(kept.body) else {
      return kept.body
    }
    let name = AnswerName(id: answer.id ?? "", model: answer.model ?? "")
    return shape.body(answer, as: name, adding: [])
  }

  private func stream(
    _ asked: AcceptedRequest, _ exchange: Exchange, _ policy: ServedPolicy, _ shape: AnswerShape
  ) async {
    let sink = StreamSink(
      exchange, headers(policy), tellsUsage: asked.asked.request.includeUsage, shape: shape)
    do throws(APIProblem) {
      let outcome = try await outcome(asked, exchange, policy, to: sink)
      await end(sink, with: outcome, exchange, policy, shape)
    } catch {
      await fail(error, [.rungPolicy: policy.version], exchange, sink)
    }
  }

  /// What follows the last chunk, or comes in the place of all.
  @inline(never)
  private func end(
    _ sink: StreamSink, with outcome: RequestOutcome, _ exchange: Exchange, _ policy: ServedPolicy,
    _ shape: AnswerShape
  ) async {
    let headers = headers(policy)
    do throws(APIProblem) {
      switch outcome.ending {
      case .called(let decided, let record):
        guard let answer = record.answer else {
          let fields = headers.fields(decided.decision, outcome.cache, record)
          return await fail(
            problem(outcome, exchange, policy), fields, exchange, sink,
            adding: explanation(decided, outcome, exchange, policy))
        }
        let members =
          [headers.summary(record)] + explanation(decided, outcome, exchange, policy)
        let name = AnswerName(
          id: shape.id(of: exchange.name), model: headers.model(record) ?? answer.model ?? "")
        await sink.end(answer, as: name, estimated: record.estimate, adding: members)
      case .cached(let decided, let hit):
        let name = AnswerName(id: shape.id(of: exchange.name), model: hit.model)
        let fields = headers.fields(decided.decision, hit)
        await replay(
          hit.response, as: name, fields, exchange, sink, shape,
          adding: explanation(decided, outcome, exchange, policy))
      case .repeated(let answer, _): try await replay(answer, exchange, sink, policy, shape)
      case .notCalled(let decided), .full(let decided, _):
        await fail(
          problem(outcome, exchange, policy), headers.refusal(decided.decision, outcome.cache),
          exchange, sink, adding: explanation(decided, outcome, exchange, policy))
      case .unfit(let unfit):
        let fields = headers.refusal(unfit)
        await fail(problem(outcome, exchange, policy), fields, exchange, sink)
      case .cancelled: throw problem(outcome, exchange, policy)
      }
    } catch {
      await fail(error, [.rungPolicy: policy.version], exchange, sink)
    }
  }

  /// An error answer; an event with it where the first byte has gone out.
  private func fail(
    _ problem: APIProblem, _ fields: HTTPFields, _ exchange: Exchange, _ sink: StreamSink,
    adding members: [MemberEdit] = []
  ) async {
    if exchange.writer.hasBegun {
      await sink.fail(problem, adding: members)
    } else {
      await exchange.refuse(problem, headers: fields, adding: members)
    }
  }

  /// The answer of an earlier request, for a caller who streams.
  private func replay(
    _ kept: IdempotencyAnswer, _ exchange: Exchange, _ sink: StreamSink, _ policy: ServedPolicy,
    _ shape: AnswerShape
  ) async throws(APIProblem) {
    let fields = HTTPFields.repeating(kept, under: policy.version)
    guard kept.isAnswer, let answer = try? ChatResponse(kept.body) else {
      return await exchange.answer(kept.status, kept.body, headers: fields)
    }
    let name = AnswerName(id: answer.id ?? shape.id(of: exchange.name), model: answer.model ?? "")
    await replay(answer, as: name, fields, exchange, sink, shape, adding: [])
  }

  /// A whole answer as the stream it could have been.
  private func replay(
    _ answer: ChatResponse, as name: AnswerName, _ fields: HTTPFields, _ exchange: Exchange,
    _ sink: StreamSink, _ shape: AnswerShape, adding members: [MemberEdit]
  ) async {
    do throws(CallerGone) {
      try sink.begin(fields)
      for chunk in answer.chunks {
        try exchange.writer.write([shape.event(chunk, as: name, tellsUsage: false)])
        try await exchange.writer.room()
      }
    } catch {
      return
    }
    await sink.end(answer, as: name, adding: members)
  }

  /// The explanation as a member of the answer or the error, for a caller who asks for it: what was
  /// planned, and what happened.
  private func explanation(
    _ decided: DecidedRequest, _ outcome: RequestOutcome, _ exchange: Exchange,
    _ policy: ServedPolicy
  ) -> [MemberEdit] {
    guard exchange.headers[.rungExplain] == "1",
      let explanation = try? policy.explainer.explain(
        decided.decision, of: decided.input, named: exchange.name)
    else { return [] }
    var plan = JSONWriter()
    ExplanationJSON.write(explanation, to: &plan)
    var happened = JSONWriter()
    OutcomeJSON.write(outcome.entry, to: &happened)
    guard let root = try? JSONText(plan.bytes).root else { return [] }
    return [.set("rung_explanation", root.edited([.set("happened", happened.bytes)]))]
  }

  private func outcome(
    _ asked: AcceptedRequest, _ exchange: Exchange, _ policy: ServedPolicy, to sink: StreamSink?
  ) async throws(APIProblem) -> RequestOutcome {
    do throws(RequestFailure) {
      let outcome = try await policy.service.answer(asked, to: sink)
      exchange.tally.end(.outcome(outcome))
      return outcome
    } catch {
      exchange.tally.end(.ledger(error))
      throw .ledgerUnavailable(error.description)
    }
  }

  private func problem(
    _ outcome: RequestOutcome, _ exchange: Exchange, _ policy: ServedPolicy
  ) -> APIProblem {
    OutcomeProblems(
      policy.explainer, budgetIsLimit: budgetIsLimit, isStopped: exchange.isStopped
    ).problem(outcome) ?? OutcomeProblems.undecided
  }
}
