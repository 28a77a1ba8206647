/// Values laid onto pixels, with round ticks.
///
/// Values that are no number are left out; whatever is left, the span is finite and not empty.
struct ChartScale {
  let low: Double
  let high: Double
  /// Where `low` and `high` lie, in pixels.
  let from: Double
  let to: Double

  /// Past these a length says nothing, and sums of two would overflow.
  private static let largest = 1e300
  private static let smallest = 1e-290

  init(_ values: [Double], hasZero: Bool, from: Double, to: Double) {
    let known = values.filter(\.isFinite).map { min(max($0, -Self.largest), Self.largest) }
    var low = known.min() ?? 0
    var high = known.max() ?? 1
    if hasZero || high - low > max(abs(low), abs(high)) / 2 {
      low = min(low, 0)
      high = max(high, 0)
    }
    if high - low < max(Self.smallest, max(abs(low), abs(high)) * 1e-9) {
      // One value has no span of its own.
      let margin = max(abs(low), abs(high)) / 2
      (low, high) = margin < Self.smallest ? (0, 1) : (low - margin, high + margin)
    }
    self.low = low
    self.high = high
    self.from = from
    self.to = to
  }

  /// From the ends of another, in other pixels.
  init(low: Double, high: Double, from: Double, to: Double) {
    self.low = low
    self.high = high
    self.from = from
    self.to = to
  }

  /// The span with some room at ends that are not zero, so that no point lies on the frame.
  var roomy: (low: Double, high: Double) {
    let margin = (high - low) / 20
    return (low == 0 ? low : low - margin, high == 0 ? high : high + margin)
  }

  /// Inside the span whatever the value is; nil for what is no number.
  func place(_ value: Double) -> Double? {
    guard value.isFinite else { return nil }
    let value = min(max(value, low), high)
    return from + (value - low) / (high - low) * (to - from)
  }

  struct Tick {
    let value: Double
    let words: String
  }

  /// About `count` round values, 1, 2 or 5 of a power of ten apart, ascending.
  func ticks(_ count: Int) -> [Tick] {
    let (digit, power, step) = Self.step(of: (high - low) / Double(max(1, count)))
    let first = (low / step - 1e-9).rounded(.up)
    let last = (high / step + 1e-9).rounded(.down)
    // Far from zero and close together there is nothing round to say.
    guard first.magnitude < 1e6, last.magnitude < 1e6, first <= last else { return [] }
    return (Int64(first)...Int64(last)).map {
      Tick(value: Double($0) * step, words: Self.words($0 * digit, power: power))
    }
  }

  private static func step(of rough: Double) -> (digit: Int64, power: Int, step: Double) {
    var power = 0
    var unit = 1.0
    while unit * 10 <= rough, power < 305 {
      unit *= 10
      power += 1
    }
    while unit > rough, power > -300 {
      unit /= 10
      power -= 1
    }
    for digit in [Int64(1), 2, 5] where Double(digit) * unit >= rough {
      return (digit, power, Double(digit) * unit)
    }
    return (1, power + 1, 10 * unit)
  }

  /// `number` × 10^`power`, exactly.
  static func words(_ number: Int64, power: Int) -> String {
    guard number != 0 else { return "0" }
    let sign = number < 0 ? "-" : ""
    let digits = "\(number.magnitude)"
    if power < -9 || power > 9 { return "\(sign)\(digits)e\(power)" }
    if power >= 0 { return sign + grouped(digits + String(repeating: "0", count: power)) }
    let places = -power
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    var fraction = padded.suffix(places)
    while fraction.last == "0" { fraction.removeLast() }
    let whole = grouped(String(padded.dropLast(places)))
    return sign + whole + (fraction.isEmpty ? "" : "." + fraction)
  }

  private static func grouped(_ digits: String) -> String {
    var out = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % 3 == 0 { out += "," }
      out.append(digit)
    }
    return out
  }
}
