import JSONWriting
import OpenAIWire
import RoutingRuntime

/// The bodies of calls that are not the caller's own.
enum AsideBody {
  /// An order and a text, to be answered the same way every time.
  static func chat(
    model: String, system: String, user: String, maxTokens: Int64?
  ) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("model", model)
      json.array("messages") { json in
        for (role, text) in [("system", system), ("user", user)] {
          json.object { json in
            json.member("role", role)
            json.member("content", text)
          }
        }
      }
      json.member("temperature", 0)
      if let maxTokens { json.member("max_tokens", maxTokens) }
    }
    return json.bytes
  }

  static func embeddings(model: String, inputs: [String]) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("model", model)
      json.array("input") { json in
        for input in inputs { json.string(input) }
      }
      json.member("encoding_format", "float")
    }
    return json.bytes
  }

  /// What a service of the policy's own is sent: texts by name.
  static func service(_ texts: [(name: String, text: String)]) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      for (name, text) in texts { json.member(name, text) }
    }
    return json.bytes
  }
}
