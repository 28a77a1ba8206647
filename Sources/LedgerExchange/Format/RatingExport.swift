import JSONWriting
import PolicyUnits
import RoutingBudgets
package import RoutingLedger

/// The columns of an exported rating, in their order; JSON has the same names.
package enum RatingField: String, Hashable, Sendable, CaseIterable {
  case format, sequence, hash
  /// The rated request.
  case id
  case time, tenant, user, key, rating, score
  case scoreMillionths = "score_millionths"
  /// Whether it is the newest of its rater for the request.
  case counts
  case comment

  /// Names that only lines of ratings have together.
  static let marks: Set<String> = [
    format.rawValue, scoreMillionths.rawValue, counts.rawValue,
  ]
}

/// Writes ratings as lines, for other programs; they are not imported again.
///
/// The same ratings always make the same bytes.
package struct RatingExport: Sendable {
  private let format: EntryExport.Format
  private var csv: CSVWriter

  package init(_ format: EntryExport.Format, guarded: Bool = true) {
    self.format = format
    csv = CSVWriter(isGuarded: guarded)
  }

  /// What stands before the first rating: a header in CSV, nothing in JSON.
  package mutating func header() -> [UInt8] {
    guard format == .csv else { return [] }
    csv.line(RatingField.allCases.map { Cell.text($0.rawValue) })
    return csv.take()
  }

  package mutating func line(of rating: ReadRating) -> [UInt8] {
    switch format {
    case .csv:
      csv.line(
        RatingField.allCases.map { Self.cell($0, of: rating, isGuarded: csv.isGuarded) })
      return csv.take()
    case .jsonl: return Self.json(rating) + [0x0A]
    }
  }

  /// A rating as one object of JSON.
  package static func json(_ rating: ReadRating) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      for field in RatingField.allCases {
        json.key(field.rawValue)
        cell(field, of: rating, isGuarded: true).write(to: &json)
      }
    }
    return json.bytes
  }

  private static func cell(
    _ field: RatingField, of read: ReadRating, isGuarded: Bool
  ) -> Cell {
    let entry = read.rating.entry
    return switch field {
    case .format: .text(isGuarded ? EntryFormat.ratings : EntryFormat.unguardedRatings)
    case .sequence: .integer(read.rating.sequence)
    case .hash: .text(Hex.text(read.rating.hash))
    case .id: .text(entry.request.description)
    case .time: ISOTime.text(entry.time).map { .text($0) } ?? .integer(entry.time.milliseconds)
    case .tenant: Cell(entry.rater.tenant)
    case .user: Cell(entry.rater.user)
    case .key: Cell(entry.rater.key)
    case .rating: .text(entry.rating.word)
    case .score: .text(Amounts.text(Score(millionths: entry.rating.millionths)))
    case .scoreMillionths: .integer(entry.rating.millionths)
    case .counts: .bool(read.counts)
    case .comment: Cell(entry.comment)
    }
  }
}
