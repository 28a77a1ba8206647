import Synchronization

/// Counters in this process's memory: for tests and tools.
///
/// Nothing of it survives the process, so nothing it says "recorded" of is: money that matters goes
/// through the ledger.
package final class MemoryBudgetStore: BudgetStore {
  private let book = Mutex(BudgetBook())

  package init() {}

  package func used(_ keys: [CounterKey], at time: Timestamp) -> [Int64] {
    book.withLock { book in
      _ = book.expire(at: time)
      return book.used(keys, at: time)
    }
  }

  package func reserve(_ reservation: Reservation, first: Progress) -> Admission {
    book.withLock { book in
      _ = book.expire(at: reservation.time)
      return book.reserve(reservation, first: first)
    }
  }

  package func note(
    _ progress: Progress, of id: RequestID
  ) throws(BudgetStoreFailure) {
    switch book.withLock({ $0.note(progress, of: id) }) {
    case .noted: return
    case .beyond(let claim):
      throw BudgetStoreFailure("a call could pass what is set aside under `\(claim.key.budget)`")
    case .unknown: throw BudgetStoreFailure("the reservation of request \(id) has ended")
    }
  }

  package func settle(_ id: RequestID, used: [Int64], at time: Timestamp) {
    _ = book.withLock { $0.settle(id, used: used, at: time) }
  }

  /// Every counter as it stands.
  package func standings(at time: Timestamp) -> [CounterStanding] {
    book.withLock { book in
      _ = book.expire(at: time)
      return book.standings(at: time)
    }
  }
}
