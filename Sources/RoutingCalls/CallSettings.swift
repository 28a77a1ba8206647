package import HTTPUpstream

/// Where calls go and what pays for them, beyond the catalog.
package struct CallSettings: Sendable {
  /// Every provider is called here instead, without its key: a stand-in.
  package var baseURL: String?
  /// The key in a variable of the environment; nil where it is not set.
  package var key: @Sendable (_ variable: String) -> Secret?
  /// Spreads out what would be repeated at the same instant.
  package var jitter: @Sendable () -> UInt64

  package init(
    baseURL: String? = nil,
    key: @escaping @Sendable (String) -> Secret? = { Secret(environmentVariable: $0) },
    jitter: @escaping @Sendable () -> UInt64 = { UInt64.random(in: 0...UInt64.max) }
  ) {
    self.baseURL = baseURL
    self.key = key
    self.jitter = jitter
  }
}
