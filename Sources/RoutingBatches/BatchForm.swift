import JSONReading
package import OpenAIWire

/// What each answer of a batch has to be.
package enum BatchForm: Sendable {
  /// A text.
  case text
  /// Any JSON object.
  case object
  /// JSON of this schema, as it was written; `isStrict` where the provider is to hold the model to it.
  case schema([UInt8], isStrict: Bool)

  package init(_ request: ChatRequest) {
    switch request.format {
    case .text: self = .text
    case .jsonObject: self = .object
    case .jsonSchema:
      let wanted = request.json.root["response_format"]?["json_schema"]
      guard let schema = wanted?["schema"] else {
        self = .object
        return
      }
      self = .schema(Array(schema.raw), isStrict: wanted?["strict"]?.bool ?? false)
    }
  }
}
