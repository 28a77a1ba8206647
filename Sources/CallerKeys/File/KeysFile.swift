package import PolicySource

/// A keys file as read: who may ask, by keyed digests.
///
/// ```yaml
/// made_under: 1f0c9a4b7d2e6835        # tells one secret from another; opens nothing
/// keys:
///   search-prod:                      # the id: what a policy and the ledger call this key
///     digest: hmac-sha256:3f…9c       # of the key, under RUNG_KEY_SECRET
///     tenant: acme
///     user: indexer                   # left out: the caller says who its user is
///     facts: {team: search}           # only facts the policy declares `from key`
///     expires: 2027-01-31             # the last day it works, in UTC
///   ops:
///     digest: hmac-sha256:77…e0
///     admin: true                     # opens the admin routes
/// ```
package struct KeysFile: Sendable {
  package var keys: [CallerKey]
  /// Which secret the digests were made under; nil where the file does not say.
  package var madeUnder: Mark?

  package struct Mark: Hashable, Sendable {
    package let text: String
    package let span: Span
  }

  package init(keys: [CallerKey] = [], madeUnder: Mark? = nil) {
    self.keys = keys
    self.madeUnder = madeUnder
  }
}
