import JSONReading
import JSONWriting

/// What a provider, or we, say when there is no answer: the four fields of the API's error object.
package struct ErrorResponse: Hashable, Sendable {
  package var message: String
  package var type: String?
  /// The field that is wrong, as `messages[2].content`.
  package var param: String?
  package var code: String?
  /// Figures for programs, as JSON: a member of ours beside the four.
  package var details: [UInt8]?

  package init(message: String, type: String? = nil, param: String? = nil, code: String? = nil) {
    self.message = message
    self.type = type
    self.param = param
    self.code = code
  }

  /// What to tell a caller whose request cannot be read.
  package init(_ problem: WireProblem) {
    let path = problem.place?.path ?? ""
    self.init(
      message: problem.description, type: "invalid_request_error",
      param: path.isEmpty ? nil : path, code: problem.code)
  }

  /// The body of an error answer; all four fields are always there.
  package var body: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.object("error") { json in
        json.member("message", message)
        json.member("type", orNull: type)
        json.member("param", orNull: param)
        json.member("code", orNull: code)
        if let details { json.member("details", raw: details) }
      }
    }
    return json.bytes
  }
}

extension ErrorResponse {
  /// Reads an error in the shapes providers use; nil if the value is no error.
  ///
  /// The API's own `{"error": {…}}`, the same in an array (Gemini), an error that is a bare text
  /// (Ollama, text-generation-inference), the fields without a wrapper (vLLM, Mistral, Cohere,
  /// SiliconFlow) and `detail` (FastAPI).
  init?(_ root: JSONValue) {
    let value = root.kind == .array ? root.elements.first { _ in true } ?? root : root
    guard value.kind == .object else { return nil }
    if let error = value["error"], !error.isNull {
      if let text = error.string {
        self.init(message: text, type: value["error_type"]?.string)
      } else {
        self.init(fields: error)
      }
    } else if value["choices"] != nil {
      return nil
    } else if value["message"]?.string != nil {
      self.init(fields: value)
    } else if let detail = value["detail"], !detail.isNull {
      let text = detail.string ?? detail.elements.first { _ in true }?["msg"]?.string
      self.init(message: text ?? detail.shown)
    } else {
      return nil
    }
  }

  private init(fields value: JSONValue) {
    self.init(
      message: value["message"]?.string ?? value.shown,
      type: value["type"]?.string ?? value["status"]?.string,
      param: value["param"]?.string,
      code: value["innererror"]?["code"]?.string ?? value["code"]?.word)
  }
}

extension JSONValue {
  /// A text, or a number as it was written; nil for everything else.
  fileprivate var word: String? {
    kind == .number ? String(decoding: raw, as: UTF8.self) : string
  }
}
