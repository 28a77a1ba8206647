import JSONWriting
import PolicyUnits
import RoutingLedger

extension BatchLine {
  /// The name of every line begins with it: a piece of a line is told from other texts by it.
  static let head = #"{"id":"batch_req_"#

  /// OpenAI's Batch output line, ours in its member `rung`, with the newline.
  ///
  /// `body` is what the request was answered with; a lost item has none.
  func json(_ body: [UInt8], of batch: BatchName) -> [UInt8] {
    var json = JSONWriter(reserving: body.count + 512)
    json.object { json in
      json.member("id", "batch_req_\(row)")
      json.member("custom_id", customID)
      if let status {
        json.object("response") { json in
          json.member("status_code", status)
          json.member("request_id", row)
          json.member("body", raw: body.onOneLine)
        }
        json.key("error")
        json.null()
      } else {
        json.key("response")
        json.null()
        json.object("error") { json in
          json.member("code", ending.rawValue)
          json.member("message", orNull: problem)
        }
      }
      json.object("rung") { write(to: &$0, batch) }
    }
    return json.bytes + [0x0A]
  }

  private func write(to json: inout JSONWriter, _ batch: BatchName) {
    json.member("version", 1)
    json.member("batch", batch.digest)
    json.member("request", request)
    json.member("line", line)
    json.member("ending", ending.rawValue)
    json.member("row", row)
    json.member("route", orNull: route)
    json.member("model", orNull: model)
    json.write(cost)
    json.array("attempts") { json in
      for attempt in attempts { json.object { attempt.write(to: &$0) } }
    }
    if shadows != .exact(.zero) { json.object("shadows") { $0.write(shadows) } }
    json.member("repeated", isRepeated)
    json.member("asked", asked)
    json.array("before") { json in
      for earlier in before {
        json.object { json in
          json.member("row", earlier.row)
          json.member("ending", earlier.ending.rawValue)
          json.write(earlier.cost)
        }
      }
    }
  }
}

extension BatchLine.Attempt {
  fileprivate func write(to json: inout JSONWriter) {
    json.member("role", role.rawValue)
    json.member("model", orNull: model)
    json.member("provider", orNull: provider)
    json.member("verdict", verdict)
    json.member("reason", orNull: reason)
    json.member("input_tokens", orNull: inputTokens)
    json.member("output_tokens", orNull: outputTokens)
    json.write(cost)
    json.member("milliseconds", milliseconds)
  }
}

extension JSONWriter {
  mutating func write(_ cost: EntryCost) {
    member("cost", orNull: cost.money.map(Amounts.plain))
    member("cost_is", cost.certainty.rawValue)
  }
}

extension [UInt8] {
  /// JSON on one line: line breaks stand only between its tokens.
  fileprivate var onOneLine: [UInt8] {
    guard contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return self }
    return map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
  }
}
