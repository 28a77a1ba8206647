import PolicyGraph
package import PolicySemantics
import PolicySyntax
package import RoutingRuntime
import TextPatterns
import TokenEstimates

// What a gate can say of a text that may still grow: whatever may follow, nothing included.
extension GateBook {
  /// What a gate already says of the beginning of an answer's text.
  ///
  /// Exact as far as it goes: a gate that holds or fails here says the same of every text that begins
  /// like this, whatever its end. It may say `open` of what is certain. O(bytes) for each kind of
  /// test; whoever asks again and again asks at growing lengths.
  package func soFar(_ gate: GateID, _ text: String, _ request: GateRequest) -> VerdictSoFar {
    guard case .decides(let condition) = policy[gate].body else { return .open }
    var reading = RunningText(text: text, request: request, scan: patterns.map(TextScan.init))
    return switch soFar(condition, &reading) {
    case .yes: .holds
    case .no: .fails
    case .unknown: .open
    }
  }

  private func soFar(_ condition: AnswerCondition, _ reading: inout RunningText) -> Truth {
    switch condition {
    case .all(let parts, _): return Truth.all(parts) { soFar($0, &reading) }
    case .any(let parts, _): return Truth.any(parts) { soFar($0, &reading) }
    case .not(let part, _): return soFar(part, &reading).negated
    case .gate(let id, _):
      guard case .decides(let body) = policy[id].body else { return .unknown }
      return soFar(body, &reading)
    case .test(let test, _): return soFar(test, &reading)
    case .scored: return .unknown
    }
  }

  private func soFar(_ test: AnswerTest, _ reading: inout RunningText) -> Truth {
    switch test {
    case .refusal: RefusalRule.soFar(reading.text)
    case .json, .schema: reading.isBrokenJSON ? .no : .unknown
    case .citesContext: TextEcho.citesSoFar(reading.request.context, in: reading.text)
    case .text(let test): soFar(test, &reading)
    case .length(let unit, let comparison, let count):
      comparison.soFar(atLeast: leastLength(reading.text, unit), count)
    // The rest of an answer can turn these either way.
    case .sameLanguage, .repeatsQuestion, .finish: .unknown
    }
  }

  /// What is in a text stays in it; what is not may still come.
  private func soFar(_ test: TextTest, _ reading: inout RunningText) -> Truth {
    switch test {
    case .contains: found(test, in: reading.text, &reading)
    case .mentions: found(test, in: reading.text.settledWords, &reading)
    case .matches(let pattern):
      // Where an end of the text or of a word is asked for, more text can take a match away.
      TextTest.asksForAnEnd(pattern) ? .unknown : found(test, in: reading.text, &reading)
    case .startsWith(let prefix):
      if reading.text.utf8.count >= prefix.utf8.count {
        reading.text.utf8.starts(with: prefix.utf8) ? .yes : .no
      } else {
        prefix.utf8.starts(with: reading.text.utf8) ? .unknown : .no
      }
    // More digits make another number of a card, more lines another table.
    case .has: .unknown
    }
  }

  private func found(
    _ test: TextTest, in text: String, _ reading: inout RunningText
  ) -> Truth {
    guard let place = places[test] else { return .no }
    reading.scan?.start()
    do throws(ScanFailure) {
      return try reading.scan?.holds(place, in: text.utf8.span) == true ? .yes : .unknown
    } catch {
      return .unknown
    }
  }

  /// What the length of every text that begins like this is at least.
  private func leastLength(_ text: String, _ unit: CountUnit) -> Int64 {
    switch unit {
    case .chars, .bytes, .lines: length(text, unit)
    case .tokens: estimate(text).low
    }
  }
}

/// The beginning of a text, and what is known of it while one gate is asked.
private struct RunningText {
  let text: String
  let request: GateRequest
  var scan: TextScan?
  private var isBroken: Bool?

  init(text: String, request: GateRequest, scan: TextScan?) {
    self.text = text
    self.request = request
    self.scan = scan
  }

  var isBrokenJSON: Bool {
    mutating get {
      if let isBroken { return isBroken }
      var progress = JSONProgress()
      // A reader may pass over a byte order mark.
      if text.utf8.first != 0xEF { progress.feed(text.utf8) }
      isBroken = progress.isBroken
      return progress.isBroken
    }
  }
}

extension Comparison {
  /// Of a number that is `least` or more, and may be any that is.
  fileprivate func soFar(atLeast least: Int64, _ limit: Int64) -> Truth {
    switch self {
    case .greaterOrEqual: least >= limit ? .yes : .unknown
    case .greater: least > limit ? .yes : .unknown
    case .lessOrEqual: least > limit ? .no : .unknown
    case .less: least >= limit ? .no : .unknown
    case .equal: least > limit ? .no : .unknown
    case .notEqual: least > limit ? .yes : .unknown
    }
  }
}
