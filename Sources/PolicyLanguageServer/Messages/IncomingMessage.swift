import JSONReading

/// What came from the client, sorted by what it asks for.
enum IncomingMessage {
  case request(RequestID, method: String, params: JSONValue?)
  case notification(method: String, params: JSONValue?)
  /// An answer to a request of ours; with words if the client could not do it.
  case response(RequestID, failure: String?)
  /// Nothing that can be acted on, and what is answered.
  case broken(RequestID?, ResponseError)
  /// The same message in characters a text can have.
  case mended([UInt8])

  /// Never fails: what cannot be read is `broken`.
  init(_ json: [UInt8]) {
    let text: JSONText
    do throws(JSONProblem) {
      text = try JSONText(json, limits: JSONLimits(bytes: FrameReader.mostBytes))
    } catch {
      // Editors whose texts are in UTF-16 can hold half a character, and send it.
      if error.reason == .loneSurrogate, let mended = HalfCharacters.replaced(in: json) {
        self = .mended(mended)
      } else {
        self = .broken(nil, ResponseError(.parseError, error.description))
      }
      return
    }
    let root = text.root
    guard root.kind == .object else {
      self = .broken(nil, ResponseError(.invalidRequest, "a message is one JSON object"))
      return
    }
    let id = root["id"].flatMap { $0.isNull ? nil : RequestID($0) }
    let params = root["params"].flatMap { $0.isNull ? nil : $0 }
    if let method = root["method"] {
      guard let name = method.string else {
        self = .broken(id, ResponseError(.invalidRequest, "`method` is a string"))
        return
      }
      if let written = root["id"], id == nil, !written.isNull {
        self = .broken(nil, ResponseError(.invalidRequest, "`id` is a number or a string"))
      } else if let id {
        self = .request(id, method: name, params: params)
      } else {
        self = .notification(method: name, params: params)
      }
    } else if let id, root["result"] != nil || root["error"] != nil {
      let failure = root["error"].map { $0["message"]?.string ?? "no reason given" }
      self = .response(id, failure: failure)
    } else {
      self = .broken(id, ResponseError(.invalidRequest, "a message has a method or a result"))
    }
  }
}

/// The name of a request, as the client wrote it: a number or a string.
package struct RequestID: Hashable, Sendable {
  /// JSON, passed back byte for byte.
  let json: [UInt8]

  init?(_ value: JSONValue) {
    guard value.kind == .string || value.kind == .number else { return nil }
    json = Array(value.raw)
  }

  /// One of ours.
  init(own number: Int) { json = Array("\"rung-\(number)\"".utf8) }
}

/// Why a request was not answered.
package struct ResponseError: Error, Hashable, Sendable {
  let code: Code
  let message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The numbers of JSON-RPC and of the protocol.
  enum Code: Int, Sendable {
    case parseError = -32700
    case invalidRequest = -32600
    case methodNotFound = -32601
    case invalidParams = -32602
    case serverNotInitialized = -32002
    case requestFailed = -32803
    case requestCancelled = -32800
  }
}
