import JSONReading
import PolicyUnits
import RoutingBudgets
import RoutingLedger

/// A row of LiteLLM's `LiteLLM_SpendLogs`: as its interface gives it (`/spend/logs`), or as the
/// database writes the table out.
struct LiteLLMRow {
  /// What tells its files from others.
  static let marks = ["request_id", "startTime", "spend", "prompt_tokens", "completion_tokens"]

  let roundsUp: Bool
  let trustsZero: Bool

  func read(
    _ record: SourceRecord, _ notes: inout [RowNote]
  ) throws(RowProblem) -> ForeignRow {
    guard let name = try record.text("request_id") else { throw .missing(column: "request_id") }
    guard let time = try record.time("startTime", &notes) else {
      throw .missing(column: "startTime")
    }
    let metadata = try Self.metadata(of: record, &notes)
    var row = ForeignRow(time: time)
    row.name = name
    row.caller = try Self.caller(of: record, metadata)
    row.model = try record.text("model")
    row.modelAsked = try record.text("model_group") ?? row.model
    row.provider = try record.text("custom_llm_provider")
    try Self.ending(of: record, metadata, into: &row)
    try Self.times(of: record, into: &row, &notes)
    try Self.tokens(of: record, metadata, into: &row, &notes)
    row.isFromCache = try record.text("cache_hit")?.lowercased() == "true"
    row.cost = try cost(of: record, row, &notes)
    return row
  }

  /// It writes 0 where it knows no price and where a call failed: neither says that nobody was billed.
  private func cost(
    of record: SourceRecord, _ row: ForeignRow, _ notes: inout [RowNote]
  ) throws(RowProblem) -> EntryCost {
    guard let cost = try record.cost("spend", roundsUp: roundsUp, &notes) else { return .unknown }
    guard cost.money == .zero, !trustsZero, !row.isFromCache else { return cost }
    notes.append(.zeroIsUnknown)
    return .unknown
  }

  private static func caller(
    of record: SourceRecord, _ metadata: JSONValue?
  ) throws(RowProblem) -> LedgerEntry.Caller {
    let team = try record.text("team_id")
    let endUser = try record.text("end_user")
    let user = try record.text("user")
    let hash = try record.text("api_key")
    return LedgerEntry.Caller(
      tenant: team ?? filled(metadata?["user_api_key_team_id"]),
      user: endUser ?? user ?? filled(metadata?["user_api_key_user_id"]),
      key: filled(metadata?["user_api_key_alias"]) ?? hash,
      conversation: try record.text("session_id"))
  }

  private static func ending(
    of record: SourceRecord, _ metadata: JSONValue?, into row: inout ForeignRow
  ) throws(RowProblem) {
    let written = try record.text("status")
    guard let text = written ?? filled(metadata?["status"]) else { return }
    guard let status = ForeignStatus(text) else {
      throw .unknownStatus(column: "status", text: ShownText.of(text))
    }
    row.status = status.status
    guard status.status != .answered, let error = metadata?["error_information"] else { return }
    row.reason = filled(error["error_class"]).map { ShownText.of($0) }
    row.httpStatus = filled(error["error_code"]).flatMap { NumberText.count($0) }
      .flatMap { (100...599).contains($0) ? $0 : nil }
  }

  private static func times(
    of record: SourceRecord, into row: inout ForeignRow, _ notes: inout [RowNote]
  ) throws(RowProblem) {
    guard let end = try record.time("endTime", &notes) else {
      row.elapsed = try record.milliseconds("request_duration_ms")
      return
    }
    let (whole, isOver) = end.milliseconds.subtractingReportingOverflow(row.time.milliseconds)
    guard !isOver, whole >= 0 else {
      notes.append(.endBeforeStart)
      return
    }
    row.elapsed = Milliseconds(whole)
    // Answers that were not streamed have their end here, which says nothing of the first byte.
    guard let first = try record.time("completionStartTime", &notes), first < end else { return }
    let wait = first.milliseconds - row.time.milliseconds
    if wait >= 0 { row.firstByte = Milliseconds(wait) }
  }

  /// Counts it does not know are written as 0.
  private static func tokens(
    of record: SourceRecord, _ metadata: JSONValue?, into row: inout ForeignRow,
    _ notes: inout [RowNote]
  ) throws(RowProblem) {
    let input = try record.count("prompt_tokens") ?? 0
    let output = try record.count("completion_tokens") ?? 0
    if let total = try record.count("total_tokens") {
      let (sum, isOver) = input.addingReportingOverflow(output)
      if isOver || sum != total { notes.append(.totalDiffers) }
    }
    guard input > 0 || output > 0 else { return }
    var tokens = TokenEntry(input: input, output: output)
    let usage = [metadata?["usage_object"], metadata?["additional_usage_values"]].compactMap(\.self)
    let cached = first(
      usage, ["cache_read_input_tokens"], ["prompt_tokens_details", "cached_tokens"])
    let written = first(usage, ["cache_creation_input_tokens"], [])
    let reasoning = first(usage, ["completion_tokens_details", "reasoning_tokens"], [])
    let parts = (cached: cached ?? 0, written: written ?? 0, reasoning: reasoning ?? 0)
    if parts.cached <= input, parts.written <= input - parts.cached, parts.reasoning <= output {
      tokens.cachedInput = parts.cached
      tokens.cacheWrite = parts.written
      tokens.reasoning = parts.reasoning
      row.knowsParts = cached != nil
    } else {
      notes.append(.partsIgnored)
    }
    row.tokens = tokens
  }

  /// The first count found on one of two ways in one of the objects.
  private static func first(
    _ objects: [JSONValue], _ one: [String], _ other: [String]
  ) -> Int64? {
    for object in objects {
      for way in [one, other] where !way.isEmpty {
        var value: JSONValue? = object
        for step in way { value = value?[named: step] }
        if let count = value?.integer, count >= 0 { return count }
      }
    }
    return nil
  }

  /// An object as the interface gives it, or its text as the database writes it.
  private static func metadata(
    of record: SourceRecord, _ notes: inout [RowNote]
  ) throws(RowProblem) -> JSONValue? {
    switch try record.value("metadata") {
    case .absent, .number, .bool: return nil
    case .json(let value): return value
    case .text(let text):
      guard !text.isEmpty else { return nil }
      do throws(JSONProblem) {
        return try JSONText(text).root
      } catch {
        notes.append(.metadataUnreadable)
        return nil
      }
    }
  }

  private static func filled(_ value: JSONValue?) -> String? {
    guard let text = value?.string, !text.isEmpty else { return nil }
    return text
  }
}
