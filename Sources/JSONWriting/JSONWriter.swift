/// Writes JSON text, deterministically: members in the order of the calls, one spelling for every
/// value.
///
/// Commas, colons and indentation are the writer's business; the caller says what comes next.
/// ```swift
/// var json = JSONWriter()
/// json.object { json in
///   json.member("name", "rung")
///   json.array("routes") { json in json.string("faq") }
/// }
/// json.text  // {"name":"rung","routes":["faq"]}
/// ```
/// The writer never fails: calls that make no JSON (a member outside an object, two roots) are the
/// caller's error and show in the text. Time and space are linear in what is written.
package struct JSONWriter: Sendable {
  /// What has been written so far, in UTF-8.
  package private(set) var bytes: [UInt8] = []
  private let layout: Layout
  private var depth = 0
  private var place = Place.opening

  /// What stands before the place where the next thing goes.
  private enum Place: Sendable {
    /// Nothing, or an opening bracket.
    case opening
    case key
    case value
  }

  package enum Layout: Sendable {
    /// No space anywhere.
    case compact
    /// One member or element a line, two spaces a level; empty containers stay on their line.
    case indented
  }

  package init(_ layout: Layout = .compact, reserving capacity: Int = 0) {
    self.layout = layout
    bytes.reserveCapacity(capacity)
  }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  // MARK: Containers

  package mutating func object(_ members: (inout JSONWriter) -> Void) {
    container(UInt8(ascii: "{"), UInt8(ascii: "}"), members)
  }

  package mutating func array(_ elements: (inout JSONWriter) -> Void) {
    container(UInt8(ascii: "["), UInt8(ascii: "]"), elements)
  }

  /// The name of the member whose value is written next.
  package mutating func key(_ name: String) {
    separate()
    quote(name)
    bytes.append(UInt8(ascii: ":"))
    if layout == .indented { bytes.append(UInt8(ascii: " ")) }
    place = .key
  }

  // MARK: Values

  package mutating func string(_ value: String) {
    beginValue()
    quote(value)
  }

  package mutating func integer(_ value: some BinaryInteger) {
    beginValue()
    bytes.append(contentsOf: String(value).utf8)
  }

  /// A number given in millionths, as short as it is exact: 700,000 is written `0.7`.
  package mutating func number(millionths: Int64) {
    beginValue()
    bytes.append(contentsOf: Self.decimal(millionths: millionths).utf8)
  }

  package mutating func bool(_ value: Bool) {
    beginValue()
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  package mutating func null() {
    beginValue()
    bytes.append(contentsOf: "null".utf8)
  }

  /// JSON text that is passed through byte for byte.
  ///
  /// The caller answers for its being one complete value.
  package mutating func raw(_ json: some Collection<UInt8>) {
    beginValue()
    bytes.append(contentsOf: json)
  }

  // MARK: Layout

  private mutating func container(
    _ open: UInt8, _ close: UInt8, _ content: (inout JSONWriter) -> Void
  ) {
    beginValue()
    bytes.append(open)
    depth += 1
    place = .opening
    content(&self)
    depth -= 1
    if place != .opening { breakLine() }
    bytes.append(close)
    place = .value
  }

  /// A value follows its key directly, an element a comma.
  private mutating func beginValue() {
    if place != .key { separate() }
    place = .value
  }

  private mutating func separate() {
    if place == .value { bytes.append(UInt8(ascii: ",")) }
    if depth > 0 { breakLine() }
  }

  private mutating func breakLine() {
    guard layout == .indented else { return }
    bytes.append(UInt8(ascii: "\n"))
    for _ in 0..<depth {
      bytes.append(UInt8(ascii: " "))
      bytes.append(UInt8(ascii: " "))
    }
  }

  private mutating func quote(_ value: String) {
    bytes.append(UInt8(ascii: "\""))
    JSONEscapes.append(value, to: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }
}

extension JSONWriter {
  /// Millionths as the shortest exact decimal: `-0.000001`, `1`, `0.7`.
  package static func decimal(millionths: Int64) -> String {
    let magnitude = millionths.magnitude
    let sign = millionths < 0 ? "-" : ""
    let (whole, rest) = magnitude.quotientAndRemainder(dividingBy: 1_000_000)
    guard rest > 0 else { return "\(sign)\(whole)" }
    var digits = String(rest)
    digits = String(repeating: "0", count: 6 - digits.utf8.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(sign)\(whole).\(digits)"
  }
}
