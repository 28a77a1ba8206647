import PolicyUnits
import RoutingBudgets
import RoutingLedger

/// What another program says of one request, before it is a row of ours.
struct ForeignRow {
  var time: Timestamp
  var caller = LedgerEntry.Caller()
  /// The name the request asked for.
  var modelAsked: String?
  /// The name of the model that answered.
  var model: String?
  var provider: String?
  var status = LedgerEntry.Status.answered
  var reason: String?
  var httpStatus: Int64?
  var tokens: TokenEntry?
  /// Whether the file tells cached tokens apart, so that a price for them can be used.
  var knowsParts = false
  var cost = EntryCost.unknown
  var isFromCache = false
  var elapsed: Milliseconds?
  var firstByte: Milliseconds?
  /// The program's own name for it.
  var name: String?

  init(time: Timestamp) { self.time = time }
}

/// Reads values of a record as what they must be; empty texts are nothing in foreign files.
extension SourceRecord {
  func text(_ column: String) throws(RowProblem) -> String? {
    switch try value(column) {
    case .absent: nil
    case .text(let text): text.isEmpty || text == #"\N"# ? nil : text
    case .number(let text): text
    case .bool(let value): value ? "true" : "false"
    case .json: throw .notPlain(column: column)
    }
  }

  func text(_ column: String?) throws(RowProblem) -> String? {
    guard let column else { return nil }
    return try text(column)
  }

  func count(_ column: String?) throws(RowProblem) -> Int64? {
    guard let column, let text = try text(column) else { return nil }
    guard let count = NumberText.count(text) else {
      throw .notACount(column: column, text: ShownText.of(text))
    }
    return count
  }

  /// Milliseconds, cut to whole ones.
  func milliseconds(_ column: String?) throws(RowProblem) -> Milliseconds? {
    guard let column, let text = try text(column) else { return nil }
    let whole = text.prefix { $0 != "." }
    guard NumberText.count(whole) != nil || text.contains("e"),
      let value = Double(text), value >= 0, value < 9e15
    else { throw .notACount(column: column, text: ShownText.of(text)) }
    return Milliseconds(Int64(value))
  }

  /// A time, with the note that it was finer than ours.
  func time(_ column: String, _ notes: inout [RowNote]) throws(RowProblem) -> Timestamp? {
    guard let text = try text(column) else { return nil }
    guard let reading = ISOTime.read(text) ?? ISOTime.readEpoch(text) else {
      throw .notATime(column: column, text: ShownText.of(text))
    }
    if reading.isCut, !notes.contains(.timeCut) { notes.append(.timeCut) }
    return reading.time
  }

  /// An amount; finer ones are an upper bound if rounding was asked for.
  func cost(
    _ column: String?, roundsUp: Bool, _ notes: inout [RowNote]
  ) throws(RowProblem) -> EntryCost? {
    guard let column, let text = try text(column) else { return nil }
    let shown = ShownText.of(text)
    do throws(NumberText.Refusal) {
      return .exact(try NumberText.money(text))
    } catch {
      switch error {
      case .notANumber: throw .notMoney(column: column, text: shown)
      case .negative: throw .negativeMoney(column: column, text: shown)
      case .tooLarge: throw .moneyTooLarge(column: column, text: shown)
      case .fraction(let roundedUp):
        guard roundsUp else { throw .moneyTooFine(column: column, text: shown) }
        notes.append(.roundedUp)
        return .atMost(roundedUp)
      }
    }
  }
}
