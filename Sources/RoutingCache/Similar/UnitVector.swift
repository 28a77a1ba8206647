/// What an encoder makes of a text, brought to length 1: the cosine of the angle between two is the
/// sum of their products.
package struct UnitVector: Hashable, Sendable {
  package let dimension: Int
  /// Its numbers by eights, with zeros up to the next thirty-two.
  let lanes: [SIMD8<Float>]

  /// Numbers a vector may have.
  package static let dimensions = 1...8192

  /// Nil for what points nowhere: no numbers or too many of them, one that is none, all of them zero.
  package init?(_ numbers: [Float]) {
    guard Self.dimensions.contains(numbers.count) else { return nil }
    var square = 0.0
    for number in numbers { square += Double(number) * Double(number) }
    // One that is infinite or no number makes the sum so.
    guard square.isFinite, square > 0 else { return nil }
    let length = square.squareRoot()
    self.init(dimension: numbers.count) { Float(Double(numbers[$0]) / length) }
  }

  private init(dimension: Int, _ number: (Int) -> Float) {
    self.dimension = dimension
    var lanes = [SIMD8<Float>](repeating: .zero, count: Self.lanes(of: dimension))
    for place in 0..<dimension { lanes[place / 8][place % 8] = number(place) }
    self.lanes = lanes
  }

  /// Eights that a vector takes: a multiple of four, for the four sums that are added side by side.
  static func lanes(of dimension: Int) -> Int { (dimension + 31) / 32 * 4 }

  /// The cosine of the angle between them; 0 if one is longer than the other.
  package func similarity(to other: UnitVector) -> Float {
    guard dimension == other.dimension else { return 0 }
    return VectorRows.product(lanes.span, other.lanes.span)
  }

  // MARK: As bytes

  /// Four for each number, the lowest first.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(4 * dimension)
    for place in 0..<dimension {
      let bits = lanes[place / 8][place % 8].bitPattern
      for shift in stride(from: UInt32(0), to: 32, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
      }
    }
    return bytes
  }

  /// Of what ``bytes`` gave; nil for anything that is no vector of length 1.
  init?(bytes: [UInt8]) {
    guard bytes.count.isMultiple(of: 4), Self.dimensions.contains(bytes.count / 4) else {
      return nil
    }
    self.init(dimension: bytes.count / 4) { place in
      var bits: UInt32 = 0
      for byte in 0..<4 { bits |= UInt32(bytes[4 * place + byte]) << UInt32(8 * byte) }
      return Float(bitPattern: bits)
    }
    var square: Float = 0
    for lane in lanes { square += (lane * lane).sum() }
    guard (0.999...1.001).contains(square) else { return nil }
  }
}
