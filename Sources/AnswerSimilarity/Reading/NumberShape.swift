/// A number as it is written: its value, its sign, the unit that stands to it.
struct NumberShape {
  let value: String
  /// In small letters, unless it is one whose letters tell it from another.
  let unit: String?
  /// The digits as they stand, with the sign.
  let written: String
  /// Digits with letters that are no unit: `4b`, `10-12`, `1.2.3`.
  let isIdentifier: Bool

  private static let currencies: [Unicode.Scalar: String] = [
    "$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee",
  ]

  /// Nil for what holds no digit at its start.
  init?(_ scalars: ArraySlice<Unicode.Scalar>) {
    var rest = scalars
    var value = ""
    var unit: String?
    for _ in 0..<2 {
      guard let first = rest.first else { return nil }
      if first == "-" || first == "−" || first == "+" {
        guard value.isEmpty else { return nil }
        value = first == "+" ? "+" : "-"
        rest.removeFirst()
      } else if let currency = Self.currencies[first], unit == nil {
        unit = currency
        rest.removeFirst()
      }
    }
    guard let first = rest.first, first.isDigit else { return nil }
    var body: [Unicode.Scalar] = []
    while let next = rest.first, next.isDigit || next == "." || next == "," || next == ":" {
      body.append(next)
      rest.removeFirst()
    }
    while let last = body.last, !last.isDigit { body.removeLast() }
    let raw = String(String.UnicodeScalarView(rest))
    let suffix = raw.lowercased()
    let digits = Self.plain(body)
    switch suffix {
    case "":
      break
    case "st", "nd", "rd", "th":
      self = NumberShape(value: "#" + digits, unit: nil, isIdentifier: false)
      return
    case "am", "pm", "a.m", "p.m":
      self = NumberShape(
        value: Self.clock(digits, isAfternoon: suffix.hasPrefix("p")), unit: "clock",
        isIdentifier: false)
      return
    default:
      if let currency = rest.count == 1 ? rest.first.flatMap({ Self.currencies[$0] }) : nil {
        unit = currency
      } else if suffix == "%" || suffix == "°" || Self.isUnit(suffix) {
        unit = CasedUnits.spelled(raw)
      } else {
        self = NumberShape(value: "", unit: nil, isIdentifier: true)
        return
      }
    }
    let points = body.count { $0 == "." }
    let isClock = body.contains(":")
    self = NumberShape(
      value: value + digits, unit: isClock ? unit ?? "clock" : unit, isIdentifier: points > 1,
      written: value + String(String.UnicodeScalarView(body)))
  }

  private init(value: String, unit: String?, isIdentifier: Bool, written: String? = nil) {
    self.value = value
    self.unit = unit
    self.written = written ?? value
    self.isIdentifier = isIdentifier
  }

  private static func isUnit(_ suffix: String) -> Bool {
    Lexicon.all.contains { $0.units[suffix] != nil }
  }

  /// Thousands written together: `1,000,000` and no more than that.
  private static func plain(_ body: [Unicode.Scalar]) -> String {
    let text = String(String.UnicodeScalarView(body))
    let groups = text.split(separator: ",", omittingEmptySubsequences: false)
    guard groups.count > 1, !text.contains(":"), let first = groups.first,
      (1...3).contains(first.count), first != "0"
    else { return text }
    let later = groups.dropFirst()
    let areThousands = later.enumerated().allSatisfy { index, group in
      let whole = index == later.count - 1 ? group.prefix { $0 != "." } : group
      return whole.count == 3
    }
    return areThousands ? groups.joined() : text
  }

  /// `5` and `5:30` on a clock of twelve hours, as on one of twenty-four.
  static func clock(_ time: String, isAfternoon: Bool) -> String {
    let parts = time.split(separator: ":").map { Int($0) }
    guard let hour = parts.first.flatMap(\.self), (1...12).contains(hour) else {
      return time + (isAfternoon ? "pm" : "am")
    }
    let minutes = parts.count > 1 ? time.split(separator: ":")[1] : "00"
    return "\(hour % 12 + (isAfternoon ? 12 : 0)):\(minutes)"
  }
}

/// Units whose letters' case tells them from others: `Mb` and `MB`, `mW` and `MW`, `5g` and `5G`.
enum CasedUnits {
  private static let all: Set<String> = [
    "kb", "mb", "gb", "tb", "kib", "mib", "gib", "m", "g", "s", "ms", "us", "ns", "mg", "ml", "mm",
    "mw",
  ]

  /// The unit as it counts: as it stands where case tells it from another, else in small letters.
  ///
  /// A `K` is a `k`.
  static func spelled(_ written: String) -> String {
    let small = written.lowercased()
    guard all.contains(small) else { return small }
    return small.hasPrefix("k") ? "k" + written.dropFirst() : written
  }
}
