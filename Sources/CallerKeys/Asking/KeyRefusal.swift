/// Why a caller is not let in: the answer is 401 or 403, and nothing else was looked at.
package enum KeyRefusal: Error, Hashable, Sendable {
  /// The request has no key.
  case none
  /// A field that should hold a key holds something else.
  case malformed(field: String)
  /// Two fields hold two keys.
  case twoKeys
  /// No key like this, or no longer.
  case unknown
  /// The key's last day is over; whoever holds it may know.
  case expired(id: String)
  /// A good key, and not one for the admin routes.
  case notAdmin(id: String)
}

extension KeyRefusal {
  /// The HTTP status of the answer.
  package var status: Int {
    switch self {
    case .none, .malformed, .twoKeys, .unknown, .expired: 401
    case .notAdmin: 403
    }
  }

  /// The `code` of the error object; the words official clients know.
  package var code: String {
    switch self {
    case .none, .malformed, .twoKeys: "missing_api_key"
    case .unknown: "invalid_api_key"
    case .expired: "expired_api_key"
    case .notAdmin: "admin_key_required"
    }
  }
}

extension KeyRefusal: CustomStringConvertible {
  /// One line that names the place and the cure, and never the key.
  package var description: String {
    switch self {
    case .none:
      "the request has no key: send one as `Authorization: Bearer KEY`, `api-key` or `x-api-key`"
    case .malformed("authorization"):
      "the `authorization` field holds no key: write `Authorization: Bearer KEY`"
    case .malformed(let field): "the `\(field)` field holds no key"
    case .twoKeys: "the request holds two different keys: send one"
    case .unknown: "this key is not known here: see that it is whole, or ask for a new one"
    case .expired(let id): "the key `\(id)` has expired: ask for a new one"
    case .notAdmin(let id): "the key `\(id)` is not an admin key, and this route needs one"
    }
  }
}
