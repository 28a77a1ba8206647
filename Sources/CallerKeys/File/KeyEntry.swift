/// A new entry of a keys file, as text.
package struct KeyEntry: Sendable {
  package var id: String
  package var digest: KeyDigest
  package var tenant: String?
  package var user: String?
  /// In the order they were given.
  package var facts: [(name: String, value: String)]
  /// As `2027-01-31`.
  package var expires: String?
  package var isAdmin: Bool

  package init(
    id: String, digest: KeyDigest, tenant: String? = nil, user: String? = nil,
    facts: [(name: String, value: String)] = [], expires: String? = nil, isAdmin: Bool = false
  ) {
    self.id = id
    self.digest = digest
    self.tenant = tenant
    self.user = user
    self.facts = facts
    self.expires = expires
    self.isAdmin = isAdmin
  }

  /// The lines under `keys:`, the id at this indentation.
  func lines(indentedBy indent: String) -> [String] {
    var lines = ["\(Self.scalar(id)):", "  digest: \(KeyDigest.scheme)\(digest.hex)"]
    if let tenant { lines.append("  tenant: \(Self.scalar(tenant))") }
    if let user { lines.append("  user: \(Self.scalar(user))") }
    if !facts.isEmpty {
      let pairs = facts.map { "\(Self.scalar($0.name)): \(Self.scalar($0.value))" }
      lines.append("  facts: {\(pairs.joined(separator: ", "))}")
    }
    if let expires { lines.append("  expires: \(expires)") }
    if isAdmin { lines.append("  admin: true") }
    return lines.map { indent + $0 }
  }

  /// Plain where nobody could read it otherwise, else in double quotes.
  private static func scalar(_ text: String) -> String {
    let isPlain =
      text.utf8.first.map { byte in (0x61...0x7A).contains(byte | 0x20) } ?? false
      && KeyID.isID(text)
      && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
        .contains(text.lowercased())
    if isPlain { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      default:
        if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value == 0x2028
          || scalar.value == 0x2029 || scalar.value == 0xFEFF
        {
          let digits = String(scalar.value, radix: 16)
          quoted += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
        } else {
          quoted.unicodeScalars.append(scalar)
        }
      }
    }
    return quoted + "\""
  }
}
