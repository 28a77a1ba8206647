import JSONReading
import JSONWriting

/// The path every line of a batch asks for.
package enum BatchEndpoint {
  package static let chat = "/v1/chat/completions"
}

/// A line of the file a provider is given: one request and its name.
package struct BatchInputLine: Sendable {
  package let customID: String
  /// One JSON object.
  package let body: [UInt8]

  package init(customID: String, body: [UInt8]) {
    self.customID = customID
    self.body = body
  }

  /// On one line, with the newline.
  package var bytes: [UInt8] {
    var json = JSONWriter(reserving: body.count + 128)
    json.object { json in
      json.member("custom_id", customID)
      json.member("method", "POST")
      json.member("url", BatchEndpoint.chat)
      // Line breaks stand only between tokens of JSON.
      json.member("body", raw: body.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 })
    }
    return json.bytes + [0x0A]
  }
}

/// A line of the files a provider gives back: what became of one request.
package struct BatchOutputLine: Hashable, Sendable {
  package let customID: String
  package let result: Result

  package enum Result: Hashable, Sendable {
    case answered(status: Int, body: [UInt8])
    /// It was not worked on; `code` is the provider's word.
    case failed(code: String, message: String)
  }

  /// Nil for what is no such line.
  package init?(_ bytes: [UInt8]) {
    guard let root = try? JSONText(bytes).root, root.kind == .object,
      let customID = root["custom_id"]?.string
    else { return nil }
    self.customID = customID
    if let response = root["response"], !response.isNull {
      guard let status = response["status_code"]?.integer, (100..<1000).contains(status),
        let body = response["body"]
      else { return nil }
      result = .answered(status: Int(status), body: Array(body.raw))
    } else if let error = root["error"], !error.isNull {
      result = .failed(
        code: error["code"]?.string ?? "error",
        message: error["message"]?.string ?? "the provider says no more")
    } else {
      return nil
    }
  }
}
