import JSONReading

/// A value inside a list of Rung's own format, with the way to it for messages.
struct FieldValue {
  let value: JSONValue
  let path: String

  init(_ value: JSONValue, path: String) {
    self.value = value
    self.path = path
  }

  func bad(_ reason: String) -> RowProblem { .badField(path, reason: reason) }

  var elements: [FieldValue] {
    value.elements.enumerated().map { FieldValue($1, path: "\(path)[\($0)]") }
  }

  /// Refuses what is no object, and members beside the known ones.
  func checkObject(_ known: Set<String>) throws(RowProblem) {
    guard value.kind == .object else { throw bad("is no object") }
    for (key, _) in value.members {
      let name = key.string ?? ""
      guard known.contains(name) else {
        throw bad("has the unknown member `\(ShownText.of(name))`")
      }
    }
  }

  /// Nil for `null`; a missing member is refused, for none is ever left out.
  func member(_ name: String) throws(RowProblem) -> FieldValue? {
    guard let found = value[named: name] else { throw bad("has no `\(name)`") }
    return found.isNull ? nil : FieldValue(found, path: "\(path).\(name)")
  }

  func need(_ name: String) throws(RowProblem) -> FieldValue {
    guard let found = try member(name) else { throw bad("has no `\(name)`") }
    return found
  }

  func string() throws(RowProblem) -> String {
    guard let text = value.string else { throw bad("is no text") }
    return text
  }

  func integer() throws(RowProblem) -> Int64 {
    guard let number = value.integer else { throw bad("is no whole number") }
    return number
  }

  func bool() throws(RowProblem) -> Bool {
    guard let flag = value.bool else { throw bad("is not true or false") }
    return flag
  }
}
