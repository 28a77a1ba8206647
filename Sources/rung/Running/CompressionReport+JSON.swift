import ContextCompression
import JSONWriting
import PolicySemantics
import PolicyUnits
import RoutingCompression
import RoutingRuntime

extension CompressionReport {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("request", request)
      if let route = decision.route { json.member("route", policy[route].name) }
      json.array("compressions") { json in
        for step in compression.steps { write(step, to: &json) }
      }
    }
  }

  private func write(_ step: RequestCompression.Step, to json: inout JSONWriter) {
    json.object { json in
      json.member("name", step.name)
      json.member("sent", step.leftAlone == nil ? "compressed" : "as_it_came")
      if let reason = step.leftAlone { json.member("reason", reason.word) }
      json.member("bytes_before", step.made.bytesBefore)
      json.member("bytes_after", step.made.bytesAfter)
      if let gain = step.gain {
        json.member("model", policy[gain.firstModel].name)
        json.member("tokens_before", gain.first.before)
        json.member("tokens_after", gain.first.after)
        json.member("provider_cached_before", gain.first.keptBefore)
        json.member("provider_cached_after", gain.first.keptAfter)
        if let spared = gain.first.spared { json.member("spared_nanos", spared.nanos) }
        if let lost = gain.first.lostDiscount { json.member("lost_discount_nanos", lost.nanos) }
        if let expected = gain.expected { json.member("expected_spared_nanos", expected.nanos) }
      }
      json.array("messages") { json in
        for (source, made) in zip(step.source, step.made.messages) {
          write(made, of: source, to: &json)
        }
      }
    }
  }

  private func write(
    _ message: CompressedMessage, of source: ContextMessage, to json: inout JSONWriter
  ) {
    json.object { json in
      json.member("role", source.role.rawValue)
      if let reason = message.protection { json.member("protected", reason.rawValue) }
      json.member("dropped", message.isDropped)
      json.array("texts") { json in
        for (text, made) in zip(source.texts, message.texts) {
          json.array { json in
            for span in made.spans { write(span, of: text, to: &json) }
          }
        }
      }
    }
  }

  private func write(
    _ span: CompressionSpan, of text: String, to json: inout JSONWriter
  ) {
    json.object { json in
      json.member("from", span.source.lowerBound)
      json.member("to", span.source.upperBound)
      switch span.fate {
      case .kept: json.member("fate", "kept")
      case .protected(let reason):
        json.member("fate", "protected")
        json.member("reason", reason.rawValue)
      case .rewritten(let method, let bytes):
        json.member("fate", "rewritten")
        json.member("method", method.rawValue)
        json.member("bytes", bytes)
      case .summarised(let bytes):
        json.member("fate", "summarised")
        json.member("bytes", bytes)
      case .dropped(let loss):
        json.member("fate", "dropped")
        if case .duplicate(let place) = loss {
          json.member("message", place.message)
          json.member("offset", place.offset)
        }
        if showsDropped {
          let bytes = Array(text.utf8)[span.source]
          json.member("text", String(decoding: bytes, as: UTF8.self))
        }
      }
    }
  }
}
