/// Which sentences of a text stay with which.
enum Passages {
  /// Says of each unit of a text in what block and below what heading it stands, and what it depends
  /// on; linear.
  static func read(_ units: inout [TextUnit], of bytes: [UInt8]) {
    let whole = Share(bytes, units.map(\.range))
    let language = whole.best(from: 20)
    var (block, section) = (0, 0)
    var start = 0
    while start < units.count {
      var end = start + 1
      while end < units.count, !ends(bytes, units[end - 1].range), units[end].kind != .heading {
        end += 1
      }
      if units[start].kind == .heading { section += 1 }
      let share = Share(bytes, units[start..<end].map(\.range))
      let spoken = share.spoken(in: language)
      let records = units[start..<end].count { isLabelled(bytes, $0.range) }
      for place in start..<end {
        units[place].block = block
        units[place].section = section
        units[place].dependence = dependence(of: units[place], bytes, spoken, records > 1)
      }
      block += 1
      start = end
    }
  }

  private static func dependence(
    of unit: TextUnit, _ bytes: [UInt8], _ language: ClosedLanguage?, _ isRecord: Bool
  ) -> Dependence {
    switch unit.kind {
    case .table: return .none
    case .protected(let reason) where reason != .governing: return .none
    case .sentence, .protected:
      return .of(bytes, unit.range, in: language, isSentence: true, isRecord: isRecord)
    case .item, .lead: return .of(bytes, unit.range, in: language, isSentence: false)
    case .heading:
      // A heading says what stands below it; without its mark it may be any short line.
      if bytes[unit.range].first(where: { !$0.isWhite }) == 0x23 { return .none }
      return .of(bytes, unit.range, in: language ?? .english, isSentence: false)
    }
  }

  /// Whether a unit begins with a word and a colon: `Fees: none`.
  private static func isLabelled(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    let label = bytes[range].prefix(24)
    guard let colon = label.firstIndex(of: 0x3A) else { return false }
    return label[..<colon].allSatisfy { $0.isLetter || $0 == 0x2D || $0 == 0x20 }
  }

  /// Whether an empty line stands behind a unit.
  private static func ends(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    bytes[range].reversed().prefix { $0.isWhite }.count { $0 == 0x0A } >= 2
  }

  /// How many words of a piece of text are function words of which language.
  private struct Share {
    private var words = 0
    private var known = [0, 0, 0, 0]

    init(_ bytes: [UInt8], _ ranges: [Range<Int>]) {
      for range in ranges {
        for word in TextWords.all(in: bytes, range) where !bytes[word.lowerBound].isDigit {
          words += 1
          let kinds = KnownWord.of(bytes, word)
          for language in ClosedLanguage.allCases where !kinds[language].isEmpty {
            known[language.rawValue] += 1
          }
        }
      }
    }

    /// The language of most of them, if so many of a hundred are its.
    func best(from least: Int) -> ClosedLanguage? {
      let best = ClosedLanguage.allCases.max { known[$0.rawValue] < known[$1.rawValue] }
      guard let best, known[best.rawValue] * 100 >= words * least else { return nil }
      return best
    }

    /// A few words are of the language of their text; more may be of another.
    func spoken(in language: ClosedLanguage?) -> ClosedLanguage? {
      if let language, words < 8 || known[language.rawValue] * 100 >= words * 15 {
        return language
      }
      return words < 8 ? nil : best(from: 30)
    }
  }
}
