import JSONReading
import TextPatterns

/// A JSON Schema as far as answers are held against one: the part of draft 2020-12 that structured
/// outputs use.
///
/// Known: `type`, `enum`, `const`, `properties`, `required`, `additionalProperties`,
/// `minProperties`, `maxProperties`, `items`, `prefixItems`, `minItems`, `maxItems`, `uniqueItems`,
/// `minLength`, `maxLength`, `pattern` (RE2), `minimum`, `maximum`, `exclusiveMinimum`,
/// `exclusiveMaximum` (six decimals), `anyOf`, `oneOf`, `allOf`, `not`, `$ref` within the file and
/// `$defs`. Titles, descriptions, examples, defaults and `format` say nothing about validity.
/// A schema that uses anything else is refused when it is read, so nothing is skipped in silence.
struct AnswerSchema: Sendable {
  /// By place; `$ref` leads back to one, so schemas may be recursive.
  let nodes: [SchemaNode]

  /// Throws `SchemaProblem` for text that is no schema we know all of.
  init(_ text: String) throws(SchemaProblem) {
    let json: JSONText
    do {
      json = try JSONText(Array(text.utf8))
    } catch {
      throw .notJSON(error.description)
    }
    var reader = SchemaReader(json.root)
    nodes = try reader.read()
  }

  func accepts(_ answer: JSONAnswer) -> Bool {
    nodes[0].accepts(answer.root, in: self, depth: 0)
  }
}

/// Why a text is no schema we can hold an answer against.
package enum SchemaProblem: Error, Hashable, Sendable {
  case notJSON(String)
  case unknownKeyword(String)
  case badValue(keyword: String)
  case unknownReference(String)
  case badPattern(String)

  package var message: String {
    switch self {
    case .notJSON(let reason): "the schema is no JSON: \(reason)"
    case .unknownKeyword(let word): "the schema keyword `\(word)` is not supported"
    case .badValue(let word): "the schema keyword `\(word)` has a value it cannot have"
    case .unknownReference(let reference): "`\(reference)` leads nowhere in the schema"
    case .badPattern(let pattern): "the pattern `\(pattern)` cannot be used"
    }
  }
}

/// One schema or subschema; a part that is nil or empty says nothing.
struct SchemaNode: Sendable {
  var isNever = false
  var types: Set<SchemaType> = []
  var constants: [JSONValue] = []
  var properties: [String: Int] = [:]
  var required: [String] = []
  var additional: Int?
  var items: Int?
  var prefixItems: [Int] = []
  var anyOf: [Int] = []
  var oneOf: [Int] = []
  var allOf: [Int] = []
  var not: Int?
  var pattern: PatternSet?
  var length = SchemaRange()
  var count = SchemaRange()
  var members = SchemaRange()
  /// Millionths.
  var number = SchemaRange()
  var exclusiveNumber = SchemaRange()
  var isUnique = false
}

/// Both ends belong to it; nil leaves an end open.
struct SchemaRange: Sendable {
  var least: Int64?
  var most: Int64?

  func contains(_ value: Int64) -> Bool {
    (least.map { value >= $0 } ?? true) && (most.map { value <= $0 } ?? true)
  }
}

enum SchemaType: String, Hashable, Sendable, CaseIterable {
  case object, array, string, number, integer, boolean, null
}
