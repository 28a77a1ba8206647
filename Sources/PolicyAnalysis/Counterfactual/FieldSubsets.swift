/// The sets of some size out of the first `all` numbers, in order.
struct FieldSubsets: Sequence, IteratorProtocol {
  private let all: Int
  private var following: [Int]?

  init(of all: Int, taking count: Int) {
    self.all = all
    following = count <= all ? Array(0..<count) : nil
  }

  mutating func next() -> [Int]? {
    guard let current = following else { return nil }
    let last = current.indices.last { current[$0] < all - current.count + $0 }
    following = last.map { place in
      let start = current[place] + 1
      return Array(current[..<place]) + (start..<(start + current.count - place))
    }
    return current
  }
}
