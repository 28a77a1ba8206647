import HTTPTypes
import JSONWriting
import OpenAIWire
import PolicySemantics
import PolicyUnits
import RoutingCalls
import RoutingRuntime
import RoutingService

/// What the headers of an answer say of how it came about.
struct AnswerHeaders {
  let policy: CheckedPolicy
  let version: String

  /// As many as a whole answer has, with those that are added where it is sent.
  private static let mostUsual = 14

  /// Of a request that was decided: its route and its policy.
  func fields(_ decision: Decision, _ cache: CacheUse) -> HTTPFields {
    var fields = HTTPFields()
    fields.reserveCapacity(Self.mostUsual)
    fields.add(.rungPolicy, version)
    fields.add(.rungCache, cache.rawValue)
    if let route = decision.route { fields.add(.rungRoute, policy[route].name) }
    return fields
  }

  /// Of a request that was decided and led to no call.
  func refusal(_ decision: Decision, _ cache: CacheUse) -> HTTPFields {
    var fields = fields(decision, cache)
    addLimits(of: decision, usedRequests: 0, tokens: 0, to: &fields)
    return fields
  }

  /// Of a request that is not even asked.
  func refusal(_ problem: RequestProblem) -> HTTPFields {
    var fields = HTTPFields()
    fields.add(.rungPolicy, version)
    // Only then had it come to where the cache is.
    if case .notCached(_, let use) = problem { fields.add(.rungCache, use.rawValue) }
    return fields
  }

  /// Of an answer that begins while it is still coming: all but what it costs.
  func fields(
    _ decision: Decision, _ cache: CacheUse, _ start: AnswerStart
  ) -> HTTPFields {
    var fields = fields(decision, cache)
    fields.add(.rungModel, policy[start.order.model].name)
    fields.add(.rungTier, tier(start.order.leg, start.order.step, decision.plan))
    fields.add(.rungCommit, start.commit.rawValue)
    count(start.attempts, calls: start.attempts.count { $0.wasCalled && $0.wasSent }, in: &fields)
    addLimits(of: decision, usedRequests: 1, tokens: 0, to: &fields)
    return fields
  }

  /// Of a request that ran to its end, whatever came of it.
  func fields(_ decision: Decision, _ cache: CacheUse, _ record: RunRecord) -> HTTPFields {
    var fields = fields(decision, cache)
    let outcome = record.outcome
    if let answering = outcome.answering {
      if let model = answering.model { fields.add(.rungModel, policy[model].name) }
      fields.add(.rungTier, tier(answering.leg, answering.step, decision.plan))
    }
    count(outcome.attempts, calls: record.sent.count, in: &fields)
    if let compression = record.compression { fields.add(.rungCompression, compression) }
    if let batch = record.batch { fields.add(.rungBatch, String(batch)) }
    add(outcome.cost, to: &fields)
    addLimits(
      of: decision, usedRequests: outcome.calls > 0 ? 1 : 0, tokens: outcome.tokens.tokens ?? 0,
      to: &fields)
    return fields
  }

  /// Of an answer out of the cache: it is this old, and cost what was asked before it was found.
  func fields(_ decision: Decision, _ hit: CachedHit) -> HTTPFields {
    var fields = fields(decision, hit.similarity == nil ? .hit : .similar)
    if let similarity = hit.similarity {
      fields.add(.rungCacheSimilarity, Amounts.text(similarity))
    }
    fields.add(.rungModel, hit.model)
    fields.add(.age, String(hit.age))
    count([], calls: hit.calls, in: &fields)
    add(hit.spent, to: &fields)
    addLimits(of: decision, usedRequests: 0, tokens: 0, to: &fields)
    return fields
  }

  /// The model whose answer it is, by the catalog's name.
  func model(_ record: RunRecord) -> String? {
    record.outcome.answering?.model.map { policy[$0].name }
  }

  /// What the headers of a whole answer say, for the last chunk of a streamed one, whose headers left
  /// before it was known.
  func summary(_ record: RunRecord) -> MemberEdit {
    var json = JSONWriter()
    json.object { json in
      let cost = record.outcome.cost
      let member = "cost_\(policy.vocabulary.currency.lowercased())"
      if let money = cost.money {
        json.member(member, raw: Array(Amounts.plain(money).utf8))
      } else {
        json.member(member, orNull: String?.none)
      }
      json.member("cost_certainty", Self.certainty(cost))
      if record.answer?.usage == nil, record.estimate != nil {
        json.member("usage_estimated", true)
      }
      let called = record.outcome.attempts.filter(\.wasCalled)
      json.member("calls", record.sent.count)
      json.member("climbs", Self.climbs(called))
      json.member("fallbacks", Self.fallbacks(called))
      if let compression = record.compression { json.member("compression", compression) }
    }
    return .set("rung", json.bytes)
  }

  /// What a whole answer without its provider's figures used, by an estimate that is marked as one.
  static func estimate(_ record: RunRecord) -> [MemberEdit] {
    guard let answer = record.answer, answer.usage == nil, let usage = record.estimate else {
      return []
    }
    var figures = JSONWriter()
    figures.object { json in
      json.member("prompt_tokens", usage.prompt)
      json.member("completion_tokens", usage.completion)
      json.member("total_tokens", usage.total)
    }
    var mark = JSONWriter()
    mark.object { json in json.member("usage_estimated", true) }
    return [.set("usage", figures.bytes), .set("rung", mark.bytes)]
  }

  private static func certainty(_ cost: CallCost) -> String {
    switch cost {
    case .exact: "exact"
    case .atMost: "at_most"
    case .unknown: "unknown"
    }
  }

  private func count(_ attempts: [AttemptRecord], calls: Int, in fields: inout HTTPFields) {
    let called = attempts.filter(\.wasCalled)
    fields.add(.rungCalls, String(calls))
    fields.add(.rungClimbs, String(Self.climbs(called)))
    fields.add(.rungFallbacks, String(Self.fallbacks(called)))
  }

  /// A climb follows a rejected answer.
  static func climbs(_ called: [AttemptRecord]) -> Int {
    zip(called, called.dropFirst()).count { before, _ in
      if case .rejected = before.verdict { true } else { false }
    }
  }

  /// A fallback follows a failure, or an answer that did not come in time, and goes to another step.
  static func fallbacks(_ called: [AttemptRecord]) -> Int {
    zip(called, called.dropFirst()).count { before, after in
      switch before.verdict {
      case .failed, .timeUp: before.leg != after.leg || before.step != after.step
      case .accepted, .rejected, .dropped, .cancelled: false
      }
    }
  }

  private func tier(_ leg: Int, _ step: Int, _ plan: Plan) -> String {
    let steps = plan.calls.count { $0.step.answers && $0.step.leg == leg }
    return "\(step + 1)/\(max(steps, step + 1))"
  }

  /// A bound is never given out as if it were the cost.
  private func add(_ cost: CallCost, to fields: inout HTTPFields) {
    guard let name = Self.costName(policy.vocabulary.currency) else { return }
    if let money = cost.money { fields.add(name, Amounts.plain(money)) }
    fields.add(.rungCostCertainty, Self.certainty(cost))
  }

  private static func costName(_ currency: String) -> HTTPField.Name? {
    currency == "USD" ? .rungCost : HTTPField.Name("x-rung-cost-\(currency.lowercased())")
  }
}
