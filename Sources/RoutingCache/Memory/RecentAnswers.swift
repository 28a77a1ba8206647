import RoutingBudgets

/// The answers used last, within a bound in bytes and in entries: a value, to be kept under a lock.
///
/// Every operation on one key takes constant time.
struct RecentAnswers {
  private struct Slot {
    var key: CacheKey
    /// Nil in a free slot.
    var answer: CachedAnswer?
    /// Towards the one used last; a free slot's is the next free one.
    var newer: Int
    var older: Int
  }

  private var places: [CacheKey: Int] = [:]
  private var slots: [Slot] = []
  private var free = Self.none
  private var newest = Self.none
  private var oldest = Self.none
  private(set) var bytes = 0
  let mostBytes: Int
  let mostEntries: Int

  private static let none = -1

  init(bytes: Int, entries: Int) {
    mostBytes = bytes
    mostEntries = entries
  }

  var count: Int { places.count }

  /// The answer, which counts as used now; one past its time is let go.
  mutating func answer(_ key: CacheKey, at now: Timestamp) -> CachedAnswer? {
    guard let place = places[key], let answer = slots[place].answer else { return nil }
    guard answer.isFresh(at: now) else {
      remove(place)
      return nil
    }
    if place != newest {
      unlink(place)
      linkNewest(place)
    }
    return answer
  }

  /// Keeps an answer in place of what was there; lets go of what was used longest ago.
  mutating func keep(_ answer: CachedAnswer, under key: CacheKey) {
    if let place = places[key] { remove(place) }
    guard answer.size <= mostBytes, mostEntries > 0 else { return }
    while bytes > mostBytes - answer.size || places.count >= mostEntries { remove(oldest) }
    let place: Int
    if free == Self.none {
      place = slots.count
      slots.append(Slot(key: key, answer: answer, newer: Self.none, older: Self.none))
    } else {
      place = free
      free = slots[place].newer
      slots[place] = Slot(key: key, answer: answer, newer: Self.none, older: Self.none)
    }
    places[key] = place
    bytes += answer.size
    linkNewest(place)
  }

  /// Lets go of every answer for which this holds; how many.
  ///
  /// O(entries).
  mutating func removeAll(where isGone: (CachedAnswer) -> Bool) -> Int {
    let gone = slots.indices.filter { place in slots[place].answer.map(isGone) ?? false }
    for place in gone { remove(place) }
    return gone.count
  }

  /// Every answer with its key, in no order.
  var all: [(key: CacheKey, answer: CachedAnswer)] {
    slots.compactMap { slot in slot.answer.map { (slot.key, $0) } }
  }

  // MARK: The list

  private mutating func remove(_ place: Int) {
    guard slots.indices.contains(place), let answer = slots[place].answer else { return }
    places[slots[place].key] = nil
    bytes -= answer.size
    unlink(place)
    slots[place].answer = nil
    slots[place].newer = free
    free = place
  }

  private mutating func unlink(_ place: Int) {
    let (newer, older) = (slots[place].newer, slots[place].older)
    if newer == Self.none { newest = older } else { slots[newer].older = older }
    if older == Self.none { oldest = newer } else { slots[older].newer = newer }
  }

  private mutating func linkNewest(_ place: Int) {
    slots[place].newer = Self.none
    slots[place].older = newest
    if newest == Self.none { oldest = place } else { slots[newest].newer = place }
    newest = place
  }
}
