/// Labels as the format writes them, which is also what tells two series apart.
struct LabelSet: Hashable, Sendable {
  /// `a="x",b="y"`, by name; empty without labels.
  let text: String

  static let none = LabelSet(text: "")

  /// Values longer than this are cut: nobody reads them, and they are kept for ever.
  static let longestValue = 256

  private init(text: String) { self.text = text }

  /// By name, of two with one name the first.
  init(_ dimensions: [(String, String)]) {
    guard !dimensions.isEmpty else {
      self = .none
      return
    }
    var seen: Set<String> = []
    var pairs: [(name: String, value: String)] = []
    for (name, value) in dimensions {
      let name = MetricName.label(name)
      if seen.insert(name).inserted { pairs.append((name, value)) }
    }
    pairs.sort { $0.name < $1.name }
    text = pairs.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
  }

  /// Where everything goes that would be one series too many: the same names, so that sums over a
  /// label still hold.
  static func overflow(of dimensions: [(String, String)]) -> LabelSet {
    LabelSet(dimensions.map { ($0.0, "_overflow_") })
  }

  /// With one more label behind the others, as a bucket has.
  func with(_ name: String, _ value: String) -> String {
    text.isEmpty ? "{\(name)=\"\(value)\"}" : "{\(text),\(name)=\"\(value)\"}"
  }

  var braced: String { text.isEmpty ? "" : "{\(text)}" }

  private static func escaped(_ value: String) -> String {
    var escaped = ""
    var bytes = 0
    for scalar in value.unicodeScalars {
      bytes += UTF8.width(scalar)
      if bytes > longestValue { break }
      switch scalar {
      case "\\": escaped += "\\\\"
      case "\"": escaped += "\\\""
      case "\n": escaped += "\\n"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
