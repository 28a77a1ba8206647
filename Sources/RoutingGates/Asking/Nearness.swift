package import PolicyUnits

/// How near vectors are to each other.
package enum Nearness {
  /// The nearest of some vectors and how near it is: the cosine of the angle between them, where less
  /// than a right angle counts and more is 0.
  ///
  /// Of equals the first. Nil if none has the same length as the other, or nothing points anywhere.
  /// O(numbers of all).
  package static func nearest(
    to vector: [Float], among others: [[Float]]
  ) -> (index: Int, score: Score)? {
    let own = length(vector)
    guard own > 0 else { return nil }
    var best: (index: Int, cosine: Double)?
    for (index, other) in others.enumerated() where other.count == vector.count {
      let length = length(other)
      guard length > 0 else { continue }
      var product = 0.0
      for place in vector.indices { product += Double(vector[place]) * Double(other[place]) }
      let cosine = product / (own * length)
      if cosine > best?.cosine ?? -.infinity { best = (index, cosine) }
    }
    return best.map { best in
      let millionths = (min(1, max(0, best.cosine)) * 1_000_000).rounded()
      return (best.index, Score(millionths: Int64(millionths)))
    }
  }

  private static func length(_ vector: [Float]) -> Double {
    vector.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
  }
}
