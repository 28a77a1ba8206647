package import JSONReading
import JSONWriting

/// Makes one value of a schema: every property, the first of every choice.
package struct DescribedSchema {
  private let schemas: JSONValue

  /// `schemas` are the components of a description, by name.
  package init(schemas: JSONValue) { self.schemas = schemas }

  package func properties(of schema: JSONValue) -> [(name: String, schema: JSONValue)] {
    var found: [(name: String, schema: JSONValue)] = []
    for part in resolved(schema)["allOf"].map({ Array($0.elements) }) ?? [] {
      let inherited = properties(of: part)
      found.removeAll { known in inherited.contains { $0.name == known.name } }
      found += inherited
    }
    for (key, value) in resolved(schema)["properties"].map({ Array($0.members) }) ?? [] {
      found.removeAll { $0.name == key.string }
      found.append((key.string ?? "", value))
    }
    return found
  }

  /// One of each kind of message.
  package func roles() -> [[UInt8]] {
    let choices = schemas["ChatCompletionRequestMessage"]?["oneOf"]?.elements
    return (choices.map { Array($0) } ?? []).map { sample($0) }
  }

  package func sample(_ schema: JSONValue) -> [UInt8] {
    var json = JSONWriter()
    write(schema, to: &json, depth: 0)
    return json.bytes
  }

  private func resolved(_ schema: JSONValue) -> JSONValue {
    guard let name = schema["$ref"]?.string?.split(separator: "/").last,
      let target = schemas[named: String(name)]
    else { return schema }
    return resolved(target)
  }

  private func write(_ reference: JSONValue, to json: inout JSONWriter, depth: Int) {
    let schema = resolved(reference)
    if let first = schema["enum"]?.elements.first(where: { _ in true }) {
      return json.raw(first.raw)
    }
    for choice in ["oneOf", "anyOf"] {
      let options = schema[named: choice].map { Array($0.elements) } ?? []
      if let first = options.first(where: { resolved($0)["type"]?.string != "null" }) {
        return write(first, to: &json, depth: depth)
      }
    }
    let properties = properties(of: schema)
    if !properties.isEmpty {
      return json.object { json in
        for (name, property) in properties where depth < 6 {
          json.key(name)
          write(property, to: &json, depth: depth + 1)
        }
      }
    }
    writeSimple(schema, to: &json, depth: depth)
  }

  private func writeSimple(_ schema: JSONValue, to json: inout JSONWriter, depth: Int) {
    switch schema["type"]?.string {
    case "integer", "number":
      // The least seed of the description is no integer: it went through floating point.
      json.integer(schema["minimum"]?.integer ?? 1)
    case "boolean": json.bool(true)
    case "array":
      json.array { json in
        if let items = schema["items"], depth < 6 { write(items, to: &json, depth: depth + 1) }
      }
    case "string": json.string("some \"text\" \u{1F600}")
    default: json.object { $0.member("any", 1) }
    }
  }
}
