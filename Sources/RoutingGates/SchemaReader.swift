import JSONReading
import TextPatterns

/// Reads a schema into nodes, the root first; every reference is one node however often it is used.
struct SchemaReader {
  private let root: JSONValue
  private var nodes: [SchemaNode] = []
  private var references: [String: Int] = [:]
  private var open: [(place: Int, value: JSONValue)] = []

  init(_ root: JSONValue) { self.root = root }

  mutating func read() throws(SchemaProblem) -> [SchemaNode] {
    references["#"] = place(for: root)
    while let next = open.popLast() {
      nodes[next.place] = try node(next.value)
    }
    return nodes
  }

  private mutating func place(for value: JSONValue) -> Int {
    nodes.append(SchemaNode())
    open.append((nodes.count - 1, value))
    return nodes.count - 1
  }

  private mutating func node(_ value: JSONValue) throws(SchemaProblem) -> SchemaNode {
    var node = SchemaNode()
    switch value.kind {
    case .true: return node
    case .false:
      node.isNever = true
      return node
    case .object: break
    case .array, .string, .number, .null: throw .badValue(keyword: "schema")
    }
    for member in value.members {
      try read(member.key.string ?? "", member.value, into: &node)
    }
    return node
  }

  private mutating func read(
    _ keyword: String, _ value: JSONValue, into node: inout SchemaNode
  ) throws(SchemaProblem) {
    switch keyword {
    case "type": node.types = try types(value)
    case "enum": node.constants = try elements(value, keyword)
    case "const": node.constants = [value]
    case "properties":
      guard value.kind == .object else { throw .badValue(keyword: keyword) }
      for member in value.members {
        node.properties[member.key.string ?? ""] = place(for: member.value)
      }
    case "required": node.required = try strings(value, keyword)
    case "additionalProperties": node.additional = place(for: value)
    case "items": node.items = place(for: value)
    case "prefixItems": node.prefixItems = try places(value, keyword)
    case "anyOf": node.anyOf = try places(value, keyword)
    case "oneOf": node.oneOf = try places(value, keyword)
    case "allOf": node.allOf += try places(value, keyword)
    case "not": node.not = place(for: value)
    case "$ref": node.allOf.append(try reference(value))
    case "pattern": node.pattern = try pattern(value)
    case "uniqueItems":
      guard let flag = value.bool else { throw .badValue(keyword: keyword) }
      node.isUnique = flag
    case "minLength": node.length.least = try count(value, keyword)
    case "maxLength": node.length.most = try count(value, keyword)
    case "minItems": node.count.least = try count(value, keyword)
    case "maxItems": node.count.most = try count(value, keyword)
    case "minProperties": node.members.least = try count(value, keyword)
    case "maxProperties": node.members.most = try count(value, keyword)
    case "minimum": node.number.least = try millionths(value, keyword)
    case "maximum": node.number.most = try millionths(value, keyword)
    case "exclusiveMinimum": node.exclusiveNumber.least = try millionths(value, keyword)
    case "exclusiveMaximum": node.exclusiveNumber.most = try millionths(value, keyword)
    case "$schema", "$id", "$comment", "$defs", "definitions", "title", "description", "default",
      "examples", "format", "deprecated", "readOnly", "writeOnly":
      return
    default: throw .unknownKeyword(keyword)
    }
  }

  private func types(_ value: JSONValue) throws(SchemaProblem) -> Set<SchemaType> {
    let names = value.kind == .string ? [value] : try elements(value, "type")
    var types: Set<SchemaType> = []
    for name in names {
      guard let type = name.string.flatMap(SchemaType.init) else {
        throw .badValue(keyword: "type")
      }
      types.insert(type)
    }
    return types
  }

  private mutating func reference(_ value: JSONValue) throws(SchemaProblem) -> Int {
    guard let path = value.string else { throw .badValue(keyword: "$ref") }
    if let known = references[path] { return known }
    guard path.hasPrefix("#/") else { throw .unknownReference(path) }
    var target = root
    for step in path.dropFirst(2).split(separator: "/", omittingEmptySubsequences: false) {
      let name = step.replacing("~1", with: "/").replacing("~0", with: "~")
      guard target.kind == .object, let next = target[named: String(name)] else {
        throw .unknownReference(path)
      }
      target = next
    }
    let place = place(for: target)
    references[path] = place
    return place
  }

  private func pattern(_ value: JSONValue) throws(SchemaProblem) -> PatternSet {
    guard let text = value.string else { throw .badValue(keyword: "pattern") }
    do {
      return try PatternSet([.matches(text)])
    } catch {
      throw .badPattern(text)
    }
  }

  private mutating func places(
    _ value: JSONValue, _ keyword: String
  ) throws(SchemaProblem) -> [Int] {
    var list: [Int] = []
    for element in try elements(value, keyword) { list.append(place(for: element)) }
    return list
  }

  private func elements(
    _ value: JSONValue, _ keyword: String
  ) throws(SchemaProblem) -> [JSONValue] {
    guard value.kind == .array else { throw .badValue(keyword: keyword) }
    let list = Array(value.elements)
    guard !list.isEmpty else { throw .badValue(keyword: keyword) }
    return list
  }

  private func strings(
    _ value: JSONValue, _ keyword: String
  ) throws(SchemaProblem) -> [String] {
    guard value.kind == .array else { throw .badValue(keyword: keyword) }
    var list: [String] = []
    for element in value.elements {
      guard let text = element.string else { throw .badValue(keyword: keyword) }
      list.append(text)
    }
    return list
  }

  private func count(_ value: JSONValue, _ keyword: String) throws(SchemaProblem) -> Int64 {
    guard let number = value.integer, number >= 0 else { throw .badValue(keyword: keyword) }
    return number
  }

  private func millionths(
    _ value: JSONValue, _ keyword: String
  ) throws(SchemaProblem) -> Int64 {
    guard let number = value.millionths else { throw .badValue(keyword: keyword) }
    return number
  }
}
