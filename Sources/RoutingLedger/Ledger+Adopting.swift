package import RoutingBudgets

extension Ledger {
  /// Takes up a request of a process that has died; nil if it is not open any more.
  ///
  /// From then on this process owes it an end, as if it had begun it: ``append(_:settling:answering:)``
  /// with its row, or ``settle(_:used:at:)`` with zeros where nothing was sent.
  package func adopt(_ id: RequestID, key: IdempotencyRecord.Key? = nil) -> OpenRequest? {
    desk.read { $0.adopt(id, key: key) }
  }
}
