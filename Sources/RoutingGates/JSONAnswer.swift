import JSONReading

/// An answer that is one JSON object or array and nothing else.
///
/// White space around it does not matter. A fence of backticks or a word before it does: whoever
/// asked for JSON will hand it to a parser.
struct JSONAnswer {
  let root: JSONValue

  init?(_ answer: String) {
    guard let json = try? JSONText(Array(answer.utf8)) else { return nil }
    switch json.root.kind {
    case .object, .array: root = json.root
    case .string, .number, .true, .false, .null: return nil
    }
  }
}

extension JSONValue {
  /// Equal as JSON: members in any order, numbers by their text or, up to six decimals, their value.
  func equals(_ other: JSONValue) -> Bool {
    guard kind == other.kind else { return false }
    switch kind {
    case .null, .true, .false: return true
    case .string: return string == other.string
    case .number:
      if raw == other.raw { return true }
      guard let a = millionths, let b = other.millionths else { return false }
      return a == b
    case .array:
      let (a, b) = (Array(elements), Array(other.elements))
      return a.count == b.count && zip(a, b).allSatisfy { $0.equals($1) }
    case .object:
      let (a, b) = (Array(members), Array(other.members))
      guard a.count == b.count else { return false }
      return a.allSatisfy { member in
        other[named: member.key.string ?? ""].map { member.value.equals($0) } ?? false
      }
    }
  }
}
