import Foundation
package import RoutingBudgets

/// Why the ledger could not be opened, read or written; nothing may be spent then.
package enum LedgerFailure: Error, Hashable, Sendable {
  /// Another process writes to it.
  case inUse(path: String, process: Int?)
  case cannotOpen(path: String, reason: String)
  /// Made by a later version of Rung.
  case tooNew(path: String, version: Int)
  case notALedger(path: String)
  /// The disk is full or failing; what was asked was not done.
  case cannotWrite(reason: String)
  case cannotRead(reason: String)
  /// Its last row is later than this machine's clock.
  case clockBehind(last: Timestamp, now: Timestamp)
  /// What it has counted is in another currency.
  case otherCurrency(kept: String, asked: String)
  /// It has been closed.
  case closed
  /// Whoever waited for the answer of another request no longer does.
  case cancelled
  /// The request's reservation ended before it did, and is on record as lost.
  case expired(request: RequestID)
  /// A call could use more than its request has set aside: it must not be made.
  case beyondReservation(request: RequestID, budget: String)
}

extension LedgerFailure: CustomStringConvertible {
  /// One line that names the place and the cure.
  package var description: String {
    switch self {
    case .inUse(let path, let process):
      "`\(path)` is in use\(process.map { " by process \($0)" } ?? ""): one ledger has one writer; "
        + "wait for it, or name another with --ledger"
    case .cannotOpen(let path, let reason): "cannot open the ledger `\(path)`: \(reason)"
    case .tooNew(let path, let version):
      "`\(path)` was written by a later version of rung (format \(version)): use that one"
    case .notALedger(let path): "`\(path)` is no ledger of rung's; name another with --ledger"
    case .cannotWrite(let reason): "the ledger cannot be written: \(reason)"
    case .cannotRead(let reason): "the ledger cannot be read: \(reason)"
    case .clockBehind(let last, let now):
      "the ledger's last row is from \(Self.text(last)), and this machine's clock says "
        + "\(Self.text(now)): set the clock, or name another ledger with --ledger"
    case .otherCurrency(let kept, let asked):
      "the ledger counts in \(kept) and the catalog's prices are in \(asked): one ledger has one "
        + "currency; name another with --ledger"
    case .closed: "the ledger has been closed"
    case .cancelled: "nobody waits for the ledger's answer any more"
    case .expired(let request):
      "request \(request) ended after its reservation had expired; it is on record as lost"
    case .beyondReservation(let request, let budget):
      "a call of request \(request) could pass what is set aside under `\(budget)`"
    }
  }

  private static func text(_ time: Timestamp) -> String {
    Date(timeIntervalSince1970: Double(time.milliseconds) / 1000).formatted(.iso8601)
  }
}
