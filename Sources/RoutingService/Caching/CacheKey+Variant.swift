package import RoutingCache
package import RoutingRuntime

extension CacheKey.Situation {
  /// One bit for each effect that this request has and others of the arm may not.
  package static func variant(of plan: Plan) -> UInt64 {
    var variant: UInt64 = 0
    for (place, effect) in plan.effects.prefix(64).enumerated() {
      switch effect.kind {
      case .dropTools: variant |= 1 << UInt64(place)
      case .compress where effect.state == .applies: variant |= 1 << UInt64(place)
      case .exactCache, .reserve, .similarCache, .compress, .shape, .calls, .stop, .batch, .shadow,
        .stick:
        break
      }
    }
    return variant
  }
}
