package import JSONWriting
package import PolicyUnits

/// One value of an exported line: JSON writes it by its kind, CSV as text.
package enum Cell {
  case none
  case text(String)
  case integer(Int64)
  case bool(Bool)
  /// An exact decimal, as `0.000145`: a string in JSON, so that no reader makes binary floating point
  /// of it.
  case money(Money)
  /// An array; CSV holds its JSON text.
  case list((inout JSONWriter) -> Void)

  init(_ text: String?) { self = text.map { .text($0) } ?? .none }
  init(_ count: Int64?) { self = count.map { .integer($0) } ?? .none }
  init(_ money: Money?) { self = money.map { .money($0) } ?? .none }
  init(_ span: Milliseconds?) { self = span.map { .integer($0.count) } ?? .none }
  init(_ date: CalendarDate?) { self = date.map { .text(ISOTime.text($0)) } ?? .none }

  func write(to json: inout JSONWriter) {
    switch self {
    case .none: json.null()
    case .text(let text): json.string(text)
    case .integer(let number): json.integer(number)
    case .bool(let value): json.bool(value)
    case .money(let money): json.string(Amounts.plain(money))
    case .list(let elements): json.array(elements)
    }
  }
}
