/// Texts as scalars of YAML.
package enum YAMLText {
  /// Plain where nothing in it could be read as anything else, in double quotes otherwise.
  package static func scalar(_ text: String) -> String {
    isPlain(text) ? text : quoted(text)
  }

  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetterOrDigit(first), text.utf8.count <= 120 else {
      return false
    }
    return text.utf8.allSatisfy { isLetterOrDigit($0) || marks.contains($0) }
  }

  private static let marks = Set("-_./@".utf8)

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case " "..."~": result.unicodeScalars.append(scalar)
      default: result += escape(scalar.value)
      }
    }
    return result + "\""
  }

  private static func escape(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    let width = value <= 0xFFFF ? 4 : 8
    let zeros = String(repeating: "0", count: width - digits.utf8.count)
    return (width == 4 ? "\\u" : "\\U") + zeros + digits
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
