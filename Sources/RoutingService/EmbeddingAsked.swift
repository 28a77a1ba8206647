import JSONReading
import JSONWriting
package import OpenAIWire

extension ChatRequest {
  /// The request for vectors as a policy's conditions, guards and budgets read it: its texts as what
  /// a user says.
  ///
  /// Its bytes are what the row's fingerprint is of: the whole request is in them.
  package init(_ request: EmbeddingsRequest) throws(WireProblem) {
    var json = JSONWriter(reserving: request.json.bytes.count * 2)
    json.object { json in
      json.member("model", request.model)
      if let user = request.user { json.member("user", user) }
      json.array("messages") { json in
        for text in request.texts.isEmpty ? [""] : request.texts {
          json.object { json in
            json.member("role", "user")
            json.member("content", text)
          }
        }
      }
      json.member("embeddings", raw: request.json.root.raw)
    }
    // The same values again, and their containers one deeper.
    try self.init(json.bytes, limits: JSONLimits(bytes: Int(Int32.max), values: 8_000_000))
  }
}
