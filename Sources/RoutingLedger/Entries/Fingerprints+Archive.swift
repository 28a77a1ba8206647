extension LedgerEntry.Fingerprints {
  /// The name its policy is kept under; nil if the row names none.
  ///
  /// The same policy over another catalog decides and costs otherwise, so it is kept apart.
  package var archive: String? {
    guard let policy, let catalog else { return nil }
    return "\(policy)-\(catalog)"
  }
}
