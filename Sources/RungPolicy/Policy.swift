import Foundation
import OpenAIWire
import PolicyExplain
import PolicyGraph
import PolicySemantics
import RoutingDryRuns
import RoutingRuntime
import ZoneClock

/// A policy, compiled once, that decides requests in the program's own process.
///
/// ```swift
/// let policy = try Policy(contentsOf: "policies/support.rung")
/// let decision = try policy.decide(Request(body: body))
/// decision.model  // "gpt-4o-mini"
/// ```
///
/// Nobody is called, nothing is written, and no state is kept between two decisions: what a gateway
/// would know of budgets, health and conversations is the caller's to give with the request (see
/// ``RecordedState``). The files are read once; a policy that has changed on disk is compiled anew by
/// making another `Policy`.
///
/// Safe to share between threads: it never changes, and two decisions do not wait for each other.
public final class Policy: Sendable {
  /// Where it lies, as it was named.
  public let path: String
  /// What was found in its files that is no error.
  public let warnings: [Diagnostic]

  let dryRun: DryRun
  let names: DecisionNames
  private let clock: MomentClock
  private let now: @Sendable () -> Date

  init(
    _ decider: Decider, path: String, warnings: [Diagnostic], now: @escaping @Sendable () -> Date
  ) throws(PolicyError) {
    self.path = path
    self.warnings = warnings
    self.now = now
    dryRun = DryRun(RequestExplainer(decider, path: path))
    names = DecisionNames(decider, path: path)
    do throws(ClockProblem) {
      clock = try MomentClock(zone: decider.graph.policy.zone, at: now())
    } catch {
      throw PolicyError(message: "\(path): \(error)", diagnostics: warnings)
    }
  }

  /// Decides a request.
  ///
  /// - Parameter request: the body, what is known beside it, and when it is asked.
  /// - Returns: the route, the calls in their order and what they may cost, or a refusal. A refusal is
  ///   a decision, not an error.
  /// - Throws: ``RequestError`` if the body is no request of chat completions, has what no price
  ///   covers, or does not fit the facts and names of the policy.
  /// - Complexity: linear in the body; the policy's size hardly matters. Microseconds.
  public func decide(_ request: Request) throws(RequestError) -> Decision {
    try outline(request).whole
  }

  /// Decides a request and leaves most of the answer unsaid until it is asked for.
  ///
  /// - Throws: as ``decide(_:)``.
  package func outline(_ request: Request) throws(RequestError) -> DecisionOutline {
    let expectations = try expectations(of: request)
    do throws(DryRunProblem) {
      let input = try dryRun.input(
        for: DryRun.request(request.body), at: moment(of: request), in: request.situation)
      return DecisionOutline(try dryRun.decide(input, expecting: expectations), of: self)
    } catch {
      throw RequestError(error)
    }
  }

  /// Explains how a request is decided, as `rung explain` does: the routes that were not taken and
  /// why, every call with its cost, and what each answer of a classifier would lead to.
  ///
  /// - Throws: as ``decide(_:)``.
  /// - Complexity: O(routes × their size): for people and logs, not for every request.
  public func explain(_ request: Request) throws(RequestError) -> Explanation {
    let explainer = RequestExplainer(
      dryRun.decider, path: path, expectations: try expectations(of: request))
    do throws(DryRunProblem) {
      let wire = try DryRun.request(request.body)
      let input = try dryRun.input(for: wire, at: moment(of: request), in: request.situation)
      return Explanation(
        try DryRun(explainer).explanation(of: input, wire, named: request.name))
    } catch {
      throw RequestError(error)
    }
  }

  private func moment(of request: Request) throws(DryRunProblem) -> LocalMoment {
    do throws(ClockProblem) {
      switch request.time {
      case .now: return clock.moment(at: now())
      case .at(let date): return try clock.checkedMoment(at: date)
      case .text(let text): return try WallClock.moment(text, zone: dryRun.policy.zone)
      }
    } catch {
      throw .time(error)
    }
  }

  private func expectations(of request: Request) throws(RequestError) -> Expectations {
    guard !request.state.acceptance.isEmpty else { return dryRun.explainer.expectations }
    do throws(SituationProblem) {
      return try request.expectations(for: dryRun.policy)
    } catch {
      throw RequestError(.situation(error))
    }
  }
}
