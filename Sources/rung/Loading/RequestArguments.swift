import ArgumentParser
import Foundation
import PolicyGraph
import PolicySemantics
import RoutingDryRuns
import RoutingRuntime
import ZoneClock

/// The options that say what the wire cannot: who asks, when, and what has been recorded.
struct RequestArguments: ParsableArguments {
  @Option(name: .customLong("fact"), help: "A declared fact, as name=value. Repeatable.")
  var facts: [String] = []

  @Option(help: "The caller's tenant.")
  var tenant: String?

  @Option(help: "The caller's user.")
  var user: String?

  @Option(help: "The name of the caller's key.")
  var key: String?

  @Option(help: "The conversation the request belongs to.")
  var conversation: String?

  @Option(
    name: .customLong("at"),
    help:
      "When it is asked: 2026-03-01T09:30:00Z, or without the Z in the policy's zone. Default: now."
  )
  var time: String?

  @Option(
    name: .customLong("budget"),
    help: "What a budget or limit has used: name=80%, name=$1.50 or name=40. Repeatable.")
  var budgets: [String] = []

  @Option(
    name: .customLong("classifier"),
    help: "A classifier's answer, as name=label. Repeatable.")
  var classifiers: [String] = []

  @Option(
    name: .customLong("unhealthy"), help: "A model whose circuit is open. Repeatable.")
  var unhealthy: [String] = []

  @Option(
    name: .customLong("accept"),
    help: "The share of a model's answers its gates accept, as model=80%. Repeatable.")
  var acceptances: [String] = []

  /// What the arguments say of a request.
  func situation() throws(CommandFailure) -> RequestSituation {
    var situation = RequestSituation()
    situation.tenant = tenant
    situation.user = user
    situation.key = key
    situation.conversation = conversation
    for text in facts {
      let (name, value) = try Self.pair(text, option: "--fact")
      situation.facts.append((name, .text(value)))
    }
    for text in budgets {
      let (name, value) = try Self.pair(text, option: "--budget")
      situation.budgets.append((name, .text(value)))
    }
    for text in classifiers {
      let (name, value) = try Self.pair(text, option: "--classifier")
      situation.classifiers.append((name, value))
    }
    situation.unhealthy = unhealthy
    return situation
  }

  /// The wall clock in the policy's zone.
  func moment(for policy: CheckedPolicy) throws(CommandFailure) -> LocalMoment {
    if let time, let moment = WallClock.wallClock(time) { return moment }
    let date: Date
    if let time { date = try Moment.parse(time) } else { date = Date() }
    return try Moment.local(date, zone: policy.zone)
  }

  func expectations(for policy: CheckedPolicy) throws(CommandFailure) -> Expectations {
    Expectations(acceptance: try Self.acceptance(acceptances, for: policy))
  }

  /// What `--accept model=80%` says of models whose answers a gate judges, in this policy or one that
  /// it is held against.
  static func acceptance(
    _ texts: [String], for policy: CheckedPolicy, or others: [CheckedPolicy] = []
  ) throws(CommandFailure) -> [ModelID: Acceptance] {
    var acceptance: [ModelID: Acceptance] = [:]
    for text in texts {
      let (name, value) = try Self.pair(text, option: "--accept")
      guard ([policy] + others).contains(where: { $0.gatedModels.contains(name) }) else {
        _ = try Self.model(name, in: policy)
        let gated = policy.gatedModels.map { "`\($0)`" }.joined(separator: ", ")
        throw CommandFailure(
          "`--accept \(text)`: no gate judges answers of `\(name)`, so nothing hangs on it; "
            + (gated.isEmpty ? "no ladder has a tier with `accept`" : "gates judge \(gated)"))
      }
      guard policy.vocabulary.models.contains(where: { $0.name == name }) else { continue }
      do throws(SituationProblem) {
        let (id, share) = try RequestSituation.acceptance(
          value, of: name, source: "--accept", in: policy)
        acceptance[id] = share
      } catch {
        throw CommandFailure(error)
      }
    }
    return acceptance
  }

  static func model(_ name: String, in policy: CheckedPolicy) throws(CommandFailure) -> ModelID {
    do throws(SituationProblem) {
      return try RequestSituation.model(name, in: policy)
    } catch {
      throw CommandFailure(error)
    }
  }

  private static func pair(
    _ text: String, option: String
  ) throws(CommandFailure) -> (name: String, value: String) {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
      throw CommandFailure("`\(option) \(text)`: write it as name=value")
    }
    return (String(text[..<equals]), String(text[text.index(after: equals)...]))
  }
}

extension CommandFailure {
  /// In the words of the options.
  init(_ problem: SituationProblem) {
    switch problem {
    case .unknownName, .undeclaredFact: self.init("\(problem)")
    case .badUse(let text, let budget, let example):
      self.init("`--budget \(budget)=\(text)`: write what is used as 80% or \(example)")
    case .badShare(let text, let model):
      self.init("`--accept \(model)=\(text)`: write a share such as \(model)=80%")
    }
  }
}

extension CheckedPolicy {
  /// Models of tiers that have gates, by name.
  fileprivate var gatedModels: [String] {
    let tiers = ladders.flatMap(\.tiers).filter { !$0.accepts.isEmpty }
    return Set(tiers.map { self[$0.model].name }).sorted()
  }
}
