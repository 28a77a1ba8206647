/// The terms of many units, each term once for each unit.
struct UnitIndex {
  /// Of all units one after the other.
  private(set) var entries: [Entry] = []
  /// Where the entries of each unit begin, and where the last ones end.
  private(set) var starts: [Int] = [0]
  /// Terms in each unit, counted as often as they stand there.
  private(set) var lengths: [Int] = []
  /// In how many units each term stands.
  private(set) var frequency: [Int32] = []

  private var vocabulary: Vocabulary
  /// Where a term stands among the entries of the unit being read.
  private var seen: [Int32] = []

  struct Entry {
    let term: Int32
    var count: Int32
  }

  var count: Int { lengths.count }

  init(bytes: Int) {
    vocabulary = Vocabulary(capacity: min(bytes / 4, 1 << 16))
    entries.reserveCapacity(bytes / 7)
  }

  /// Adds a unit: its own bytes and those of what it stands under.
  mutating func add(_ text: [UInt8], _ ranges: [Range<Int>]) {
    let start = entries.count
    var length = 0
    for range in ranges {
      length += add(text, range, after: start)
    }
    starts.append(entries.count)
    lengths.append(length)
  }

  private mutating func add(_ text: [UInt8], _ range: Range<Int>, after start: Int) -> Int {
    var length = 0
    Terms.each(in: text, range) { hash in
      length += 1
      let term = vocabulary.number(of: hash)
      if term == seen.count {
        seen.append(-1)
        frequency.append(0)
      }
      let place = Int(seen[term])
      if place >= start {
        entries[place].count += 1
      } else {
        seen[term] = Int32(truncatingIfNeeded: entries.count)
        frequency[term] += 1
        entries.append(Entry(term: Int32(truncatingIfNeeded: term), count: 1))
      }
    }
    return length
  }

  /// How much each term weighs: rare ones more.
  var weights: [Double] {
    frequency.map { found in
      let ratio = (Double(count) - Double(found) + 0.5) / (Double(found) + 0.5)
      return Self.log2(1 + ratio)
    }
  }

  /// The terms of a question, each once, as far as units have them and they say anything.
  mutating func terms(of question: [UInt8]) -> [Int] {
    var found: [Int] = []
    var asked: Set<Int> = []
    let known = frequency.count
    Terms.each(in: question, question.indices) { hash in
      guard !QuestionWords.empty.contains(hash) else { return }
      let term = vocabulary.number(of: hash)
      if term < known, !asked.contains(term) {
        asked.insert(term)
        found.append(term)
      }
    }
    return found
  }

  /// Whether units have a word of a question that says what is asked for.
  mutating func hasGround(for question: [UInt8]) -> Bool {
    let known = frequency.count
    var found = false
    Terms.each(in: question, question.indices) { hash in
      guard !found, !QuestionWords.empty.contains(hash), !QuestionWords.ofTexts.contains(hash)
      else { return }
      found = vocabulary.number(of: hash) < known
    }
    return found
  }

  /// A logarithm that is the same on every machine; straight between powers of two.
  static func log2(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return 0 }
    return Double(value.exponent) + value.significand - 1
  }
}
