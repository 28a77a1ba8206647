/// Currencies as logs name them.
package enum CurrencyName {
  /// The code of a currency as a catalog has it: `usd` is `USD`.
  ///
  /// A name that is no code stays as it is.
  package static func code(_ name: String) -> String {
    let isCode = name.utf8.count == 3 && name.utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) }
    return isCode ? name.uppercased() : name
  }
}
