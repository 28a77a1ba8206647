/// How many letters of each script a text has.
struct ScriptCounts {
  enum Script: Hashable {
    case latin, cyrillic, han, kana, arabic
    /// A script that stands for one language.
    case other(String)
  }

  private var counts: [Script: Int] = [:]
  private var persianLetters = 0
  private var urduLetters = 0

  /// A Han character says as much as a few letters.
  private static let hanWeight = 3

  mutating func read(_ text: TextBytes, _ limit: Int) {
    var offset = 0
    var latin = 0
    let end = min(text.count, limit)
    while offset < end {
      let byte = text[offset]
      if byte < 0x80 {
        if ASCII.isLetter(byte) { latin &+= 1 }
        offset &+= 1
        continue
      }
      let scalar = UTF8Scalar(text, at: offset)
      offset += scalar.count
      guard let script = Self.script(of: scalar.value) else { continue }
      counts[script, default: 0] += script == .han || script == .kana ? Self.hanWeight : 1
      if script == .arabic { noteArabic(scalar.value) }
    }
    counts[.latin, default: 0] += latin
  }

  /// The script with the most letters; nil if there are none.
  ///
  /// Han and kana are counted together, as Japanese is written in both.
  var dominant: Script? {
    let eastAsian = counts[.han, default: 0] + counts[.kana, default: 0]
    // The order of a dictionary must not decide between equals.
    let others = counts.filter { $0.key != .han && $0.key != .kana && $0.value > 0 }
      .max { ($0.value, $1.key.rank) < ($1.value, $0.key.rank) }
    guard eastAsian > 0, eastAsian >= others?.value ?? 0 else { return others?.key }
    return counts[.han, default: 0] >= counts[.kana, default: 0] ? .han : .kana
  }

  /// One kana for twelve Han characters is enough: Chinese uses none.
  var isJapanese: Bool {
    counts[.kana, default: 0] * 12 >= counts[.han, default: 0]
  }

  var arabicLanguage: String {
    let letters = counts[.arabic, default: 0]
    if urduLetters * 40 >= letters, urduLetters >= persianLetters / 3 { return "ur" }
    return persianLetters * 40 >= letters ? "fa" : "ar"
  }

  /// Urdu has letters of its own and shares some with Persian that Arabic lacks.
  private mutating func noteArabic(_ scalar: UInt32) {
    switch scalar {
    case 0x679, 0x688, 0x691, 0x6BA, 0x6BE, 0x6C1, 0x6D2: urduLetters += 1
    case 0x67E, 0x686, 0x698, 0x6A9, 0x6AF, 0x6CC: persianLetters += 1
    default: break
    }
  }

  private static func script(of scalar: UInt32) -> Script? {
    switch scalar {
    case 0xD7, 0xF7: nil
    case 0xAA, 0xBA, 0xC0...0x24F: .latin
    case 0x1E00...0x1EFF: .latin
    case 0x370...0x3FF, 0x1F00...0x1FFF: .other("el")
    case 0x400...0x52F: .cyrillic
    case 0x531...0x58F: .other("hy")
    case 0x5D0...0x5F4: .other("he")
    case 0x620...0x6FF, 0x750...0x77F, 0xFB50...0xFDFF, 0xFE70...0xFEFC: .arabic
    case 0x900...0x97F: .other("hi")
    case 0x980...0x9FF: .other("bn")
    case 0xA00...0xA7F: .other("pa")
    case 0xA80...0xAFF: .other("gu")
    case 0xB80...0xBFF: .other("ta")
    case 0xC00...0xC7F: .other("te")
    case 0xC80...0xCFF: .other("kn")
    case 0xD00...0xD7F: .other("ml")
    case 0xD80...0xDFF: .other("si")
    case 0xE01...0xE5B: .other("th")
    case 0xE81...0xEDF: .other("lo")
    case 0x1000...0x109F: .other("my")
    case 0x10A0...0x10FF: .other("ka")
    case 0x1200...0x139F: .other("am")
    case 0x1780...0x17FF: .other("km")
    case 0x1100...0x11FF, 0x3130...0x318F, 0xAC00...0xD7AF: .other("ko")
    case 0x3041...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F: .kana
    case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFD: .han
    default: nil
    }
  }
}

extension ScriptCounts.Script {
  /// A fixed order among scripts with equally many letters.
  fileprivate var rank: String {
    switch self {
    case .latin: "a"
    case .cyrillic: "b"
    case .han: "c"
    case .kana: "d"
    case .arabic: "e"
    case .other(let code): "f" + code
    }
  }
}
