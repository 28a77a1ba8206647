package import PolicyGraph
package import PolicySemantics
package import RoutingRuntime

/// What can be said of an `always` for certain.
package enum AlwaysVerdict: Sendable {
  /// No request that meets its condition breaks a line of it.
  case proved(Proof)
  /// This request does.
  case refuted(Counterexample)
  case notDecided(AlwaysNotDecided)

  package struct Proof: Hashable, Sendable {
    /// Kinds of requests that were told apart: by route, guards, split, budgets, sizes.
    package let cases: Int
    /// The routes that some request meeting the condition may take.
    package let routes: [RouteID]

    /// No request meets the condition: nothing was promised.
    package var isVacuous: Bool { routes.isEmpty }
  }

  package struct Counterexample: Sendable {
    package let request: RequestInput
    package let decision: Decision
    /// The lines it breaks, in written order.
    package let failures: [PolicyTestResult.Failure]
  }
}

/// Why an `always` is neither proved nor refuted.
package enum AlwaysNotDecided: Error, Hashable, Sendable {
  case engine(NotDecided)
  /// More kinds of requests than are looked at.
  case tooManyCases(limit: Int)
  /// It depends on how large requests are and what budgets have left; no request that breaks this
  /// line was found, and none was ruled out.
  case sizes(line: Int)
  /// What the tests say does not rule this line's opposite out, but no request shows it.
  case noRequest(line: Int)
}
