import RoutingBudgets

/// Statements with their values, in the bytes `csqlitewriter.h` describes.
///
/// A step has a value for every parameter of its statement, in order.
struct StatementSteps {
  private(set) var bytes: [UInt8] = []

  private enum Tag: UInt8 {
    case null = 0
    case integer = 1
    case text = 2
    case blob = 3
    case end = 0xFF
  }

  init() { bytes.reserveCapacity(2048) }

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
    addWord(UInt64(bitPattern: number), bytes: 8)
  }

  mutating func add(_ number: Int) { add(Int64(number)) }

  mutating func add(_ flag: Bool?) { add(flag.map { $0 ? Int64(1) : 0 }) }

  mutating func add(_ text: String?) {
    guard let text else { return addNull() }
    bytes.append(Tag.text.rawValue)
    addWord(UInt64(text.utf8.count), bytes: 4)
    bytes.append(contentsOf: text.utf8)
  }

  mutating func add(_ id: RequestID) { add(id.description) }

  mutating func add(blob: [UInt8]?) {
    guard let blob else { return addNull() }
    precondition(blob.count < 1 << 31, "nothing in a row is that long")
    bytes.append(Tag.blob.rawValue)
    addWord(UInt64(blob.count), bytes: 4)
    bytes.append(contentsOf: blob)
  }

  private mutating func addNull() { bytes.append(Tag.null.rawValue) }

  private mutating func addWord(_ word: UInt64, bytes count: UInt64) {
    for place in 0..<count { bytes.append(UInt8(truncatingIfNeeded: word >> (8 * place))) }
  }
}
