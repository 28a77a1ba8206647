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

/// A parameter that the configuration sets for one call, and where it does.
struct ParameterDraft: Hashable {
  let effect: EffectDraft
  let place: SourcePlace
}

extension FindingList {
  /// `temperature`, `top_p` and `seed` of a call; one that cannot be said is told of.
  mutating func sampling(
    _ fields: inout SourceFields, winner: ParameterWinner
  ) -> [ParameterDraft] {
    // The largest value of each, in millionths.
    let ranges: [(key: String, most: Int64)] = [("temperature", 2_000_000), ("top_p", 1_000_000)]
    var parameters: [ParameterDraft] = []
    func add(_ node: SourceNode, _ key: String, _ value: String) {
      parameters.append(
        ParameterDraft(effect: winner.effect(key, value), place: SourcePlace(node)))
    }
    for (key, most) in ranges {
      guard let node = fields.take(key) else { continue }
      guard let value = node.exactly(places: 6), (0...most).contains(value) else {
        leftOut(
          node, "it is out of range", cure: "write `\(winner.rawValue) \(key) …` into the route")
        continue
      }
      add(node, key, Amounts.decimal(value, scale: 6))
    }
    if let node = fields.take("seed") {
      if let seed = node.count {
        add(node, "seed", "\(seed)")
      } else {
        leftOut(
          node, "it is no count from 1", cure: "write `\(winner.rawValue) seed …` into the route")
      }
    }
    return parameters
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
