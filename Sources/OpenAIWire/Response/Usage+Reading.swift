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
    guard let prompt = try Self.count(value, "prompt_tokens") else {
      throw .incomplete("prompt_tokens")
    }
    guard let completion = try Self.count(value, "completion_tokens") else {
      throw .incomplete("completion_tokens")
    }
    let promptDetails = value["prompt_tokens_details"]
    let completionDetails = value["completion_tokens_details"]
    let cached = try Self.first([
      (promptDetails, "cached_tokens"), (value, "prompt_cache_hit_tokens"),
      (value, "cached_tokens"), (value, "cache_read_input_tokens"),
    ])
    let written = try Self.first([
      (promptDetails, "cache_creation_tokens"), (value, "cache_creation_input_tokens"),
    ])
    let reasoning = try Self.first([
      (completionDetails, "reasoning_tokens"), (value, "reasoning_tokens"),
    ])
    self.init(
      prompt: prompt, completion: completion, cached: cached, cacheWritten: written,
      reasoning: reasoning)
    try settle(total: try Self.count(value, "total_tokens"))
  }

  /// Some providers count reasoning beside the completion; their total tells.
  private mutating func settle(total: Int64?) throws(UsageProblem) {
    if let total, total != prompt + completion {
      guard total == prompt + completion + reasoning else {
        throw .inconsistent("\(prompt) and \(completion) tokens are not \(total)")
      }
      completion += reasoning
      addedReasoning = reasoning > 0
    }
    guard cached <= prompt else {
      throw .inconsistent("\(cached) of \(prompt) prompt tokens came from the cache")
    }
    guard reasoning <= completion else {
      throw .inconsistent("\(reasoning) of \(completion) completion tokens are reasoning")
    }
  }

  private static func first(
    _ places: [(value: JSONValue?, name: String)]
  ) throws(UsageProblem) -> Int64 {
    for place in places {
      guard let value = place.value else { continue }
      if let count = try count(value, place.name) { return count }
    }
    return 0
  }

  private static func count(
    _ value: JSONValue, _ name: String
  ) throws(UsageProblem) -> Int64? {
    guard let field = value[named: name], !field.isNull else { return nil }
    guard field.kind == .number else { throw .notAnInteger(name) }
    if field.raw.first == UInt8(ascii: "-"), field.integer != 0 { throw .negative(name) }
    guard let integer = field.integer else {
      throw field.millionths == nil ? .tooLarge(name) : .notAnInteger(name)
    }
    guard integer <= limit else { throw .tooLarge(name) }
    return integer
  }
}

extension UsageProblem: Error {}
