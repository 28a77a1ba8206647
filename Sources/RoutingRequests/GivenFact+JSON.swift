package import JSONReading
package import PolicyGraph

extension GivenFact {
  /// A fact as JSON gives it: texts, booleans and whole numbers; all else by the name of its kind.
  package init(_ value: JSONValue) {
    switch value.kind {
    case .string: self = .text(value.string ?? "")
    case .true: self = .bool(true)
    case .false: self = .bool(false)
    case .number: self = value.integer.map(GivenFact.integer) ?? .other(kind: value.kind.rawValue)
    case .null, .array, .object: self = .other(kind: value.kind.rawValue)
    }
  }
}
