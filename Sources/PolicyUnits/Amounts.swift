/// Writes exact amounts for people: no rounding, no exponent.
package enum Amounts {
  /// `$0.50`, `$0.000145`, `EUR 12.00`: at least two decimals, no trailing zeros after them.
  package static func text(_ money: Money, currency: String) -> String {
    let sign = money.nanos < 0 ? "-" : ""
    return sign + mark(of: currency) + unsigned(money.nanos, scale: 9)
  }

  /// The same without symbol, for machines: `0.000145`.
  package static func plain(_ money: Money) -> String {
    (money.nanos < 0 ? "-" : "") + unsigned(money.nanos, scale: 9)
  }

  /// Counted down to the last digit that is none: every answer says what it cost.
  private static func unsigned(_ amount: Int64, scale: Int) -> String {
    var unit: UInt64 = 1
    for _ in 0..<scale { unit *= 10 }
    let (whole, rest) = amount.magnitude.quotientAndRemainder(dividingBy: unit)
    var (fraction, places) = (rest, scale)
    while places > 2, fraction.isMultiple(of: 10) {
      fraction /= 10
      places -= 1
    }
    let digits = String(fraction)
    var text = String(whole) + "."
    for _ in digits.utf8.count..<places { text += "0" }
    return text + digits
  }

  /// Of a million tokens: `$0.25`, `EUR 1.50`.
  package static func perMillion(_ price: Price, currency: String) -> String {
    mark(of: currency) + unsigned(price.picosPerToken, scale: 6)
  }

  private static func mark(of currency: String) -> String {
    currency == "USD" ? "$" : currency + " "
  }

  /// `50%`, `81.4%`.
  package static func text(_ share: Share) -> String {
    decimal(share.millionths, scale: 4) + "%"
  }

  /// `0.8`, `-1.25`.
  package static func text(_ score: Score) -> String { decimal(score.millionths, scale: 6) }

  /// `10s`, `200ms`, `1h`: the largest unit that divides it.
  package static func text(_ duration: Milliseconds) -> String {
    let units: [(Int64, String)] = [
      (86_400_000, "d"), (3_600_000, "h"), (60_000, "m"), (1000, "s"),
    ]
    for (size, name) in units where duration.count >= size && duration.count % size == 0 {
      return "\(duration.count / size)\(name)"
    }
    return "\(duration.count)ms"
  }

  /// `1 request`, `1,204 requests`, `0 requests`: a count with its noun, which takes an `s`.
  package static func count(_ count: some BinaryInteger, _ noun: String) -> String {
    "\(grouped(Int64(clamping: count))) \(noun)\(count == 1 ? "" : "s")"
  }

  /// Whole numbers with a thin grouping people can read: `12,345`.
  package static func grouped(_ number: Int64) -> String {
    let digits = String(number.magnitude)
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return number < 0 ? "-" + result : result
  }

  /// `value` × 10^-scale without trailing zeros.
  package static func decimal(_ value: Int64, scale: Int) -> String {
    var digits = String(value.magnitude)
    if digits.count <= scale {
      digits = String(repeating: "0", count: scale + 1 - digits.count) + digits
    }
    var fraction = String(digits.suffix(scale))
    let whole = String(digits.dropLast(scale))
    while fraction.last == "0" { fraction.removeLast() }
    let sign = value < 0 ? "-" : ""
    return fraction.isEmpty ? sign + whole : "\(sign)\(whole).\(fraction)"
  }
}
