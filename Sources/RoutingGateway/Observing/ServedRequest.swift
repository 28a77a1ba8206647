package import RoutingBudgets
import RoutingLedger
package import RoutingService

/// One request after its last byte: what metrics, the log and traces say of it.
package struct ServedRequest: Sendable {
  package let id: RequestID
  /// Nil for a path that is not served.
  package let endpoint: GatewayRoute?
  /// The HTTP status that was sent.
  package let status: Int
  package let ending: Ending
  package var isStreamed = false
  /// From the end of the headers to the last byte of the answer.
  package var took: Duration = .zero
  /// From the end of the headers to the first byte of the answer; nil if none was sent.
  package var firstByte: Duration?
  /// Of the request.
  package var bodyBytes = 0

  package enum Ending: Sendable {
    /// It reached the policy and has a row.
    case outcome(RequestOutcome)
    /// It was turned away before, with this code.
    case problem(code: String)
    case overload(Overload)
    /// The ledger could not keep what had to be kept.
    case ledger(RequestFailure)
    /// Served without a policy: a list of models, a state.
    case plain
  }

  package init(_ id: RequestID, _ endpoint: GatewayRoute?, status: Int, _ ending: Ending) {
    self.id = id
    self.endpoint = endpoint
    self.status = status
    self.ending = ending
  }

  /// How it ended, in one word.
  var outcomeWord: String {
    switch ending {
    case .outcome(let outcome): outcome.entry.status.rawValue
    case .problem: "unfit"
    case .overload: "overload"
    case .ledger: "ledger_unavailable"
    case .plain: "answered"
    }
  }

  var outcome: RequestOutcome? {
    switch ending {
    case .outcome(let outcome): outcome
    case .problem, .overload, .ledger, .plain: nil
    }
  }

  /// As metrics and log lines name it.
  var endpointWord: String { endpoint?.path ?? "other" }
}
