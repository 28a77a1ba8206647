/// What requests of one kind cost under two policies, call by call in nanos.
struct PairedSums {
  private(set) var requests: Int64 = 0
  /// The line of the log of the first of them.
  let example: Int
  /// Of each call; empty where the policy refuses.
  private(set) var before: [Int128]
  private(set) var after: [Int128]

  /// Nothing yet, for the classes the two policies put these requests in; nil is refused.
  init(example: Int, _ from: Int?, in before: Replay, _ to: Int?, in after: Replay) {
    self.example = example
    self.before = from.map { Self.zeros(before, $0) } ?? []
    self.after = to.map { Self.zeros(after, $0) } ?? []
  }

  private static func zeros(_ replay: Replay, _ number: Int) -> [Int128] {
    Array(repeating: 0, count: replay.classes[number].steps.count)
  }

  /// Adds the request both have just been given.
  mutating func addLast(of before: Replay, and after: Replay) {
    requests += 1
    before.addLast(to: &self.before)
    after.addLast(to: &self.after)
  }
}
