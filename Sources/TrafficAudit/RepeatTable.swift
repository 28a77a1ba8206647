import TrafficLog

/// Which requests say what one before them said, exactly, for the same tenant.
///
/// Memory: 32 MiB at most. Up to ``limit`` different requests all are compared; past that only those
/// of one fingerprint in two, then in four, and so on: then what comes out is an estimate, and says so.
struct RepeatTable: Sendable {
  /// Different requests that are kept.
  static let limit = 1 << 20
  static let levels = 20

  private struct Entry {
    var key: UInt64
    /// Seconds of the time line when an answer was kept for an hour, and for a day.
    var hour: Int32
    var day: Int32
  }

  private static let never = Int32.min

  private var slots: [Entry] = Array(repeating: Entry(key: 0, hour: 0, day: 0), count: 4096)
  private var count = 0
  /// One in two to this power is compared.
  private(set) var level = 0
  private var origin: Int64?

  struct Repeat {
    let isRepeated: Bool
    let withinHour: Bool
    let withinDay: Bool
    /// Up to which level the request's fingerprint is in the sample.
    let level: Int
  }

  /// Nil if the request is outside the sample.
  ///
  /// What its caller asks of a cache decides whether one would have answered it, and whether its own
  /// answer would be kept.
  mutating func look(
    _ key: UInt64, at milliseconds: Int64, asking cache: LoggedCache = LoggedCache()
  ) -> Repeat? {
    let key = key == 0 ? 1 : key
    let own = min(key.trailingZeroBitCount, Self.levels)
    guard own >= level else { return nil }
    let start = origin ?? milliseconds
    origin = start
    let time = Int32(clamping: (milliseconds - start) / 1000)
    var slot = Self.slot(key, slots.count)
    while slots[slot].key != 0 {
      if slots[slot].key == key { return repeated(slot, time, own, cache) }
      slot = (slot + 1) & (slots.count - 1)
    }
    // Nothing is within an hour or a day of what was not kept.
    let kept = cache.refusesKeeping ? Self.never : time
    slots[slot] = Entry(key: key, hour: kept, day: kept)
    count += 1
    if count * 2 > slots.count { makeRoom() }
    return Repeat(isRepeated: false, withinHour: false, withinDay: false, level: own)
  }

  private mutating func repeated(
    _ slot: Int, _ time: Int32, _ level: Int, _ cache: LoggedCache
  ) -> Repeat {
    func isWithin(_ seconds: Int32, of kept: Int32) -> Bool {
      let (age, overflow) = time.subtractingReportingOverflow(kept)
      return !cache.refusesOld && !overflow && age >= 0 && age < seconds
    }
    let hour = isWithin(3_600, of: slots[slot].hour)
    let day = isWithin(86_400, of: slots[slot].day)
    if !hour, !cache.refusesKeeping { slots[slot].hour = time }
    if !day, !cache.refusesKeeping { slots[slot].day = time }
    return Repeat(isRepeated: true, withinHour: hour, withinDay: day, level: level)
  }

  /// The low bits say whether a key is in the sample; its place comes from the high ones.
  private static func slot(_ key: UInt64, _ count: Int) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) >> 20) & (count - 1)
  }

  private mutating func makeRoom() {
    let kept = slots
    var size = slots.count
    if size < Self.limit * 2 {
      size *= 2
    } else {
      level += 1
    }
    slots = Array(repeating: Entry(key: 0, hour: 0, day: 0), count: size)
    count = 0
    for entry in kept where entry.key != 0 && entry.key.trailingZeroBitCount >= level {
      var slot = Self.slot(entry.key, size)
      while slots[slot].key != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = entry
      count += 1
    }
  }

  /// One round of a 64-bit mixer with good avalanche (the finaliser of SplitMix64).
  static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
    var value = a ^ (b &+ 0x9e37_79b9_7f4a_7c15)
    value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
    return value ^ value >> 31
  }
}

/// Repeats and what they cost, by the level of the sample they are in.
struct RepeatSums: Sendable {
  struct Sum {
    var compared: Int64 = 0
    var repeated: Int64 = 0
    var hour: Int64 = 0
    var day: Int64 = 0
    /// Nanos of those whose cost is known.
    var repeatedCost: Int128 = 0
    var hourCost: Int128 = 0
    var dayCost: Int128 = 0
  }

  private var levels: [Sum] = []

  mutating func add(_ found: RepeatTable.Repeat, cost: Int64?) {
    while levels.count <= found.level { levels.append(Sum()) }
    let nanos = Int128(cost ?? 0)
    levels[found.level].compared += 1
    if found.isRepeated {
      levels[found.level].repeated += 1
      levels[found.level].repeatedCost += nanos
    }
    if found.withinHour {
      levels[found.level].hour += 1
      levels[found.level].hourCost += nanos
    }
    if found.withinDay {
      levels[found.level].day += 1
      levels[found.level].dayCost += nanos
    }
  }

  /// Of the fingerprints in the sample, times what the sample stands for.
  func total(level: Int) -> Sum {
    var sum = Sum()
    for (own, part) in levels.enumerated() where own >= level {
      sum.compared += part.compared
      sum.repeated += part.repeated
      sum.hour += part.hour
      sum.day += part.day
      sum.repeatedCost += part.repeatedCost
      sum.hourCost += part.hourCost
      sum.dayCost += part.dayCost
    }
    let scale = Int64(1) << Int64(level)
    sum.compared *= scale
    sum.repeated *= scale
    sum.hour *= scale
    sum.day *= scale
    sum.repeatedCost *= Int128(scale)
    sum.hourCost *= Int128(scale)
    sum.dayCost *= Int128(scale)
    return sum
  }
}
