/// Two questions, and whether one answer serves both: what a person says.
package struct LabelledPair: Hashable, Sendable {
  package let one: String
  package let other: String
  package let isSame: Bool

  package init(_ one: String, _ other: String, isSame: Bool) {
    self.one = one
    self.other = other
    self.isSame = isSame
  }
}

/// The same with what the encoder and the guards say of it.
package struct MeasuredPair: Sendable {
  package let pair: LabelledPair
  /// The cosine of their vectors.
  package let similarity: Double
  /// What stands between them; nil if the guards let them pass.
  package let difference: QuestionDifference?

  package init(_ pair: LabelledPair, similarity: Double) {
    self.pair = pair
    self.similarity = similarity
    difference = QuestionReading(pair.one).difference(from: QuestionReading(pair.other))
  }

  /// The same of a reading that was made before.
  package init(_ pair: LabelledPair, similarity: Double, difference: QuestionDifference?) {
    self.pair = pair
    self.similarity = similarity
    self.difference = difference
  }
}

/// The precise one, for what no threshold is held against: whether two vectors of a text are one.
enum Cosine {
  /// 1 for vectors of one direction; 0 where one has no direction or they differ in length.
  static func of(_ one: [Float], _ other: [Float]) -> Double {
    guard one.count == other.count else { return 0 }
    var product = 0.0
    var first = 0.0
    var second = 0.0
    for (a, b) in zip(one, other) {
      product += Double(a) * Double(b)
      first += Double(a) * Double(a)
      second += Double(b) * Double(b)
    }
    guard first > 0, second > 0, product.isFinite else { return 0 }
    return product / (first * second).squareRoot()
  }
}
