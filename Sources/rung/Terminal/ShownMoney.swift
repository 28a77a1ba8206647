import PolicyUnits

/// Amounts and shares as a table shows them.
enum ShownMoney {
  /// To the cent, and below ten cents to two digits that count, or as many as are asked for.
  static func text(_ nanos: Int128, currency: String, digits: Int = 2) -> String {
    let symbol = currency == "USD" ? "$" : currency + " "
    return (nanos < 0 ? "-" : "") + symbol + rounded(nanos.magnitude, digits)
  }

  private static func rounded(_ nanos: UInt128, _ digits: Int) -> String {
    let least = (1..<digits).reduce(UInt128(1)) { power, _ in power * 10 }
    var unit: UInt128 = 10_000_000
    var places = 2
    while nanos > 0, nanos < unit * least, unit > 1 {
      unit /= 10
      places += 1
    }
    let units = (nanos + unit / 2) / unit
    let scale = (0..<places).reduce(UInt128(1)) { power, _ in power * 10 }
    let rest = String(units % scale)
    return Amounts.grouped(Int64(clamping: units / scale)) + "."
      + String(repeating: "0", count: places - rest.utf8.count) + rest
  }

  /// Of the whole, in tenths of a percent.
  static func percent(_ part: Int128, of whole: Int128) -> String {
    guard whole > 0 else { return "" }
    let tenths = (part * 2000 + whole) / (2 * whole)
    return "\(tenths / 10).\(abs(tenths) % 10) %"
  }
}
