import PolicyUnits

/// All callers' keys, ready to be asked for at every request.
///
/// A value: whoever reloads the keys file exchanges the whole ring.
package struct KeyRing: Sendable {
  private let secret: KeySecret
  private let entries: [KeyDigest: Entry]

  private struct Entry: Hashable, Sendable {
    let identity: CallerIdentity
    /// The first second, since 1970, at which the key no longer works.
    let end: Int64
  }

  package init(_ keys: [CallerKey], secret: KeySecret) {
    self.secret = secret
    var entries: [KeyDigest: Entry] = [:]
    for key in keys {
      entries[key.digest] = Entry(
        identity: key.identity,
        end: key.expires.map { ($0.daysSince1970 + 1) * Self.secondsPerDay } ?? .max)
    }
    self.entries = entries
  }

  /// Whether both let the same callers in as the same.
  package func isSame(as other: KeyRing) -> Bool { entries == other.entries }

  private static let secondsPerDay: Int64 = 86_400

  /// Whether any key opens the admin routes.
  package var hasAdmin: Bool { entries.values.contains { $0.identity.isAdmin } }

  /// Who presents this key.
  ///
  /// `now` is in seconds since 1970. O(bytes of the key): one HMAC and one look-up by the whole
  /// digest.
  package func caller(
    presenting key: PresentedKey, at now: Int64
  ) throws(KeyRefusal) -> CallerIdentity {
    guard let entry = entries[secret.digest(of: key)] else { throw .unknown }
    guard now < entry.end else { throw .expired(id: entry.identity.id) }
    return entry.identity
  }

  /// Who asks, by the header fields of a request: `values` are all of the field of a lower-case name,
  /// in order.
  package func caller(
    at now: Int64, values: (_ name: String) -> [String]
  ) throws(KeyRefusal) -> CallerIdentity {
    try caller(presenting: PresentedKey(values), at: now)
  }

  /// The same for an admin route.
  package func admin(
    at now: Int64, values: (_ name: String) -> [String]
  ) throws(KeyRefusal) -> CallerIdentity {
    let caller = try caller(at: now, values: values)
    guard caller.isAdmin else { throw .notAdmin(id: caller.id) }
    return caller
  }
}
