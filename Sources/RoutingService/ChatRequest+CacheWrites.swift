import JSONReading
import OpenAIWire
import PolicySemantics
import RoutingRuntime

/// What a request asks a provider to write to its cache, which some bill above fresh input.
enum CacheWrites {
  /// Nothing by name; a provider that caches by itself bills it as input.
  case none
  case short
  /// For longer than minutes.
  case long

  /// Whether the catalog says what such writes cost, at every length of a prompt: only then does a
  /// bound on the cost cover them.
  func arePriced(by prices: ModelPrices) -> Bool {
    switch self {
    case .none: true
    case .short: prices.cacheWrite != nil && prices.longContext.allSatisfy { $0.cacheWrite != nil }
    case .long:
      Self.short.arePriced(by: prices) && prices.cacheWriteLong != nil
        && prices.longContext.allSatisfy { $0.cacheWriteLong != nil }
    }
  }
}

extension ChatRequest {
  /// By the `cache_control` members, wherever they stand: on the request, a message, a part, a tool.
  var cacheWrites: CacheWrites {
    guard json.mayMention("cache_control") else { return .none }
    var found = CacheWrites.none
    var open = [json.root]
    while let value = open.popLast() {
      for (key, member) in value.members {
        if key.string == "cache_control", !member.isNull {
          guard member["ttl"]?.string ?? "5m" == "5m" else { return .long }
          found = .short
        }
        open.append(member)
      }
      open.append(contentsOf: value.elements)
    }
    return found
  }
}

extension Climb {
  /// The first model under a bound on money whose catalog prices do not cover these writes.
  func firstUnpriced(_ writes: CacheWrites, in policy: CheckedPolicy) -> String? {
    for leg in legs where !bounds.isEmpty || leg.bound != nil {
      for step in leg.steps where step.dropped == nil {
        guard let model = step.model, !writes.arePriced(by: policy[model].prices) else { continue }
        return policy[model].name
      }
    }
    return nil
  }
}
