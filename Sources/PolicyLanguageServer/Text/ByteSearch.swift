extension [UInt8] {
  /// Whether `word` stands anywhere in it.
  func contains(_ word: [UInt8]) -> Bool {
    guard let first = word.first else { return true }
    var index = 0
    while count - index >= word.count {
      guard let next = self[index...(count - word.count)].firstIndex(of: first) else {
        return false
      }
      if self[next..<(next + word.count)].elementsEqual(word) { return true }
      index = next + 1
    }
    return false
  }
}
