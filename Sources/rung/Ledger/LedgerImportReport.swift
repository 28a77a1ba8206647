import LedgerExchange
import PolicyUnits

/// What became of a file that was imported.
struct LedgerImportReport {
  enum Outcome: String {
    /// Every row is in the ledger.
    case imported
    /// Nothing was kept, because something could not be read.
    case refused
    /// Only read.
    case looked
    /// Stopped with Ctrl-C; what was kept stays.
    case interrupted
  }

  /// How many refused records are shown to people.
  static let most = 10

  let file: String
  let ledger: String
  let source: ImportSource
  let currency: String
  var kind = ImportKind.rung
  var tally = ImportTally(showing: 0)
  var outcome = Outcome.looked
  var imported = 0
  /// Rows an earlier import that was cut off had kept.
  var alreadyThere = 0
  var first: Int64?
  var last: Int64?

  init(file: String, ledger: String, source: ImportSource, currency: String) {
    self.file = file
    self.ledger = ledger
    self.source = source
    self.currency = currency
  }

  var text: String {
    var lines = ["\(file): \(Self.count(tally.records, "record")) as \(kind.word)" + span]
    if tally.rows > 0 {
      lines.append("  tokens  \(grouped(tally.inputTokens)) in, \(grouped(tally.outputTokens)) out")
      lines.append("  cost    \(cost)")
    }
    for note in RowNote.allCases {
      if let count = tally.notes[note] {
        lines.append("  note    \(Self.count(count, "row")): \(note.words)")
      }
    }
    lines += refusals
    lines.append(ending)
    return lines.joined(separator: "\n")
  }

  private var span: String {
    guard let earliest = tally.earliest.flatMap({ ISOTime.text($0) }),
      let latest = tally.latest.flatMap({ ISOTime.text($0) })
    else { return "" }
    return ", \(earliest) to \(latest)"
  }

  private var cost: String {
    var parts: [String] = []
    if tally.exact > 0 { parts.append(amount(tally.exact)) }
    if tally.atMost > 0 { parts.append("at most \(amount(tally.atMost)) more") }
    if tally.unknownCosts > 0 {
      parts.append("unknown for \(Self.count(tally.unknownCosts, "row"))")
    }
    return parts.isEmpty ? amount(0) : parts.joined(separator: ", ")
  }

  private var refusals: [String] {
    guard tally.refused > 0 else { return [] }
    var lines = ["  refused \(Self.count(tally.refused, "record")):"]
    lines += tally.problems.map { "    line \($0.line): \($0.problem)" }
    if tally.refused > tally.problems.count {
      let codes = tally.refusedByCode.sorted {
        $0.value > $1.value || $0 < $1 && $0.value == $1.value
      }
      lines.append(
        "    in all: " + codes.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
          + " (--format json shows each)")
    }
    return lines
  }

  private var ending: String {
    switch outcome {
    case .refused:
      "nothing was kept: cure the file, or take the other \(Self.count(tally.rows, "row")) with --partial"
    case .looked: "\(Self.count(tally.rows, "row")) would be kept in \(ledger)"
    case .interrupted:
      "stopped: \(Self.count(imported, "row")) of \(tally.rows) kept; the same import again goes on"
    case .imported:
      Self.count(imported, "row") + " kept in \(ledger)" + places
        + (alreadyThere > 0
          ? ", behind \(Self.count(alreadyThere, "row")) of an import that was cut off" : "")
    }
  }

  private var places: String {
    guard let first, let last else { return "" }
    return first == last ? " at place \(first)" : " at places \(first) to \(last)"
  }

  private func amount(_ nanos: Int128) -> String {
    let money = Money(nanos: Int64(clamping: nanos))
    return Amounts.text(money, currency: currency)
  }

  private func grouped(_ count: Int128) -> String { Amounts.grouped(Int64(clamping: count)) }

  static func count(_ count: Int, _ noun: String) -> String {
    Amounts.count(count, noun)
  }
}
