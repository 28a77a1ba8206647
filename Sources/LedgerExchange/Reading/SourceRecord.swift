import JSONReading

/// The columns of a CSV file by their names.
package struct CSVHeader: Hashable, Sendable {
  package let names: [String]
  private let places: [String: Int]

  /// The name that stands there twice is thrown.
  init(_ names: [String]) throws(ImportFailure) {
    var places: [String: Int] = [:]
    for (place, name) in names.enumerated() where !name.isEmpty {
      guard places.updateValue(place, forKey: name) == nil else {
        throw .columnTwice(ShownText.of(name))
      }
    }
    self.names = names
    self.places = places
  }

  func place(of name: String) -> Int? { places[name] }
}

/// One record of a file, whatever the format: named values and the line it starts on.
package struct SourceRecord: Sendable {
  package let line: Int
  let content: Content

  enum Content: Sendable {
    case cells(CSVHeader, [CSVField])
    case object(JSONValue)
  }

  /// The value under a name.
  ///
  /// In JSON a name may lead into objects, as `usage.prompt_tokens`, unless it is a name as a whole.
  func value(_ name: String) throws(RowProblem) -> SourceValue {
    switch content {
    case .cells(let header, let fields):
      guard let place = header.place(of: name), place < fields.count else { return .absent }
      let field = fields[place]
      if field.bytes.isEmpty { return field.isQuoted ? .text("") : .absent }
      guard let text = field.text else { throw .notUTF8(column: name) }
      return .text(text)
    case .object(let object):
      guard let value = Self.find(name, in: object) else { return .absent }
      return SourceValue(value)
    }
  }

  /// The names it has, in their order; of JSON without those in nested objects.
  package var names: [String] {
    switch content {
    case .cells(let header, _): header.names
    case .object(let object): object.members.compactMap { $0.key.string }
    }
  }

  private static func find(_ name: String, in object: JSONValue) -> JSONValue? {
    if let value = object[named: name] { return value }
    guard let dot = name.firstIndex(of: ".") else { return nil }
    guard let inner = object[named: String(name[..<dot])] else { return nil }
    return find(String(name[name.index(after: dot)...]), in: inner)
  }
}

/// A value of a record as it was written.
enum SourceValue: Sendable {
  case absent
  case text(String)
  /// A JSON number as it was written.
  case number(String)
  case bool(Bool)
  /// An object or array.
  case json(JSONValue)

  init(_ value: JSONValue) {
    switch value.kind {
    case .null: self = .absent
    case .string: self = .text(value.string ?? "")
    case .number: self = .number(String(decoding: value.raw, as: UTF8.self))
    case .true: self = .bool(true)
    case .false: self = .bool(false)
    case .object, .array: self = .json(value)
    }
  }
}
