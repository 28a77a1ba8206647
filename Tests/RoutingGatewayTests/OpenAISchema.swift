import Foundation
import RoutingGates
import RoutingTestSupport
import Testing

/// A schema of OpenAI's published description, to hold our answers to.
struct OpenAISchema {
  private let schema: JSONSchema

  /// Nil after saying that the description is absent.
  init?(_ name: String) throws {
    guard let bytes = try SharedData.bytes(of: "openai_openapi_subset.json", for: name) else {
      return nil
    }
    let file = try #require(
      JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    let components = try #require(file["components"] as? [String: Any])
    let all = try #require(components["schemas"] as? [String: Any])
    var definitions: [String: Any] = [:]
    var open = [name]
    while let next = open.popLast() {
      guard definitions[next] == nil else { continue }
      definitions[next] = Self.plain(try #require(all[next]), referring: &open)
    }
    let whole: [String: Any] = ["$ref": "#/$defs/\(name)", "$defs": definitions]
    let text = String(
      decoding: try JSONSerialization.data(withJSONObject: whole), as: UTF8.self)
    schema = try JSONSchema(text)
  }

  func accepts(_ body: [UInt8]) -> Bool {
    schema.accepts(String(decoding: body, as: UTF8.self))
  }

  /// The schema in JSON Schema's own words: `nullable` becomes a choice, what only describes goes.
  private static func plain(_ value: Any, referring open: inout [String]) -> Any {
    if let list = value as? [Any] { return list.map { plain($0, referring: &open) } }
    guard let object = value as? [String: Any] else { return value }
    var result: [String: Any] = [:]
    for (key, member) in object {
      if key == "$ref", let path = member as? String {
        let name = String(path.split(separator: "/").last ?? "")
        open.append(name)
        result[key] = "#/$defs/\(name)"
      } else if key != "nullable", key != "discriminator", !key.hasPrefix("x-") {
        result[key] = plain(member, referring: &open)
      }
    }
    if object["nullable"] as? Bool == true {
      return ["anyOf": [result, ["type": "null"]]]
    }
    return result
  }
}
