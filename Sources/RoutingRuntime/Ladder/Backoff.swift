package import PolicyUnits

/// How long to wait before a call is tried again, where the provider does not say.
package enum Backoff {
  /// A provider that asks for more is not waited for.
  package static let longest = Milliseconds(30_000)

  /// 250 ms before the second try, twice that before each later one.
  package static func delay(before attempt: Int) -> Milliseconds {
    Milliseconds(min(longest.count, 250 << Int64(min(max(0, attempt - 2), 10))))
  }
}
