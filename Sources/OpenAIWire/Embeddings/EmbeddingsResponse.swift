package import JSONReading

/// The vectors of a request, as their provider wrote them.
package struct EmbeddingsResponse: Sendable {
  package let raw: JSONText
  /// Tokens of all inputs together; nil if the provider gives no figure to trust.
  package let promptTokens: Int64?

  /// Reads the body of an answer that claims success: one vector for each input, numbers or base64.
  package init(
    _ bytes: [UInt8], count: Int, limits: JSONLimits = JSONLimits(bytes: 256 << 20)
  ) throws(WireProblem) {
    let root = try ChatResponse.json(bytes, limits: limits).root
    if root["data"] == nil, let error = ErrorResponse(root) { throw .error(error) }
    guard let data = root["data"], data.kind == .array else {
      throw .notACompletion(ChatResponse.place(of: "data", in: root), wanted: "an array")
    }
    var found = 0
    for element in data.elements {
      found += 1
      switch element["embedding"]?.kind {
      case .array, .string: continue
      case .object, .number, .true, .false, .null, nil:
        throw .notACompletion(
          ChatResponse.place(of: "embedding", in: element), wanted: "a vector")
      }
    }
    guard found == count else {
      throw .notACompletion(data.place, wanted: "an array of \(count) vectors")
    }
    raw = root.text
    let usage = root["usage"]
    let tokens = usage?["prompt_tokens"]?.integer ?? usage?["total_tokens"]?.integer
    promptTokens = tokens.flatMap { (1...Usage.limit).contains($0) ? $0 : nil }
  }

  /// The body of an answer under the catalog's name of the model; every other byte is the provider's.
  package func body(model: String) -> [UInt8] { raw.root.edited([.model(model)]) }
}

extension ProviderAnswer {
  /// The vectors in it, or the failure it amounts to.
  package func readEmbeddings(
    count: Int, limits: JSONLimits = JSONLimits(bytes: 256 << 20, values: 16_000_000)
  ) throws(ProviderFailure) -> EmbeddingsResponse {
    guard (200..<300).contains(status) else { throw failure(limits: limits) }
    do throws(WireProblem) {
      return try EmbeddingsResponse(body, count: count, limits: limits)
    } catch {
      throw failure(error)
    }
  }
}
