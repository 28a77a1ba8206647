import PolicyUnits

extension Amounts {
  /// The form of a word that goes with so many: `goes` with one, `go` with any other number.
  ///
  /// Beside ``count(_:_:)``, which counts the noun.
  static func form(_ count: some BinaryInteger, _ one: String, _ many: String) -> String {
    count == 1 ? one : many
  }
}
