import Crypto

/// The secret under which callers' keys are digested: without it a keys file opens nothing.
///
/// It comes from the environment of whoever serves or makes keys, is never in a file of ours, and
/// cannot be printed.
package struct KeySecret: Sendable {
  /// What an HMAC begins with under this secret: worked out once, and copied for each key.
  private let start: HMAC<SHA256>

  /// The environment variable it is read from unless another is named.
  package static let variable = "RUNG_KEY_SECRET"
  package static let leastBytes = 32

  /// - Throws: ``KeySecretProblem`` where it is absent or too short to keep guessing hopeless.
  package init(_ text: String?, from variable: String = KeySecret.variable) throws(KeySecretProblem)
  {
    guard let text, !text.isEmpty else { throw .absent(variable: variable) }
    guard text.utf8.count >= Self.leastBytes else {
      throw .tooShort(variable: variable, bytes: text.utf8.count)
    }
    // A secret of one repeated letter is a placeholder somebody forgot.
    guard Set(text.utf8).count >= 8 else { throw .tooPlain(variable: variable) }
    start = HMAC(key: SymmetricKey(data: Array(text.utf8)))
  }

  /// HMAC-SHA256 of a key under this secret.
  package func digest(of presented: PresentedKey) -> KeyDigest {
    digest(of: presented.bytes)
  }

  private func digest(of bytes: [UInt8]) -> KeyDigest {
    var code = start
    code.update(data: bytes)
    return KeyDigest(code.finalize())
  }

  /// What a keys file may hold to be told from one made under another secret.
  package var mark: String {
    String(digest(of: Array("rung keys file".utf8)).hex.prefix(16))
  }
}

/// Why there is no secret to digest keys under.
package enum KeySecretProblem: Error, Hashable, Sendable {
  case absent(variable: String)
  case tooShort(variable: String, bytes: Int)
  case tooPlain(variable: String)
}

extension KeySecretProblem: CustomStringConvertible {
  package var description: String {
    let cure =
      "set it to \(KeySecret.leastBytes) random bytes or more, as `openssl rand -base64 48`"
    return switch self {
    case .absent(let variable): "`\(variable)` is not set, and keys are digested under it: \(cure)"
    case .tooShort(let variable, let bytes): "`\(variable)` has \(bytes) bytes: \(cure)"
    case .tooPlain(let variable): "`\(variable)` repeats a few characters: \(cure)"
    }
  }
}

extension KeySecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "***" }
  package var debugDescription: String { "***" }
  package var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
