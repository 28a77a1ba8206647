import JSONReading
import TextPatterns

/// Compiles the schemas of a file, each place once, references by index.
struct SchemaBuilder {
  private let root: JSONValue
  private(set) var nodes: [SchemaNode] = []
  /// The node of each place, by its JSON pointer.
  private var indices: [String: Int] = [:]
  /// Places that have an index but are not read yet.
  private var waiting: [(JSONValue, path: String, index: Int)] = []

  private static let most = 10_000

  /// Keywords that only describe.
  private static let remarks: Set<String> = [
    "$schema", "$id", "$comment", "$defs", "definitions", "title", "description", "default",
    "examples", "deprecated", "readOnly", "writeOnly", "format", "contentMediaType",
    "contentEncoding",
  ]

  init(_ root: JSONValue) { self.root = root }

  mutating func build() throws(SchemaProblem) {
    _ = place(root, "#")
    while let (value, path, index) = waiting.popLast() {
      guard nodes.count <= Self.most else { throw .tooLarge }
      nodes[index] = try node(value, path)
    }
  }

  /// The index of the schema at a place.
  private mutating func place(_ value: JSONValue, _ path: String) -> Int {
    if let index = indices[path] { return index }
    let index = nodes.count
    nodes.append(SchemaNode())
    indices[path] = index
    waiting.append((value, path, index))
    return index
  }

  private mutating func node(
    _ value: JSONValue, _ path: String
  ) throws(SchemaProblem) -> SchemaNode {
    var node = SchemaNode()
    if value.kind == .true { return node }
    if value.kind == .false {
      node.acceptsNothing = true
      return node
    }
    guard value.kind == .object else { throw .notASchema(path: path) }
    for (key, member) in value.members {
      let keyword = key.string ?? ""
      if Self.remarks.contains(keyword) { continue }
      let reading = Keyword(name: keyword, value: member, path: path)
      if try addShape(reading, &node) { continue }
      guard try addLimit(reading, &node) else {
        throw .unsupported(keyword: keyword, path: path)
      }
    }
    return node
  }

  struct Keyword {
    let name: String
    let value: JSONValue
    let path: String

    var malformed: SchemaProblem { .malformed(keyword: name, path: path) }
  }

  /// Keywords that lead to other schemas.
  private mutating func addShape(
    _ keyword: Keyword, _ node: inout SchemaNode
  ) throws(SchemaProblem) -> Bool {
    let path = "\(keyword.path)/\(keyword.name)"
    switch keyword.name {
    case "properties":
      guard keyword.value.kind == .object else { throw keyword.malformed }
      for (key, schema) in keyword.value.members {
        let name = key.string ?? ""
        node.properties[name] = place(schema, "\(path)/\(Self.escaped(name))")
      }
    case "additionalProperties": node.additional = place(keyword.value, path)
    case "items":
      guard keyword.value.kind != .array else { throw keyword.malformed }
      node.items = place(keyword.value, path)
    case "prefixItems": node.prefixItems = try places(keyword)
    case "anyOf": node.anyOf = try places(keyword)
    case "oneOf": node.oneOf = try places(keyword)
    case "allOf": node.allOf += try places(keyword)
    case "not": node.not = place(keyword.value, path)
    case "$ref": node.allOf.append(try reference(keyword))
    default: return false
    }
    return true
  }

  private mutating func places(_ keyword: Keyword) throws(SchemaProblem) -> [Int] {
    guard keyword.value.kind == .array else { throw keyword.malformed }
    var found: [Int] = []
    for schema in keyword.value.elements {
      found.append(place(schema, "\(keyword.path)/\(keyword.name)/\(found.count)"))
    }
    guard !found.isEmpty else { throw keyword.malformed }
    return found
  }

  /// A pointer into this file; nothing is fetched.
  private mutating func reference(_ keyword: Keyword) throws(SchemaProblem) -> Int {
    guard let reference = keyword.value.string else { throw keyword.malformed }
    guard reference == "#" || reference.hasPrefix("#/") else {
      throw .unresolved(reference: reference)
    }
    var value = root
    for part in reference.dropFirst(2).split(separator: "/", omittingEmptySubsequences: false)
    where reference != "#" {
      let name = Self.unescaped(part)
      if let member = value[named: name] {
        value = member
      } else if !name.isEmpty, name.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        let index = Int(name),
        let element = value.elements.dropFirst(index).first(where: { _ in true })
      {
        value = element
      } else {
        throw .unresolved(reference: reference)
      }
    }
    return place(value, reference)
  }

  private static func escaped(_ name: String) -> String {
    var escaped = ""
    for character in name {
      switch character {
      case "~": escaped += "~0"
      case "/": escaped += "~1"
      default: escaped.append(character)
      }
    }
    return escaped
  }

  private static func unescaped(_ part: Substring) -> String {
    var name = ""
    var rest = part[...]
    while let character = rest.popFirst() {
      if character == "~", let next = rest.popFirst() {
        name.append(next == "1" ? "/" : "~")
      } else {
        name.append(character)
      }
    }
    return name
  }
}

// MARK: Keywords that limit

extension SchemaBuilder {
  private func addLimit(
    _ keyword: Keyword, _ node: inout SchemaNode
  ) throws(SchemaProblem) -> Bool {
    switch keyword.name {
    case "type": node.types = try types(keyword)
    case "enum":
      guard keyword.value.kind == .array else { throw keyword.malformed }
      node.allow(keyword.value.elements.map(CanonicalJSON.init))
    case "const": node.allow([CanonicalJSON(keyword.value)])
    case "required": node.required = try names(keyword)
    case "minProperties": node.propertyCount.least = try count(keyword)
    case "maxProperties": node.propertyCount.most = try count(keyword)
    case "minItems": node.itemCount.least = try count(keyword)
    case "maxItems": node.itemCount.most = try count(keyword)
    case "minLength": node.length.least = try count(keyword)
    case "maxLength": node.length.most = try count(keyword)
    case "uniqueItems":
      guard let unique = keyword.value.bool else { throw keyword.malformed }
      node.areItemsUnique = unique
    case "pattern": node.pattern = try pattern(keyword)
    case "minimum": node.minimum = try number(keyword)
    case "maximum": node.maximum = try number(keyword)
    case "exclusiveMinimum": node.exclusiveMinimum = try number(keyword)
    case "exclusiveMaximum": node.exclusiveMaximum = try number(keyword)
    default: return false
    }
    return true
  }

  private func types(_ keyword: Keyword) throws(SchemaProblem) -> Set<SchemaType> {
    let names =
      keyword.value.kind == .array ? keyword.value.elements.map(\.string) : [keyword.value.string]
    var types: Set<SchemaType> = []
    for name in names {
      guard let name, let type = SchemaType(rawValue: name) else { throw keyword.malformed }
      types.insert(type)
    }
    return types
  }

  private func names(_ keyword: Keyword) throws(SchemaProblem) -> [String] {
    guard keyword.value.kind == .array else { throw keyword.malformed }
    var names: [String] = []
    for element in keyword.value.elements {
      guard let name = element.string else { throw keyword.malformed }
      names.append(name)
    }
    return names
  }

  private func count(_ keyword: Keyword) throws(SchemaProblem) -> Int64 {
    guard let count = keyword.value.integer, count >= 0 else { throw keyword.malformed }
    return count
  }

  private func number(_ keyword: Keyword) throws(SchemaProblem) -> CanonicalNumber {
    guard keyword.value.kind == .number else { throw keyword.malformed }
    return CanonicalNumber(keyword.value.raw)
  }

  private func pattern(_ keyword: Keyword) throws(SchemaProblem) -> PatternSet {
    guard let text = keyword.value.string else { throw keyword.malformed }
    do throws(PatternError) {
      return try PatternSet([.matches(text)])
    } catch {
      throw .pattern(error.problem, path: keyword.path)
    }
  }
}
