import JSONReading
import JSONWriting
import PolicySource

/// JSON that fits a schema, filled with words and numbers of the question.
///
/// Knows type, properties, items, enum, const, minimum, anyOf and oneOf; of anything else it writes
/// a string. Optional members are written too.
struct SchemaAnswer {
  private let words: [String]
  private let numbers: [String]

  init(for question: String) {
    let parts = question.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).map(String.init)
    words = parts.filter { $0.contains(where: \.isLetter) && $0.count > 2 }
    numbers = parts.filter { $0.allSatisfy { ("0"..."9").contains($0) } && $0.count < 16 }
  }

  func json(_ schema: JSONValue) -> String {
    var json = JSONWriter()
    write(schema, named: "", depth: 0, &json)
    return String(decoding: json.bytes, as: UTF8.self)
  }

  /// An object for a request that gives no schema.
  var freeObject: String {
    var json = JSONWriter()
    json.object { json in
      json.member("answer", words.prefix(6).joined(separator: " "))
      json.array("found") { json in for number in numbers.prefix(8) { json.string(number) } }
      json.member("complete", true)
    }
    return String(decoding: json.bytes, as: UTF8.self)
  }

  private func write(
    _ schema: JSONValue, named name: String, depth: Int, _ json: inout JSONWriter
  ) {
    guard depth < 32 else { return json.null() }
    if let value = schema["const"] ?? pick(schema["enum"], for: name) { return json.raw(value.raw) }
    for key in ["anyOf", "oneOf"] {
      if let first = schema[named: key]?.elements.first(where: { _ in true }) {
        return write(first, named: name, depth: depth + 1, &json)
      }
    }
    let type = schema["type"]?.string ?? schema["type"]?.elements.first { _ in true }?.string
    switch type {
    case "object":
      json.object { json in
        for (key, member) in schema["properties"].map({ Array($0.members) }) ?? [] {
          let name = key.string ?? ""
          json.key(name)
          write(member, named: name, depth: depth + 1, &json)
        }
      }
    case "array":
      json.array { json in
        if let items = schema["items"] { write(items, named: name, depth: depth + 1, &json) }
      }
    case "integer", "number": number(schema, named: name, &json)
    case "boolean": json.bool(true)
    case "null": json.null()
    default: json.string(word(for: name))
    }
  }

  private func number(_ schema: JSONValue, named name: String, _ json: inout JSONWriter) {
    let found = numbers.isEmpty ? nil : Int64(numbers[index(name, among: numbers.count)])
    let least = schema["minimum"]?.integer ?? Int64.min
    let most = schema["maximum"]?.integer ?? Int64.max
    json.integer(min(max(found ?? 1, least), most))
  }

  private func pick(_ choices: JSONValue?, for name: String) -> JSONValue? {
    let all = choices.map { Array($0.elements) } ?? []
    return all.isEmpty ? nil : all[index(name, among: all.count)]
  }

  private func word(for name: String) -> String {
    words.isEmpty ? "none" : words[index(name, among: words.count)]
  }

  private func index(_ name: String, among count: Int) -> Int {
    let digest = StableHash.digest(ofFields: ["field", name] + words)
    return Int(digest.first % UInt64(count))
  }
}
