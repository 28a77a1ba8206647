import RoutingLedger
import StandInProvider
import Testing

/// How a gateway fared, in the words of failoverbench.
enum Verdict: String, Comparable {
  /// A hang, a truncated success, or a required check missed.
  case fail
  /// A clean error.
  case safe
  /// It works, and an advice is missed.
  case partial
  case pass

  static func < (a: Verdict, b: Verdict) -> Bool { a.order < b.order }

  private var order: Int {
    switch self {
    case .fail: 0
    case .safe: 1
    case .partial: 2
    case .pass: 3
    }
  }
}

/// One scenario: what the provider does, under which policy, and what has to come of it.
struct Scenario: CustomTestStringConvertible, Sendable {
  let name: String
  let title: String
  let policy: String
  let rules: [Rule]
  let judge: @Sendable (Trial) async throws -> Judgement

  var testDescription: String { "\(name) \(title)" }

  init(
    _ name: String, _ title: String,
    policy: String = "otherwise { use cheap attempts 3 fallback dear }", rules: [Rule],
    judge: @escaping @Sendable (Trial) async throws -> Judgement
  ) {
    self.name = name
    self.title = title
    self.policy = policy
    self.rules = rules
    self.judge = judge
  }
}

/// A scenario under way, plain or streamed.
struct Trial: Sendable {
  let ground: GatewayGround
  let streams: Bool

  func ask(_ question: String = "how do I reset it?", more: String = "") async -> FailoverExchange {
    await ground.exchange(question, streams: streams, more: more)
  }

  func calls(_ model: String) -> Int { ground.standIn.stats.models[model]?.calls ?? 0 }

  /// What the provider says it counted for a model.
  func counted(_ model: String) -> [Int] {
    let seen = ground.standIn.stats.models[model]
    return [seen?.promptTokens ?? 0, seen?.completionTokens ?? 0]
  }

  /// The provider works again, and so does the gateway.
  func isAlive() async -> Bool {
    ground.standIn.follow(Script())
    return await ask().isAnswer
  }
}

/// A verdict with what it rests on.
struct Judgement: Sendable {
  let verdict: Verdict
  let facts: String

  /// The worst of all checks: each with what missing it comes to.
  init(
    _ exchange: FailoverExchange, _ facts: String = "", _ checks: [(Bool, else: Verdict, String)]
  ) {
    var verdict = Verdict.pass
    var missed: [String] = []
    for (holds, worse, what) in checks where !holds {
      verdict = min(verdict, worse)
      missed.append(what)
    }
    self.verdict = verdict
    var line =
      "\(exchange.status) \(exchange.model ?? exchange.error?.code ?? exchange.error?.type ?? "-")"
    line += " in \((exchange.seconds * 10).rounded() / 10) s"
    if !facts.isEmpty { line += ", \(facts)" }
    if !missed.isEmpty { line += "; missed: \(missed.joined(separator: ", "))" }
    if let problem = exchange.problem { line += "; \(problem)" }
    self.facts = line
  }
}
