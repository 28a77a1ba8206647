import PolicySyntax

/// Names of declarations: small letters, digits and `_`, no word of the language, each once.
struct DeclaredNames {
  private var taken: Set<String> = []

  /// The name for `text`, with `prefix` before it; numbered where it is taken.
  mutating func name(for text: String, prefix: String) -> String {
    let base = prefix + Self.letters(of: text)
    var name = base
    var number = 2
    while !Self.isFree(name) || !taken.insert(name).inserted {
      name = "\(base)_\(number)"
      number += 1
    }
    return name
  }

  /// Whether a text can be a name as it is, and nobody has it.
  mutating func takeIfFree(_ text: String) -> Bool {
    guard Self.isName(text) else { return false }
    return taken.insert(text).inserted
  }

  /// Words no model is called by: a policy could not name it, or it would mean something else.
  static let takenFromModels = Set(Keyword.allCases.map(\.rawValue) + ["requested", "auto"])

  static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, (0x61...0x7A).contains(first), text.utf8.count <= 64,
      text.utf8.allSatisfy({
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_")
      })
    else { return false }
    return isFree(text)
  }

  private static func isFree(_ name: String) -> Bool {
    Keyword(rawValue: name) == nil && !reserved.contains(name)
  }

  private static let reserved = Set(FieldName.ofRequest + FieldName.ofAnswer + ["requested"])

  private static func letters(of text: String) -> String {
    var name = ""
    for byte in text.utf8.prefix(48) {
      switch byte {
      case 0x61...0x7A, 0x30...0x39: name.unicodeScalars.append(Unicode.Scalar(byte))
      case 0x41...0x5A: name.unicodeScalars.append(Unicode.Scalar(byte + 0x20))
      default: if name.utf8.last != UInt8(ascii: "_"), !name.isEmpty { name += "_" }
      }
    }
    while name.utf8.last == UInt8(ascii: "_") { name.removeLast() }
    return name.isEmpty ? "model" : name
  }
}
