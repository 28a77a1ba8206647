import PolicySemantics
import PolicyUnits
import RoutingBudgets
import TrafficLog

/// Which requests of a log an exact cache would have answered, had it been there.
///
/// A request hits if one that says the same went the same way, in the same scope, and not longer ago than
/// the line keeps answers, unless its caller wanted a new one. Requests come in the order of their times.
/// Memory: at most 64 bytes for each answer that is kept at a time; what is kept too long is forgotten
/// where it would take room.
struct RepeatBook {
  /// Until when each is kept, in milliseconds since 1970.
  private var kept = KeyTable<Int64>()

  /// Whether it hits; kept from now on if it does not.
  mutating func hits(
    _ request: borrowing LoggedRequest, fingerprint: UInt64, way: Int, _ rule: CacheRule
  ) -> Bool {
    let key = Self.key(request, fingerprint, way, rule.scope)
    let now = request.time.milliseconds
    if !request.cache.refusesOld, let end = kept[key], now < end { return true }
    guard !request.cache.refusesKeeping else { return false }
    let end = Int64(clamping: Int128(now) + Int128(rule.lifetime.count))
    kept.set(end, for: key) { $0 > now }
    return false
  }

  private static func key(
    _ request: borrowing LoggedRequest, _ fingerprint: UInt64, _ way: Int, _ scope: CacheRule.Scope
  ) -> UInt64 {
    var key = mix(fingerprint, UInt64(way))
    let names = request.identities
    let tenant = names.tenant >= 0 ? names.tenant : names.key
    switch scope {
    case .shared: break
    case .per(.tenant): key = mix(key, UInt64(bitPattern: Int64(tenant)))
    case .per(.key):
      key = mix(mix(key, UInt64(bitPattern: Int64(tenant))), UInt64(bitPattern: Int64(names.key)))
    case .per(.user):
      key = mix(mix(key, UInt64(bitPattern: Int64(tenant))), UInt64(bitPattern: Int64(names.user)))
    case .per(.conversation):
      key = mix(mix(key, UInt64(bitPattern: Int64(tenant))), UInt64(bitPattern: Int64(names.user)))
      key = mix(key, UInt64(bitPattern: Int64(names.conversation)))
    }
    return key
  }

  /// One round of a 64-bit mixer with good avalanche (the finaliser of SplitMix64).
  private static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
    var value = a ^ (b &+ 0x9e37_79b9_7f4a_7c15)
    value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
    return value ^ value >> 31
  }
}
