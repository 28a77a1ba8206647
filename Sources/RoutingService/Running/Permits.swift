import RoutingBudgets
import RoutingLedger
import RoutingRuntime

/// Asks the ledger before each call of one request: it reserves for the first, and notes for the rest.
///
/// Used by one task.
final class Permits {
  enum Stop {
    case full(Claim, used: Int64)
    case failed(String)
  }

  private let ledger: Ledger?
  private let reservation: Reservation
  private(set) var granted: Reservation?
  private(set) var stop: Stop?

  init(ledger: Ledger?, reservation: Reservation) {
    self.ledger = ledger
    self.reservation = reservation
  }

  /// For a request that was granted what it needs by another process, or long ago.
  init(adopting reservation: Reservation, in ledger: Ledger?) {
    self.ledger = ledger
    self.reservation = reservation
    granted = reservation
  }

  /// What has to be on record before a call cannot be kept: no call leaves any more.
  func fail(because reason: String) { stop = .failed(reason) }

  /// Whether a call may leave, with what has been used by then and what it may use on top on record.
  func permit(_ spending: Spending) async -> Bool {
    guard let ledger else { return true }
    let progress = Progress(spending, claims: reservation.claims, isFirst: granted == nil)
    do throws(BudgetStoreFailure) {
      guard granted == nil else {
        try await ledger.note(progress, of: reservation.id)
        return true
      }
      switch try await ledger.reserve(reservation, first: progress) {
      case .granted:
        granted = reservation
        return true
      case .full(let claim, let used):
        stop = .full(claim, used: used)
        return false
      }
    } catch {
      stop = .failed(error.description)
      return false
    }
  }
}
