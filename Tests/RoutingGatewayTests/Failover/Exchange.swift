import Foundation
import HTTPUpstream
import OpenAIWire

/// One request to the gateway and all that came back, as a client sees it.
struct FailoverExchange: Sendable {
  var status = 0
  var headers: [String: String] = [:]
  var text = ""
  var model: String?
  var finish: String?
  /// Prompt, completion.
  var usage: [Int] = []
  /// A stream's `[DONE]`; true of a whole answer.
  var isDone = false
  var error: (type: String?, code: String?, message: String)?
  /// The connection broke, or nothing came for longer than anybody waits.
  var problem: String?
  var elapsed = Duration.zero

  /// A right answer, from its beginning to its end.
  var isAnswer: Bool {
    status == 200 && error == nil && problem == nil && isDone && finish == "stop" && !text.isEmpty
  }

  /// An error with all that a client needs to know, and no end that looks like success.
  var isCleanError: Bool {
    guard let error else { return false }
    let isTold = status != 200 || (!isDone && finish == nil)
    return isTold && problem == nil && !error.message.isEmpty && error.type != nil
  }

  var seconds: Double { elapsed / .seconds(1) }
}

extension GatewayGround {
  /// Asks, plain or streamed; `messages` come before the question.
  func exchange(_ question: String, streams: Bool, more: String = "") async -> FailoverExchange {
    let clock = ContinuousClock()
    let start = clock.now
    var exchange = FailoverExchange()
    do {
      let asked = streams ? #","stream":true,"stream_options":{"include_usage":true}"# : ""
      let response = try await stream(Self.chat(question, more: asked + more))
      exchange.status = response.status
      for name in ["x-rung-model", "x-rung-calls", "retry-after", "x-request-id"] {
        exchange.headers[name] = response.head[name]
      }
      var bytes: [UInt8] = []
      do {
        while let piece = try await response.body.next() { bytes += piece }
      } catch {
        exchange.problem = "\(error)"
      }
      if streams, response.status == 200 {
        exchange.read(events: String(decoding: bytes, as: UTF8.self))
      } else {
        exchange.isDone = response.status == 200
        exchange.read(bytes)
      }
    } catch {
      exchange.problem = "\(error)"
    }
    exchange.elapsed = clock.now - start
    return exchange
  }
}

extension FailoverExchange {
  fileprivate mutating func read(events text: String) {
    for line in text.split(separator: "\n") where line.hasPrefix("data: ") {
      let data = line.dropFirst(6)
      if data == "[DONE]" { isDone = true } else { read(Array(data.utf8)) }
    }
  }

  /// A whole answer, an error, or one event.
  fileprivate mutating func read(_ bytes: [UInt8]) {
    guard
      let json = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    else {
      problem = "not JSON: \(String(decoding: bytes.prefix(80), as: UTF8.self))"
      return
    }
    if let told = json["error"] as? [String: Any] {
      error = (
        told["type"] as? String, told["code"] as? String, told["message"] as? String ?? ""
      )
      return
    }
    model = json["model"] as? String ?? model
    if let figures = json["usage"] as? [String: Any],
      let prompt = figures["prompt_tokens"] as? Int,
      let completion = figures["completion_tokens"] as? Int
    {
      usage = [prompt, completion]
    }
    guard let choice = (json["choices"] as? [[String: Any]])?.first else { return }
    finish = choice["finish_reason"] as? String ?? finish
    let part = (choice["message"] ?? choice["delta"]) as? [String: Any]
    text += part?["content"] as? String ?? ""
  }
}
