import JSONWriting

/// What goes to the client, as JSON text without its header.
enum OutgoingMessage {
  static func result(_ id: RequestID, _ result: (inout JSONWriter) -> Void) -> [UInt8] {
    message { json in
      json.member("id", raw: id.json)
      json.key("result")
      result(&json)
    }
  }

  /// With the result's own JSON text.
  static func result(_ id: RequestID, json result: [UInt8]) -> [UInt8] {
    message { json in
      json.member("id", raw: id.json)
      json.member("result", raw: result)
    }
  }

  /// Without an id where the request had none that could be read.
  static func failure(_ id: RequestID?, _ error: ResponseError) -> [UInt8] {
    message { json in
      json.member("id", raw: id?.json ?? Array("null".utf8))
      json.object("error") { json in
        json.member("code", error.code.rawValue)
        json.member("message", error.message)
      }
    }
  }

  static func notification(
    _ method: String, _ params: (inout JSONWriter) -> Void
  ) -> [UInt8] {
    message { json in
      json.member("method", method)
      json.object("params", params)
    }
  }

  /// A text for the person at the editor.
  static func shown(_ text: String, _ kind: MessageKind) -> [UInt8] {
    notification("window/showMessage") { json in
      json.member("type", kind.rawValue)
      json.member("message", text)
    }
  }

  /// The same for the editor's own log.
  static func logged(_ text: String, _ kind: MessageKind) -> [UInt8] {
    notification("window/logMessage") { json in
      json.member("type", kind.rawValue)
      json.member("message", text)
    }
  }

  static func request(
    _ id: RequestID, _ method: String, _ params: ((inout JSONWriter) -> Void)?
  ) -> [UInt8] {
    message { json in
      json.member("id", raw: id.json)
      json.member("method", method)
      if let params { json.object("params", params) }
    }
  }

  private static func message(_ members: (inout JSONWriter) -> Void) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("jsonrpc", "2.0")
      members(&json)
    }
    return json.bytes
  }
}

/// How a text for people is shown; the protocol's numbers.
enum MessageKind: Int {
  case error = 1
  case warning = 2
  case information = 3
}
