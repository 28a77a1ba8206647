import JSONReading
import PolicyUnits
import RoutingLedger

extension BatchLine {
  /// Reads what ``json(_:of:)`` wrote, without the answer; nil if it is no such line.
  static func read(_ bytes: [UInt8]) -> (line: BatchLine, batch: BatchName)? {
    guard let root = try? JSONText(bytes).root, let ours = root["rung"],
      ours["version"]?.integer == 1, let batch = ours["batch"]?.string,
      let customID = root["custom_id"]?.string, let number = ours["line"]?.integer,
      let request = ours["request"]?.string, let row = ours["row"]?.string,
      let ending = ours["ending"]?.string.flatMap(LedgerEntry.Status.init),
      let cost = EntryCost(ours), let asked = ours["asked"]?.integer,
      let isRepeated = ours["repeated"]?.bool
    else { return nil }
    var line = BatchLine(
      customID: customID, line: Int(clamping: number), request: request, ending: ending, row: row,
      cost: cost)
    line.route = ours["route"]?.string
    line.model = ours["model"]?.string
    line.isRepeated = isRepeated
    if let shadows = ours["shadows"] { line.shadows = EntryCost(shadows) ?? .unknown }
    line.asked = Int(clamping: asked)
    line.status = root["response"]?["status_code"]?.integer.map { Int(clamping: $0) }
    line.attempts = ours["attempts"]?.elements.compactMap(Attempt.init) ?? []
    line.before = ours["before"]?.elements.compactMap(Earlier.init) ?? []
    if !line.isAnswered {
      let error = root["response"]?["body"]?["error"] ?? root["error"]
      line.problem = error?["message"]?.string
    }
    return (line, BatchName(digest: batch))
  }
}

extension BatchLine.Attempt {
  fileprivate init?(_ value: JSONValue) {
    guard let role = value["role"]?.string.flatMap(AttemptEntry.Role.init),
      let verdict = value["verdict"]?.string, let cost = EntryCost(value)
    else { return nil }
    self.init(
      role: role, model: value["model"]?.string, provider: value["provider"]?.string,
      verdict: verdict, reason: value["reason"]?.string,
      inputTokens: value["input_tokens"]?.integer, outputTokens: value["output_tokens"]?.integer,
      cost: cost, milliseconds: value["milliseconds"]?.integer ?? 0)
  }
}

extension BatchLine.Earlier {
  fileprivate init?(_ value: JSONValue) {
    guard let row = value["row"]?.string, let cost = EntryCost(value),
      let ending = value["ending"]?.string.flatMap(LedgerEntry.Status.init)
    else { return nil }
    self.init(row: row, ending: ending, cost: cost)
  }
}

extension EntryCost {
  /// The members `cost` and `cost_is` of an object.
  fileprivate init?(_ value: JSONValue) {
    guard let certainty = value["cost_is"]?.string.flatMap(Certainty.init) else { return nil }
    let money = value["cost"]?.string.flatMap { Decimal($0)?.scaled(by: 9) }
      .map { Money(nanos: $0) }
    switch (certainty, money) {
    case (.exact, .some(let money)): self = .exact(money)
    case (.atMost, .some(let money)): self = .atMost(money)
    case (.unknown, _): self = .unknown
    case (.exact, nil), (.atMost, nil): return nil
    }
  }
}
