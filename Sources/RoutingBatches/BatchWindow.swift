/// Requests that wait for others of their kind: who waits, and when they are sent.
///
/// A value without a clock: whoever owns it says when a window's time has come. Two kinds never meet in
/// one window. O(1) for each that joins, O(size) for one that leaves.
package struct BatchWindow<Kind: Hashable & Sendable, Item: Sendable>: Sendable {
  package struct Member: Sendable {
    package let number: UInt64
    package let item: Item
  }

  package enum Joined: Sendable {
    /// The first of its kind: its window's time begins.
    case opened(Window)
    case waits
    /// The last there was room for: all of them are to be sent now, in the order they came.
    case full([Member])
  }

  /// One window of a kind; the next of the same kind is another.
  package struct Window: Hashable, Sendable {
    let kind: Kind
    let turn: UInt64
  }

  private struct Open: Sendable {
    let turn: UInt64
    let size: Int
    var members: [Member]
  }

  private var open: [Kind: Open] = [:]
  private var kinds: [UInt64: Kind] = [:]
  private var turns: UInt64 = 0

  package init() {}

  package var isEmpty: Bool { open.isEmpty }
  /// How many wait.
  package var count: Int { kinds.count }

  /// `number` names the request; no two that wait have the same.
  package mutating func join(
    _ item: Item, _ number: UInt64, of kind: Kind, upTo size: Int
  ) -> Joined {
    let member = Member(number: number, item: item)
    guard var window = open[kind] else {
      guard size > 1 else { return .full([member]) }
      turns += 1
      open[kind] = Open(turn: turns, size: size, members: [member])
      kinds[number] = kind
      return .opened(Window(kind: kind, turn: turns))
    }
    window.members.append(member)
    guard window.members.count < min(size, window.size) else {
      return .full(close(kind, window))
    }
    kinds[number] = kind
    open[kind] = window
    return .waits
  }

  /// Its time is up: all that wait in it; nil if it was sent already.
  package mutating func due(_ window: Window) -> [Member]? {
    guard let found = open[window.kind], found.turn == window.turn else { return nil }
    return close(window.kind, found)
  }

  /// Takes a request out that nobody waits for any more; false if it does not wait here.
  package mutating func leave(_ number: UInt64) -> Bool {
    guard let kind = kinds.removeValue(forKey: number), var window = open[kind] else {
      return false
    }
    window.members.removeAll { $0.number == number }
    open[kind] = window.members.isEmpty ? nil : window
    return true
  }

  /// Everything that waits, window by window in the order they opened.
  package mutating func drain() -> [[Member]] {
    let all = open.sorted { $0.value.turn < $1.value.turn }.map { $0.value.members }
    open = [:]
    kinds = [:]
    return all
  }

  private mutating func close(_ kind: Kind, _ window: Open) -> [Member] {
    open[kind] = nil
    for member in window.members { kinds[member.number] = nil }
    return window.members
  }
}
