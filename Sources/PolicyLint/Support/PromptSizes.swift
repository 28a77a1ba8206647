import PolicyGraph
import PolicySemantics
import RoutingRuntime

/// The shortest prompts that may take each route.
struct PromptSizes {
  /// By route, in tokens as `prompt.tokens` counts them; nil where no prompt may take it, or there
  /// are too many limits to try.
  let least: [Int64?]

  /// Limits on token counts that are tried at most.
  private static let limit = 64

  /// O(limits × size of the policy).
  init(_ policy: CheckedPolicy) {
    var limits = TokenLimits()
    for route in policy.routes { limits.add(route.condition) }
    for task in policy.tasks { limits.add(task.condition) }
    for named in policy.conditions { limits.add(named.condition) }
    for points in policy.points { for line in points.lines { limits.add(line.condition) } }
    var least = [Int64?](repeating: nil, count: policy.routes.count)
    // Between two of these nothing changes.
    for tokens in limits.candidates.prefix(Self.limit) {
      var reading = PartialReading(policy, .promptTokens(tokens))
      for (route, isReachable) in reading.reachableRoutes().enumerated()
      where isReachable && least[route] == nil {
        least[route] = tokens
      }
      if least.allSatisfy({ $0 != nil }) { break }
    }
    self.least = least
  }
}

private struct TokenLimits {
  private var limits: Set<Int64> = [0]

  var candidates: [Int64] { limits.sorted() }

  mutating func add(_ condition: CheckedCondition?) {
    guard let condition else { return }
    switch condition {
    case .all(let parts, _), .any(let parts, _): for part in parts { add(part) }
    case .not(let part, _): add(part)
    case .named: return
    case .test(.number(.tokens, _, let value), _):
      guard value >= 0 else { return }
      limits.insert(value)
      if value < .max { limits.insert(value + 1) }
    case .test: return
    }
  }
}

/// Requests a rule makes up.
enum MadeUpRequest {
  /// The longest text that is made.
  static let mostBytes = 4 << 20

  /// One user message of so many bytes, from nobody, that names no `max_tokens`.
  static func prompt(bytes: Int64) -> RequestInput {
    let count = Int(clamping: min(max(0, bytes), Int64(mostBytes)))
    return .plain(String(repeating: "a", count: count))
  }
}
