import JSONReading
import PolicySemantics

// Limits and abilities of one entry.
extension LiteLLMEntry {
  /// A text; nil if there is none.
  func text(_ key: String) throws(ImportRefusal) -> String? {
    guard let value = self[key] else { return nil }
    guard let text = value.string else { throw .wrongType(key: key, expected: "a text") }
    return text
  }

  /// A whole number from 1; nil if there is none or it is zero, which is no limit.
  func count(_ key: String) throws(ImportRefusal) -> Int64? {
    guard let value = self[key] else { return nil }
    guard value.kind == .number else { throw .wrongType(key: key, expected: "a number") }
    guard let (number, isExact) = value.scaled(by: 0), number <= Self.largestCount else {
      throw .tooLarge(key: key)
    }
    guard number >= 0 else { throw .negative(key: key) }
    guard isExact else { throw .wrongType(key: key, expected: "a whole number") }
    return number == 0 ? nil : number
  }

  /// What the catalog takes for a count at most.
  private static let largestCount: Int64 = 1_000_000_000_000

  func readLimits(into model: inout DraftModel) throws(ImportRefusal) {
    model.window = try count("max_input_tokens")
    model.maxOutput = try count("max_output_tokens")
    model.requestsPerMinute = try count("rpm")
    model.tokensPerMinute = try count("tpm")
    for key in ["max_input_tokens", "max_output_tokens", "rpm", "tpm"]
    where self[key]?.integer == 0 {
      model.notes.append(.limitOfZero(key))
    }
    // The window of a catalog holds prompt and answer together; the list's may be the prompt's
    // alone, and the smaller of two readings is safe.
    if let window = model.window, let output = model.maxOutput, output > window {
      model.maxOutput = window
      model.notes.append(.outputCut(from: output, to: window))
    }
    model.tokenizer = LiteLLMProviders.tokenizer(of: name)
  }

  /// Where an entry of the list is silent, only streaming is there.
  func capabilities(imagesApart: Bool) throws(ImportRefusal) -> [Capability] {
    let told = try abilities(imagesApart: imagesApart)
    return Capability.allCases.filter { told[$0] ?? ($0 == .streaming) }
  }

  /// What it says of abilities; those it is silent about are not among them.
  ///
  /// Images with a price of their own are none a catalog can say.
  func abilities(imagesApart: Bool) throws(ImportRefusal) -> [Capability: Bool] {
    var told: [Capability: Bool] = [:]
    told[.tools] = try flag("supports_function_calling")
    let images = [try flag("supports_vision"), try flag("supports_image_input")].compactMap(\.self)
    if !images.isEmpty { told[.images] = images.contains(true) }
    if imagesApart { told[.images] = false }
    told[.jsonSchema] = try flag("supports_response_schema")
    // Who keeps to a schema writes JSON; who does not may write it all the same.
    if told[.jsonSchema] == true { told[.json] = true }
    told[.streaming] = try flag("supports_native_streaming")
    told[.reasoning] = try flag("supports_reasoning")
    return told
  }

  private func flag(_ key: String) throws(ImportRefusal) -> Bool? {
    guard let value = self[key] else { return nil }
    guard let flag = value.bool else { throw .wrongType(key: key, expected: "true or false") }
    return flag
  }

  /// Keys that are read, so that the others can be told.
  static func isRead(_ key: String) -> Bool { known.contains(key) || CostKey.isAboutMoney(key) }

  private static let known: Set<String> = [
    "mode", "litellm_provider", "source", "max_input_tokens", "max_output_tokens", "rpm", "tpm",
    "supports_function_calling", "supports_vision", "supports_image_input",
    "supports_response_schema", "supports_native_streaming", "supports_reasoning",
    "supported_endpoints", "supported_output_modalities", "deprecation_date",
    "output_vector_size",
  ]
}
