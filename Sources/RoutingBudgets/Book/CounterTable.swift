/// All counters that hold something, each at a place that stays the same while it is in use.
///
/// A counter exists from its first grant until nothing of it is worth keeping, so callers nobody
/// has heard of cost no memory until they have been granted something, and none once that is over.
struct CounterTable: Sendable {
  private var places: [CounterKey: Int] = [:]
  private var counters: [Counter] = []
  /// Places whose counter was forgotten.
  private var vacant: [Int] = []
  private var isVacant: [Bool] = []
  /// Where the sweep goes on.
  private var hand = 0

  /// A counter unused for less than this many milliseconds stays, lest busy ones come and go with
  /// each request.
  private static let idleLimit: Int64 = 60_000

  var count: Int { places.count }
  /// In the order of their places.
  var all: [Counter] { counters.indices.filter { !isVacant[$0] }.map { counters[$0] } }

  func place(of key: CounterKey) -> Int? { places[key] }

  subscript(place: Int) -> Counter {
    get {
      precondition(!isVacant[place], "the counter was forgotten")
      return counters[place]
    }
    _modify {
      precondition(!isVacant[place], "the counter was forgotten")
      yield &counters[place]
    }
  }

  /// Makes a place for a counter that has none.
  mutating func add(_ key: CounterKey, at now: Timestamp) -> Int {
    let counter = Counter(key, at: now)
    let place: Int
    if let reused = vacant.popLast() {
      place = reused
      counters[place] = counter
      isVacant[place] = false
    } else {
      place = counters.count
      counters.append(counter)
      isVacant.append(false)
    }
    let before = places.updateValue(place, forKey: key)
    precondition(before == nil, "a counter has one place")
    return place
  }

  mutating func forget(_ place: Int) {
    precondition(!isVacant[place], "the counter was forgotten")
    let before = places.removeValue(forKey: counters[place].key)
    precondition(before == place, "a counter has one place")
    counters[place] = .nothing
    isVacant[place] = true
    vacant.append(place)
  }

  /// Looks at the next few counters and forgets those that are over.
  mutating func sweep(_ steps: Int, at now: Timestamp) {
    for _ in 0..<min(steps, counters.count) {
      hand = hand + 1 < counters.count ? hand + 1 : 0
      guard !isVacant[hand] else { continue }
      let idle = now.milliseconds - counters[hand].lastUse.milliseconds
      guard idle >= Self.idleLimit, counters[hand].isForgettable(at: now) else { continue }
      forget(hand)
    }
  }

  /// Whether most places are vacant after a flood of callers.
  var isSparse: Bool { counters.count > 4096 && counters.count > 8 * count }

  /// Closes the gaps.
  ///
  /// - Returns: for each old place the new one; -1 for a vacant one.
  mutating func compact() -> [Int] {
    var moved = [Int](repeating: -1, count: counters.count)
    var dense: [Counter] = []
    dense.reserveCapacity(2 * count)
    var index: [CounterKey: Int] = [:]
    index.reserveCapacity(2 * count)
    for place in counters.indices where !isVacant[place] {
      moved[place] = dense.count
      index[counters[place].key] = dense.count
      dense.append(counters[place])
    }
    precondition(index.count == places.count, "a counter has one place")
    places = index
    counters = dense
    isVacant = [Bool](repeating: false, count: dense.count)
    vacant = []
    hand = 0
    return moved
  }
}

extension Counter {
  /// What stands at a vacant place.
  fileprivate static let nothing = Counter(
    CounterKey(budget: "", unit: .requests, owner: nil, window: .running),
    at: Timestamp(milliseconds: 0))
}
