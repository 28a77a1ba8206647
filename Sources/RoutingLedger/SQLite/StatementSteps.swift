import RoutingBudgets

/// Statements with their values, in the bytes `csqlitewriter.h` describes.
///
/// A step has a value for every parameter of its statement, in order.
struct StatementSteps: ~Copyable {
  private(set) var bytes = GrowingBytes(capacity: 8192)

  private enum Tag: UInt8 {
    case null = 0
    case integer = 1
    case text = 2
    case blob = 3
    case end = 0xFF
  }

  /// Adds a step of its own: `values` gives one value for each parameter.
  mutating func run(
    _ statement: LedgerStatement, _ values: (inout StatementSteps) -> Void = { _ in }
  ) {
    bytes.append(statement.rawValue)
    values(&self)
    bytes.append(Tag.end.rawValue)
  }

  mutating func add(_ number: Int64?) {
    guard let number else { return addNull() }
    bytes.append(Tag.integer.rawValue)
    bytes.append(number: number.littleEndian)
  }

  mutating func add(_ number: Int) { add(Int64(number)) }

  mutating func add(_ flag: Bool?) { add(flag.map { $0 ? Int64(1) : 0 }) }

  mutating func add(_ text: String?) {
    guard let text else { return addNull() }
    bytes.append(Tag.text.rawValue)
    add(count: text.utf8.count)
    bytes.append(text)
  }

  mutating func add(_ id: RequestID) { add(id.description) }

  mutating func add(blob: [UInt8]?) {
    guard let blob else { return addNull() }
    bytes.append(Tag.blob.rawValue)
    add(count: blob.count)
    bytes.append(blob)
  }

  private mutating func addNull() { bytes.append(Tag.null.rawValue) }

  private mutating func add(count: Int) {
    precondition(count < 1 << 31, "nothing in a row is that long")
    bytes.append(number: UInt32(count).littleEndian)
  }
}
