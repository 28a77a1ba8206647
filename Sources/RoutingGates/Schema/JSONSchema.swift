import JSONReading
package import TextPatterns

/// A JSON Schema, compiled: the commonly used part of draft 2020-12.
///
/// `type`, `enum`, `const`; `properties`, `required`, `additionalProperties`, `minProperties`,
/// `maxProperties`; `items`, `prefixItems`, `minItems`, `maxItems`, `uniqueItems`; `minLength`,
/// `maxLength`, `pattern` (RE2); `minimum`, `maximum`, `exclusiveMinimum`, `exclusiveMaximum`;
/// `anyOf`, `oneOf`, `allOf`, `not`; `$ref` to `#` and into `$defs` or `definitions`. What only
/// describes (`title`, `description`, `examples`, `default`, `format` and the like) is read over. Any
/// other keyword is refused by name: a schema is never half held.
package final class JSONSchema: Sendable {
  let nodes: [SchemaNode]

  /// - Throws: if the text is no schema, or uses more than is listed.
  package init(_ text: String) throws(SchemaProblem) {
    let json: JSONText
    do throws(JSONProblem) {
      json = try JSONText(text)
    } catch {
      throw .notJSON
    }
    var builder = SchemaBuilder(json.root)
    try builder.build()
    nodes = builder.nodes
  }

  /// Whether a text is one JSON value that keeps to the schema.
  ///
  /// O(size of the text × size of the schema); a value nested deeper than the reader allows is no
  /// JSON.
  package func accepts(_ text: String) -> Bool {
    guard let json = Self.json(text) else { return false }
    return SchemaValidator(nodes: nodes).accepts(json.root)
  }

  package static func isJSON(_ text: String) -> Bool { json(text) != nil }

  private static func json(_ text: String) -> JSONText? {
    do throws(JSONProblem) {
      return try JSONText(text)
    } catch {
      return nil
    }
  }
}

/// Why a file is no schema Rung can hold an answer to.
package enum SchemaProblem: Error, Hashable, Sendable {
  case notJSON
  /// A schema is an object, `true` or `false`.
  case notASchema(path: String)
  case unsupported(keyword: String, path: String)
  /// The keyword's value is not of the kind it needs.
  case malformed(keyword: String, path: String)
  case unresolved(reference: String)
  case pattern(PatternProblem, path: String)
  case tooLarge
}

/// One schema of a file; others are named by their index.
struct SchemaNode: Sendable {
  /// `false`: nothing is accepted.
  var acceptsNothing = false
  /// Nil: any.
  var types: Set<SchemaType>?
  var values: [CanonicalJSON]?
  var properties: [String: Int] = [:]
  var required: [String] = []
  /// The schema of other members.
  var additional: Int?
  var prefixItems: [Int] = []
  var items: Int?
  var propertyCount = Limits()
  var itemCount = Limits()
  var length = Limits()
  var areItemsUnique = false
  var pattern: PatternSet?
  var minimum: CanonicalNumber?
  var maximum: CanonicalNumber?
  var exclusiveMinimum: CanonicalNumber?
  var exclusiveMaximum: CanonicalNumber?
  var anyOf: [Int]?
  var oneOf: [Int]?
  var allOf: [Int] = []
  var not: Int?

  /// `enum` and `const` must both hold.
  mutating func allow(_ allowed: [CanonicalJSON]) {
    values = values.map { $0.filter(allowed.contains) } ?? allowed
  }

  struct Limits: Sendable {
    var least: Int64 = 0
    var most: Int64 = .max

    func holds(_ count: Int) -> Bool { least <= Int64(count) && Int64(count) <= most }
  }
}

enum SchemaType: String, Hashable, Sendable, CaseIterable {
  case object, array, string, number, integer, boolean, null
}
