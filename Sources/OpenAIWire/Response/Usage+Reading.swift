import JSONReading

extension Usage {
  /// Reads a `usage` object, or says why it cannot be trusted.
  static func read(_ value: JSONValue?) -> Result<Usage, UsageProblem> {
    guard let value, !value.isNull else { return .failure(.absent) }
    guard value.kind == .object else { return .failure(.notAnInteger("usage")) }
    do throws(UsageProblem) {
      return .success(try Usage(value))
    } catch {
      return .failure(error)
    }
  }

  private init(_ value: JSONValue) throws(UsageProblem) {
    let promptDetails = value["prompt_tokens_details"] ?? value["input_tokens_details"]
    let completionDetails = value["completion_tokens_details"] ?? value["output_tokens_details"]
    var cached = try Self.count(promptDetails, "cached_tokens")
    if cached == nil {
      cached = try Self.first(
        of: value, "prompt_cache_hit_tokens", "cached_tokens", "cache_read_input_tokens")
    }
    let written = try Self.written(value, promptDetails)
    var reasoning = try Self.count(completionDetails, "reasoning_tokens")
    if reasoning == nil { reasoning = try Self.count(value, "reasoning_tokens") }
    self.init(
      prompt: try Self.prompt(value),
      completion: try Self.wanted(value, "completion_tokens", or: "output_tokens"),
      cached: cached ?? 0, cacheWritten: written.short, cacheWrittenLong: written.long,
      reasoning: reasoning ?? 0)
    try settle(total: try Self.count(value, "total_tokens"))
    // Where the prompt goes by this name and these stand right beside it, it never includes them.
    let isBeside =
      value["prompt_tokens"] == nil
      && (value["cache_read_input_tokens"] ?? value["cache_creation_input_tokens"]) != nil
    if isBeside, !addedCached { addCached() }
  }

  /// The prompt, or the sum of what was found in the cache and what was not.
  private static func prompt(_ value: JSONValue) throws(UsageProblem) -> Int64 {
    let hit = try count(value, "prompt_cache_hit_tokens")
    let miss = try count(value, "prompt_cache_miss_tokens")
    guard let hit, let miss else {
      return try wanted(value, "prompt_tokens", or: "input_tokens")
    }
    let prompt = try count(value, "prompt_tokens") ?? hit + miss
    guard prompt == hit + miss else {
      throw .inconsistent("\(hit) and \(miss) prompt tokens are not \(prompt)")
    }
    return prompt
  }

  /// What was written to the cache, by how long it is kept; all of it for minutes if nothing tells.
  private static func written(
    _ value: JSONValue, _ details: JSONValue?
  ) throws(UsageProblem) -> (short: Int64, long: Int64) {
    var all = try first(of: details, "cache_creation_tokens", "cache_write_tokens")
    if all == nil { all = try count(value, "cache_creation_input_tokens") }
    let parts = value["cache_creation"] ?? details?["cache_creation_token_details"]
    guard let parts, parts.kind == .object else { return (all ?? 0, 0) }
    let short = try count(parts, "ephemeral_5m_input_tokens") ?? 0
    let long = try count(parts, "ephemeral_1h_input_tokens") ?? 0
    guard let all, all != short + long else { return (short, long) }
    throw .inconsistent("\(short) and \(long) tokens written to the cache are not \(all)")
  }

  /// What a provider counts beside the prompt or the completion, its total tells.
  private mutating func settle(total: Int64?) throws(UsageProblem) {
    let sum = prompt + completion
    guard let total, total != sum else { return }
    let tellsReasoning = total == sum + reasoning
    let tellsCached = total == sum + cacheTraffic
    if total == sum + reasoning + cacheTraffic {
      if reasoning > 0 { addReasoning() }
      if cacheTraffic > 0 { addCached() }
    } else if tellsReasoning, !tellsCached || reasoning > completion {
      addReasoning()
    } else if tellsCached, !tellsReasoning || cacheTraffic > prompt {
      addCached()
    } else {
      throw .inconsistent("\(prompt) and \(completion) tokens are not \(total)")
    }
  }

  private mutating func addReasoning() {
    completion += reasoning
    addedReasoning = true
  }

  private mutating func addCached() {
    prompt += cacheTraffic
    addedCached = true
  }

  private static func wanted(
    _ value: JSONValue, _ name: StaticString, or other: StaticString
  ) throws(UsageProblem) -> Int64 {
    if let count = try count(value, name) { return count }
    if let count = try count(value, other) { return count }
    throw .incomplete(String(describing: name))
  }

  private static func first(
    of value: JSONValue?, _ names: StaticString...
  ) throws(UsageProblem) -> Int64? {
    guard let value else { return nil }
    for name in names {
      if let count = try count(value, name) { return count }
    }
    return nil
  }

  /// The figure under a name; nil if it is not there, or null.
  private static func count(
    _ value: JSONValue?, _ name: StaticString
  ) throws(UsageProblem) -> Int64? {
    guard let field = value?[name], !field.isNull else { return nil }
    guard field.kind == .number else { throw .notAnInteger(String(describing: name)) }
    guard let integer = field.integer else {
      if isNegative(field) { throw .negative(String(describing: name)) }
      throw field.millionths == nil
        ? .tooLarge(String(describing: name)) : .notAnInteger(String(describing: name))
    }
    // Zero may have a sign.
    guard integer >= 0 else { throw .negative(String(describing: name)) }
    guard integer <= limit else { throw .tooLarge(String(describing: name)) }
    return integer
  }

  private static func isNegative(_ number: JSONValue) -> Bool {
    number.raw.first == UInt8(ascii: "-")
  }
}

extension UsageProblem: Error {}
