/// Which questions are nearly the same as one before them: an estimate, of a part of the log.
///
/// Two questions are near if of their runs of three words four in five are common (Jaccard's measure).
/// That is estimated from 64 smallest hashes of each (MinHash, one permutation), and only questions are
/// compared that share eight of them in a row; so of pairs at 0.8 about three in four are compared and two
/// in five found, at 0.9 nearly all. Memory: the last ``kept`` questions, 34 MiB.
struct NearTable: Sendable {
  /// Questions a new one is compared with.
  static let kept = 1 << 18
  private static let bins = 64
  private static let bands = 8
  private static let places = 1 << 18

  private var signatures: [UInt8] = []
  private var stamps: [UInt32] = []
  /// By band and place the last question there; -1 for none.
  private var buckets: [Int32] = []
  private var next = 0
  private var scratch = Array(repeating: UInt64.max, count: NearTable.bins)

  /// Whether a question is near one that was asked before with the same `context`; keeps it.
  mutating func look(_ text: [UInt8], _ ranges: [Range<Int>], context: UInt64) -> Bool {
    guard sign(text, ranges) else { return false }
    if buckets.isEmpty {
      buckets = Array(repeating: -1, count: Self.bands * Self.places)
    }
    let own = UInt32(truncatingIfNeeded: context ^ context >> 32)
    var isNear = false
    for band in 0..<Self.bands {
      let slot = bucket(band, context)
      let other = Int(buckets[slot])
      if !isNear, other >= 0, stamps[other] == own { isNear = isLike(other) }
      buckets[slot] = Int32(next)
    }
    keep(own)
    return isNear
  }

  /// Of 64 hashes as bytes, those that are the same by chance are one in 256.
  private func isLike(_ other: Int) -> Bool {
    var same = 0
    for bin in 0..<Self.bins
    where signatures[other * Self.bins + bin] == UInt8(truncatingIfNeeded: scratch[bin] >> 32) {
      same += 1
    }
    return same * 256 - Self.bins >= 255 * Self.bins * 4 / 5
  }

  private mutating func keep(_ stamp: UInt32) {
    if next == stamps.count {
      stamps.append(stamp)
      for bin in 0..<Self.bins {
        signatures.append(UInt8(truncatingIfNeeded: scratch[bin] >> 32))
      }
    } else {
      stamps[next] = stamp
      for bin in 0..<Self.bins {
        signatures[next * Self.bins + bin] = UInt8(truncatingIfNeeded: scratch[bin] >> 32)
      }
    }
    next = (next + 1) % Self.kept
  }

  private func bucket(_ band: Int, _ context: UInt64) -> Int {
    var hash = context &+ UInt64(band)
    for bin in band * 8..<band * 8 + 8 { hash = RepeatTable.mix(hash, scratch[bin]) }
    return band * Self.places + Int(truncatingIfNeeded: hash >> 40) & (Self.places - 1)
  }

  /// The smallest hash of each bin; false for a text without words.
  private mutating func sign(_ text: [UInt8], _ ranges: [Range<Int>]) -> Bool {
    for bin in 0..<Self.bins { scratch[bin] = .max }
    var words = WordHashes(text, ranges)
    guard var first = words.next() else { return false }
    guard var second = words.next() else {
      add(first)
      return fill()
    }
    guard var third = words.next() else {
      add(RepeatTable.mix(first, second))
      return fill()
    }
    while true {
      add(RepeatTable.mix(first &* 31 &+ second, third))
      guard let word = words.next() else { return fill() }
      (first, second, third) = (second, third, word)
    }
  }

  private mutating func add(_ hash: UInt64) {
    let bin = Int(hash & UInt64(Self.bins - 1))
    scratch[bin] = min(scratch[bin], hash >> 6)
  }

  /// An empty bin takes what a bin has that its number leads to: the same one for the same text.
  private mutating func fill() -> Bool {
    let found = scratch
    for bin in 0..<Self.bins where found[bin] == .max {
      var turn: UInt64 = 0
      var from = bin
      repeat {
        turn += 1
        from = Int(RepeatTable.mix(UInt64(bin), turn) & UInt64(Self.bins - 1))
      } while found[from] == .max
      scratch[bin] = found[from]
    }
    return true
  }
}

/// A number for each word of a text as JSON has it: letters and digits, capitals as small ones.
private struct WordHashes {
  private let text: [UInt8]
  private let ranges: [Range<Int>]
  private var range = 0
  private var place: Int

  init(_ text: [UInt8], _ ranges: [Range<Int>]) {
    self.text = text
    self.ranges = ranges
    place = ranges.first?.lowerBound ?? 0
  }

  mutating func next() -> UInt64? {
    while range < ranges.count {
      let end = ranges[range].upperBound
      var hash: UInt64 = 0xcbf2_9ce4_8422_2325
      var length = 0
      while place < end {
        let byte = text[place]
        if byte == UInt8(ascii: "\\") {
          // An escape stands between words; of \u00e9 the digits are taken for letters.
          if length > 0 { return Self.stirred(hash) }
          place += 2
          continue
        }
        let isWord =
          byte >= 0x80 || (byte >= 0x30 && byte <= 0x39)
          || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7a)
        place += 1
        if isWord {
          let small = byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte
          hash = (hash ^ UInt64(small)) &* 0x100_0000_01b3
          length += 1
        } else if length > 0 {
          return Self.stirred(hash)
        }
      }
      range += 1
      place = range < ranges.count ? ranges[range].lowerBound : end
      if length > 0 { return Self.stirred(hash) }
    }
    return nil
  }

  private static func stirred(_ hash: UInt64) -> UInt64 { hash ^ hash >> 29 }
}
