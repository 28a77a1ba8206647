import LedgerExchange
import PolicyUnits
import RoutingBudgets
import RoutingLedger

/// Rows of the ledger as lines of at most a hundred characters.
///
/// The columns fit the first rows; texts of later ones are cut to them.
struct TailTable {
  private static let widest = 100
  private static let gap = "  "

  private struct Column {
    let title: String
    let isNumber: Bool
    /// What a narrow table may cut it to; nil for what is never cut.
    let least: Int?
    var width: Int
  }

  private static let nothing = "–"

  private var columns: [Column]
  /// The places of the columns that are shown.
  private var shown: [Int] = []
  private var hasHeader = false

  /// Columns nothing stands in are left out, unless later rows may fill them.
  init(_ rows: [ChainedEntry], keepsEmptyColumns: Bool) {
    columns = [
      Column(title: "REQUEST", isNumber: false, least: nil, width: 14),
      Column(title: "TIME (UTC)", isNumber: false, least: nil, width: 19),
      Column(title: "STATUS", isNumber: false, least: nil, width: 8),
      Column(title: "TENANT", isNumber: false, least: 6, width: 6),
      Column(title: "ROUTE", isNumber: false, least: 6, width: 6),
      Column(title: "MODEL", isNumber: false, least: 8, width: 8),
      Column(title: "TOKENS", isNumber: true, least: nil, width: 9),
      Column(title: "COST", isNumber: true, least: nil, width: 9),
    ]
    var filled: Set<Int> = []
    for row in rows {
      for (place, cell) in Self.cells(row).enumerated() {
        columns[place].width = max(columns[place].width, cell.count)
        if cell != Self.nothing { filled.insert(place) }
      }
    }
    shown = columns.indices.filter { place in
      keepsEmptyColumns || columns[place].least == nil || filled.contains(place)
    }
    narrow()
  }

  /// The row's line, after the header if it is the first.
  mutating func lines(of row: ChainedEntry) -> [String] {
    let line = line(Self.cells(row))
    guard !hasHeader else { return [line] }
    hasHeader = true
    return [self.line(columns.map(\.title)), line]
  }

  /// Cuts the widest of the columns that may be cut, one character at a time.
  private mutating func narrow() {
    while shown.reduce(0, { $0 + columns[$1].width + Self.gap.count }) - Self.gap.count
      > Self.widest
    {
      let candidates = shown.filter { place in
        columns[place].least.map { columns[place].width > $0 } ?? false
      }
      guard let place = candidates.max(by: { columns[$0].width < columns[$1].width }) else {
        return
      }
      columns[place].width -= 1
    }
  }

  private func line(_ cells: [String]) -> String {
    var line = shown.map { place in
      let column = columns[place]
      let cell = cells[place]
      let cut =
        cell.count > column.width && column.least != nil
        ? cell.prefix(column.width - 1) + "…" : Substring(cell)
      let space = String(repeating: " ", count: max(0, column.width - cut.count))
      return column.isNumber ? space + cut : cut + space
    }.joined(separator: Self.gap)
    while line.last == " " { line.removeLast() }
    return line
  }

  private static func cells(_ row: ChainedEntry) -> [String] {
    let entry = row.entry
    let time = ISOTime.text(entry.time).map { text in
      String(text.prefix(19).map { $0 == "T" ? " " : $0 })
    }
    return [
      String(entry.id.description.prefix(14)), time ?? "?", entry.status.rawValue,
      shown(entry.caller.tenant), shown(entry.route),
      shown(entry.modelServed ?? entry.modelAsked), tokens(entry), cost(entry),
    ]
  }

  private static func shown(_ text: String?) -> String {
    guard let text, !text.isEmpty else { return nothing }
    return ShownText.line(text)
  }

  private static func tokens(_ entry: LedgerEntry) -> String {
    guard let input = EntryCells.sum(entry, \.input),
      let output = EntryCells.sum(entry, \.output)
    else { return entry.attempts.isEmpty ? nothing : "?" }
    return "\(input)+\(output)"
  }

  private static func cost(_ entry: LedgerEntry) -> String {
    guard let money = entry.cost.money else { return "?" }
    let text = Amounts.text(money, currency: entry.currency)
    switch entry.cost.certainty {
    case .exact: return text
    case .atMost: return "≤ " + text
    case .unknown: return "?"
    }
  }
}
