import JSONReading
package import OpenAIWire
package import RoutingGates

/// What each answer of a batch has to be.
package enum BatchForm: Sendable {
  /// A text.
  case text
  /// Any JSON object.
  case object
  /// JSON that keeps to this schema, beside it as it was written; `isStrict` where the provider is to hold
  /// the model to it.
  case schema(JSONSchema, [UInt8], isStrict: Bool)

  /// - Throws: if the request asks for a schema no answer can be held to.
  package init(_ request: ChatRequest) throws(SchemaProblem) {
    switch request.format {
    case .text: self = .text
    case .jsonObject: self = .object
    case .jsonSchema:
      let wanted = request.json.root["response_format"]?["json_schema"]
      guard let schema = wanted?["schema"] else {
        self = .object
        return
      }
      let text = String(decoding: schema.raw, as: UTF8.self)
      self = .schema(
        try JSONSchema(text), Array(schema.raw), isStrict: wanted?["strict"]?.bool ?? false)
    }
  }
}
