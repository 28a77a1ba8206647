extension Ledger {
  /// Keeps what a caller said of an answer; false if the rater's tenant has no row of that request.
  ///
  /// Returns after the commit. If it fails, nothing is kept: the caller may say it again.
  package func rate(_ rating: RatingEntry) async throws(LedgerFailure) -> Bool {
    let rating = rating.storable
    // Another's request is answered as one that never was: nobody learns which there are.
    guard let caller = try desk.caller(of: rating.request), caller.tenant == rating.rater.tenant
    else { return false }
    switch await desk.submit({ .pending($0.rate(rating)) }) {
    case .told(.done): return true
    case .told(.failure(let failure)): throw failure
    case .told(.row), .told(.claim), .full: preconditionFailure("a rating's ticket tells of none")
    }
  }
}
