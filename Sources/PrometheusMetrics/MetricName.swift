/// Names as the format allows them.
enum MetricName {
  /// Letters, digits, `_` and `:`, no digit first; anything else becomes `_`.
  static func metric(_ name: String) -> String {
    allowed(name, colons: true)
  }

  /// Letters, digits and `_`, no digit first; what the format uses itself gets `_` behind it.
  static func label(_ name: String) -> String {
    let name = allowed(name, colons: false)
    return name == "le" || name == "quantile" || name.hasPrefix("__") ? name + "_" : name
  }

  private static func allowed(_ name: String, colons: Bool) -> String {
    let isFine = !name.isEmpty && name.utf8.enumerated().allSatisfy { fits($1, $0, colons) }
    if isFine { return name }
    let digitFirst = name.utf8.first.map { (0x30...0x39).contains($0) } ?? true
    let bytes = name.utf8.map { fits($0, 1, colons) ? $0 : UInt8(ascii: "_") }
    return (digitFirst ? "_" : "") + String(decoding: bytes, as: UTF8.self)
  }

  private static func fits(_ byte: UInt8, _ place: Int, _ colons: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"):
      true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): place > 0
    case UInt8(ascii: ":"): colons
    default: false
    }
  }
}
