import HTTPUpstream
import JSONReading

/// What a caller has of an answer: bytes on a socket, read without our own readers of answers.
struct CallerAnswer {
  var status: Int?
  var headers: UpstreamHead?
  /// Why the bytes broke off; nil if they ended as HTTP says.
  var failure: String?
  var text = ""
  var model: String?
  var finish: String?
  var usage: (prompt: Int64, completion: Int64)?
  var error: JSONText?
  /// `[DONE]` came, and nothing after it.
  var isDone = false
  /// What cannot be told apart or does not belong there.
  var oddities: [String] = []

  /// The answer is read as the stream or the object it says it is.
  static func of(_ request: String, to ground: GatewayGround) async -> CallerAnswer {
    var answer = CallerAnswer()
    var body: [UInt8] = []
    do {
      let response = try await ground.stream(request)
      answer.status = response.status
      answer.headers = response.head
      while let piece = try await response.body.next() { body += piece }
    } catch {
      answer.failure = "\(error)"
    }
    answer.read(body)
    return answer
  }

  private mutating func read(_ body: [UInt8]) {
    switch headers?["content-type"] {
    case "text/event-stream": readEvents(body)
    case "application/json": readObject(body)
    case let type?: oddities.append("an answer of type \(type)")
    case nil: break
    }
  }

  private mutating func readObject(_ body: [UInt8]) {
    guard let json = try? JSONText(body) else {
      oddities.append(
        "a body that is no JSON: \(String(decoding: body.prefix(200), as: UTF8.self))")
      return
    }
    if json.root["error"] != nil {
      error = json
      return
    }
    let choice = json.root["choices"]?.elements.first { _ in true }
    text = choice?["message"]?["content"]?.string ?? ""
    finish = choice?["finish_reason"]?.string
    model = json.root["model"]?.string
    readUsage(json.root["usage"])
  }

  private mutating func readEvents(_ body: [UInt8]) {
    let stream = String(decoding: body, as: UTF8.self)
    guard stream.hasSuffix("\n\n") || body.isEmpty else {
      oddities.append("a stream that ends within an event")
      return
    }
    for event in stream.split(separator: "\n\n") {
      guard !isDone, error == nil else {
        oddities.append("an event after the end: \(event.prefix(100))")
        continue
      }
      guard event.hasPrefix("data: ") else {
        oddities.append("an event without data: \(event.prefix(100))")
        continue
      }
      readEvent(event.dropFirst("data: ".count))
    }
  }

  private mutating func readEvent(_ data: Substring) {
    if data == "[DONE]" {
      isDone = true
      return
    }
    guard let json = try? JSONText(String(data)) else {
      oddities.append("an event that is no JSON: \(data.prefix(100))")
      return
    }
    if json.root["error"] != nil {
      error = json
      return
    }
    let name = json.root["model"]?.string
    if let model, name != model { oddities.append("a chunk of \(name ?? "nobody") after \(model)") }
    model = name
    readUsage(json.root["usage"])
    guard let choice = json.root["choices"]?.elements.first(where: { _ in true }) else { return }
    text += choice["delta"]?["content"]?.string ?? ""
    finish = choice["finish_reason"]?.string ?? finish
  }

  private mutating func readUsage(_ value: JSONValue?) {
    guard let value, let prompt = value["prompt_tokens"]?.integer,
      let completion = value["completion_tokens"]?.integer
    else { return }
    usage = (prompt, completion)
  }
}
