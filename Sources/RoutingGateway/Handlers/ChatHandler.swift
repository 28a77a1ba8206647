import HTTPTypes
import OpenAIWire
import PolicyExplain
import PolicyGraph
import RoutingCalls
import RoutingLedger
import RoutingRuntime
import RoutingService

/// `POST /v1/chat/completions`: one request, decided and answered by one version of the policy.
struct ChatHandler: Sendable {
  let shelf: PolicyShelf
  let reading: RequestReading

  func answer(_ exchange: Exchange) async {
    let policy = shelf.policy
    do throws(APIProblem) {
      let chat = try reading.chat(exchange)
      let input = try reading.input(chat, exchange, under: policy)
      let asked = AskedRequest(
        request: chat, input: input, idempotencyKey: exchange.headers[.idempotencyKey],
        id: exchange.id)
      if chat.stream {
        await stream(asked, exchange, policy)
      } else {
        try await whole(asked, exchange, policy)
      }
    } catch {
      await exchange.refuse(error)
    }
  }

  private func headers(_ policy: ServedPolicy) -> AnswerHeaders {
    AnswerHeaders(policy: policy.explainer.decider.graph.policy, version: policy.version)
  }

  private func whole(
    _ asked: AskedRequest, _ exchange: Exchange, _ policy: ServedPolicy
  ) async throws(APIProblem) {
    let outcome = try await outcome(asked, policy, to: nil)
    let headers = headers(policy)
    switch outcome.ending {
    case .called(let decided, let record):
      let fields = headers.fields(decided.decision, record)
      guard var answer = record.answer else {
        return await exchange.refuse(APIProblem(outcome), headers: fields)
      }
      answer.id = "chatcmpl-\(exchange.name)"
      answer.model = fields[.rungModel] ?? answer.model
      await exchange.answer(200, answer.body, headers: fields)
    case .notCalled(let decided), .full(let decided, _):
      await exchange.refuse(APIProblem(outcome), headers: headers.fields(decided.decision))
    case .repeated(let answer, _):
      await exchange.answer(
        answer.status, answer.body,
        headers: [.rungPolicy: policy.version, .rungCache: "repeated"])
    case .unfit, .cancelled: await exchange.refuse(APIProblem(outcome))
    }
  }

  private func stream(
    _ asked: AskedRequest, _ exchange: Exchange, _ policy: ServedPolicy
  ) async {
    let headers = headers(policy)
    let sink = StreamSink(exchange, headers)
    do throws(APIProblem) {
      let outcome = try await outcome(asked, policy, to: sink)
      try await end(outcome, asked, exchange, headers)
    } catch {
      if exchange.writer.hasBegun {
        try? await exchange.writer.write(Array("data: ".utf8) + error.body(of: exchange.name))
        try? await exchange.writer.write(Array("\n\n".utf8))
        try? await exchange.writer.finish()
      } else {
        await exchange.refuse(error)
      }
    }
  }

  /// What a stream ends with, once its row is committed.
  private func end(
    _ outcome: RequestOutcome, _ asked: AskedRequest, _ exchange: Exchange,
    _ headers: AnswerHeaders
  ) async throws(APIProblem) {
    guard case .called(let decided, let record) = outcome.ending, let answer = record.answer else {
      throw APIProblem(outcome)
    }
    let fields = headers.fields(decided.decision, record)
    do throws(CallerGone) {
      if asked.request.includeUsage {
        let chunk = ChatChunk(
          id: "chatcmpl-\(exchange.name)", model: fields[.rungModel], created: answer.created,
          choices: [], usage: answer.usage)
        try await exchange.writer.write(chunk.event)
      }
      try await exchange.writer.write(ChatChunk.doneEvent)
      try await exchange.writer.finish()
    } catch {
      return
    }
  }

  private func outcome(
    _ asked: AskedRequest, _ policy: ServedPolicy, to sink: StreamSink?
  ) async throws(APIProblem) -> RequestOutcome {
    do throws(RequestFailure) {
      return try await policy.service.answer(asked, to: sink)
    } catch {
      throw APIProblem(503, "server_error", code: "ledger_unavailable", error.description)
    }
  }
}

extension APIProblem {
  init(_ outcome: RequestOutcome) {
    self.init(502, "upstream_error", code: "no_answer", "no model answered")
  }
}
