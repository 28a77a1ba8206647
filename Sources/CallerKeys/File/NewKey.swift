/// A caller's key that nobody has seen yet.
///
/// Its text goes to whoever asked for it, once; a file holds its digest.
package struct NewKey: Sendable {
  /// `rk-` and 43 letters and digits: 256 bits that a double click selects.
  package let text: String

  package static let prefix = "rk-"
  private static let alphabet = Array(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
  /// 62 to this power is the first over 2 to the power of 256.
  private static let length = 43

  /// `generator` must be the system's in all but tests: a key is as good as its randomness.
  package init(using generator: inout some RandomNumberGenerator) {
    var text = Self.prefix
    for _ in 0..<Self.length {
      text.append(Self.alphabet[Int.random(in: 0..<Self.alphabet.count, using: &generator)])
    }
    self.text = text
  }
}
