package import RoutingBudgets
package import RoutingLedger

/// What became of a caller's word on an answer.
package enum RatingOutcome: Hashable, Sendable {
  case kept
  /// No request of this name, or another tenant's: nobody learns which.
  case unknownRequest
  case noLedger
}

extension RequestService {
  /// Keeps what a caller says of the answer to `request`; `id` names the call that says so.
  ///
  /// Returns after the commit.
  ///
  /// - Throws: if the ledger cannot keep it, or cannot be read. The next try may fare better.
  package func rate(
    _ request: RequestID, _ rating: Rating, comment: String?, by rater: RatingEntry.Rater,
    as id: RequestID
  ) async throws(RequestFailure) -> RatingOutcome {
    guard let ledger else { return .noLedger }
    let entry = RatingEntry(
      request: request, time: clock(), rater: rater, rating: rating, comment: comment)
    do throws(LedgerFailure) {
      return try await ledger.rate(entry) ? .kept : .unknownRequest
    } catch {
      throw RequestFailure(id: id, description: error.description)
    }
  }
}
