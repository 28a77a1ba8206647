/// The terms of a text: words in one case and without their endings, pairs of scalars where words are
/// not spaced.
///
/// Two words that hash alike would count as one; that changes a rank, never a text.
struct Terms {
  /// Calls with the hash of each term, in order, once for each time it stands there.
  ///
  /// Linear.
  static func each(
    in bytes: [UInt8], _ range: Range<Int>, _ body: (UInt64) -> Void
  ) {
    var word = Word()
    var previous: UInt32?
    var place = range.lowerBound
    while place < range.upperBound {
      let byte = bytes[place]
      if byte < 0x80 {
        place += 1
        previous = nil
        if byte.isLetter || byte.isDigit {
          word.add(byte.folded)
        } else if let term = word.take() {
          body(term)
        }
        continue
      }
      let scalar = LenientScalar(bytes, at: place, before: range.upperBound)
      place += scalar.count
      guard !scalar.isUnspaced else {
        if let term = word.take() { body(term) }
        if let previous {
          body(TermHash.adding(scalar.value, to: TermHash.adding(previous, to: TermHash.basis)))
        }
        previous = scalar.value
        continue
      }
      previous = nil
      if scalar.isMark {
        if let term = word.take() { body(term) }
      } else {
        word.add(scalar: scalar.folded)
      }
    }
    if let term = word.take() { body(term) }
  }

  /// A word while it is read: hashes of all but its last bytes, so that an ending can be taken off.
  private struct Word {
    /// Of the whole word, and without the last one, two and three bytes.
    private var hashes = (
      TermHash.basis, TermHash.basis, TermHash.basis, TermHash.basis
    )
    private var last: (UInt8, UInt8, UInt8) = (0, 0, 0)
    private var count = 0
    private var isPlain = true

    mutating func add(_ byte: UInt8) {
      hashes = (TermHash.adding(byte, to: hashes.0), hashes.0, hashes.1, hashes.2)
      last = (byte, last.0, last.1)
      count += 1
    }

    mutating func add(scalar: UInt32) {
      hashes = (TermHash.adding(scalar, to: hashes.0), hashes.0, hashes.1, hashes.2)
      last = (0, last.0, last.1)
      count += 1
      isPlain = false
    }

    /// The term, if there is a word; begins anew.
    mutating func take() -> UInt64? {
      guard count > 0 else { return nil }
      let stem = isPlain ? self.stem : hashes.0
      self = Word()
      return stem
    }

    /// English endings, roughly: both sides lose them alike.
    private var stem: UInt64 {
      let (final, before, third) = last
      switch final {
      case 0x73 where count >= 4 && before == 0x65 && third == 0x69:
        return TermHash.adding(UInt8(0x79), to: hashes.3)
      case 0x73 where count >= 5 && before == 0x65: return hashes.2
      case 0x73 where count >= 4 && before != 0x73 && before != 0x75: return hashes.1
      case 0x64 where count >= 5 && before == 0x65 && third == 0x69:
        return TermHash.adding(UInt8(0x79), to: hashes.3)
      case 0x64 where count >= 5 && before == 0x65: return hashes.2
      case 0x67 where count >= 6 && before == 0x6E && third == 0x69: return hashes.3
      case 0x65 where count >= 4: return hashes.1
      default: return hashes.0
      }
    }
  }
}

/// Numbers for terms, in the order they are first seen.
struct Vocabulary {
  private var keys: [UInt64]
  private var numbers: [Int32]
  private var mask: Int
  private(set) var count = 0

  init(capacity: Int) {
    var size = 64
    while size < capacity { size *= 2 }
    keys = Array(repeating: 0, count: size)
    numbers = Array(repeating: -1, count: size)
    mask = size - 1
  }

  /// The number of a term, a new one if it was never seen.
  mutating func number(of term: UInt64) -> Int {
    if count * 2 >= keys.count { grow() }
    let slot = slot(of: term)
    if numbers[slot] >= 0 { return Int(numbers[slot]) }
    keys[slot] = term
    numbers[slot] = Int32(truncatingIfNeeded: count)
    count += 1
    return count - 1
  }

  private func slot(of term: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: term ^ term >> 32) & mask
    while numbers[slot] >= 0, keys[slot] != term { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    let old = (keys, numbers)
    keys = Array(repeating: 0, count: old.0.count * 2)
    numbers = Array(repeating: -1, count: old.0.count * 2)
    mask = keys.count - 1
    for place in old.0.indices where old.1[place] >= 0 {
      let slot = slot(of: old.0[place])
      keys[slot] = old.0[place]
      numbers[slot] = old.1[place]
    }
  }
}
