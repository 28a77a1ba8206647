import PolicyUnits

/// Who wins where the configuration and the caller both name a parameter of a request.
enum ParameterWinner: String {
  case caller = "default"
  case configuration = "set"

  func effect(_ parameter: String, _ value: String) -> EffectDraft {
    switch self {
    case .caller: .standard(parameter: parameter, value: value)
    case .configuration: .fixed(parameter: parameter, value: value)
    }
  }
}

// Parameters of a call, which a route can set and one of its models cannot.
extension FindingList {
  /// `temperature` and `top_p` as effects of a route; one that cannot be said is told of.
  ///
  /// `isWhole` says that the fields are those of all that a route calls.
  mutating func sampling(
    _ fields: inout SourceFields, winner: ParameterWinner, isWhole: Bool = true
  ) -> [EffectDraft] {
    // The largest value of each, in millionths.
    let ranges: [(key: String, most: Int64)] = [("temperature", 2_000_000), ("top_p", 1_000_000)]
    var effects: [EffectDraft] = []
    for (key, most) in ranges {
      guard let node = fields.take(key) else { continue }
      guard isWhole, let value = node.exactly(places: 6), (0...most).contains(value) else {
        leftOut(
          node, isWhole ? "it is out of range" : "a route sets parameters, one of its models none",
          cure: "write `\(winner.rawValue) \(key) …` into the route")
        continue
      }
      effects.append(winner.effect(key, Amounts.decimal(value, scale: 6)))
      carriedOver()
    }
    return effects
  }

  /// `max_tokens` as a model's `max_output`; nil, and told of, if it is no count.
  mutating func ceiling(_ node: SourceNode) -> Int64? {
    guard let most = node.count else {
      leftOut(node, "it is no count from 1", cure: "write `max_output … tokens`")
      return nil
    }
    differs(
      node, "it is a ceiling here: a caller may ask for less, not for more",
      cure: "raise `max_output` in the route if callers ask for more")
    return most
  }
}
