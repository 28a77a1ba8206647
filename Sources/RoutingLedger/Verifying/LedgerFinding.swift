import Foundation
import PolicyUnits
package import RoutingBudgets

/// Something in a ledger that is not as it was written.
package enum LedgerFinding: Hashable, Sendable {
  /// A page of the file does not match its checksum: something other than rung changed it.
  ///
  /// With `isInLog` the write-ahead log holds the page whole, so nothing is lost.
  case page(Int, isInLog: Bool)
  /// The file does not end at the end of a page.
  case fileSize(Int64)
  /// The write-ahead log is not as it was written from this frame on, counted from 1; 0 is its header.
  case log(frame: Int)
  /// SQLite's own check.
  case structure(String)
  /// The file cannot be read as a ledger.
  case unreadable(String)
  /// The row's columns are not what its hash covers.
  case row(sequence: Int64)
  /// A column of the row holds what no row can hold.
  case malformed(sequence: Int64, column: String)
  /// Rows between these are missing.
  case gap(after: Int64, before: Int64)
  /// The rating's columns are not what its hash covers.
  case rating(sequence: Int64)
  /// A column of the rating holds what no rating can hold.
  case malformedRating(sequence: Int64, column: String)
  /// Ratings between these are missing.
  case ratingGap(after: Int64, before: Int64)
  /// There are not as many ratings as were written.
  case ratingCount(kept: Int64, written: Int64)
  /// Two rows are of one request.
  case doubled(request: String)
  /// Attempts, gates, charges or ratings that belong to no row.
  case strays(table: String, count: Int)
  /// A counter is not the sum of its charges.
  case counter(budget: String, owner: String, window: String)
  /// The head is missing although rows were committed.
  case headMissing
  /// The head's file is not as it was written.
  case headDamaged
  /// Acknowledged rows are missing at the end, and the commits that held them.
  case missingAtEnd(rows: Int64, commits: Int64)
  /// The row the head names has another hash: history was written anew.
  case headMismatch(sequence: Int64)
  /// No row has the hash that was expected.
  case expectedHeadAbsent
  /// It was opened once when acknowledged rows were missing, and went on without them.
  case knownLoss(at: Timestamp, rows: Int64, commits: Int64)

  /// Whether every row that was acknowledged is there and true all the same.
  package var isHarmless: Bool {
    switch self {
    case .page(_, let isInLog): isInLog
    case .knownLoss: true
    case .fileSize, .log, .structure, .unreadable, .row, .malformed, .gap, .rating,
      .malformedRating, .ratingGap, .ratingCount, .doubled, .strays, .counter, .headMissing,
      .headDamaged, .missingAtEnd, .headMismatch, .expectedHeadAbsent:
      false
    }
  }
}

extension LedgerFinding: CustomStringConvertible {
  /// One line that names the place.
  package var description: String {
    switch self {
    case .page(let page, let isInLog):
      "page \(page) was changed by something other than rung"
        + (isInLog ? "; the write-ahead log holds it whole" : "")
    case .fileSize(let size): "the file's \(size) bytes are no whole number of pages"
    case .log(let frame):
      frame == 0
        ? "the write-ahead log's header is damaged"
        : "the write-ahead log is damaged from frame \(frame) on"
    case .structure(let line): "structure: \(line)"
    case .unreadable(let reason): "it cannot be read: \(reason)"
    case .row(let sequence): "row \(sequence) is not what was written"
    case .malformed(let sequence, let column):
      "row \(sequence): column `\(column)` holds what rung never writes"
    case .gap(let after, let before):
      "\(Amounts.count(before - after - 1, "row")) \(before - after == 2 ? "is" : "are") missing "
        + "between row \(after) and row \(before)"
    case .rating(let sequence): "rating \(sequence) is not what was written"
    case .malformedRating(let sequence, let column):
      "rating \(sequence): column `\(column)` holds what rung never writes"
    case .ratingGap(let after, let before):
      "ratings are missing between rating \(after) and rating \(before)"
    case .ratingCount(let kept, let written):
      "\(Amounts.count(written, "rating")) \(written == 1 ? "was" : "were") written, \(kept) "
        + "\(kept == 1 ? "is" : "are") there"
    case .doubled(let request): "request \(request) has more than one row"
    case .strays(let table, let count):
      "\(Amounts.count(count, "line")) in `\(table)` \(count == 1 ? "belongs" : "belong") to no row"
    case .counter(let budget, let owner, let window):
      "the counter of `\(budget)`\(owner.isEmpty ? "" : " for \(owner)") in \(window) "
        + "is not the sum of its charges"
    case .headMissing: "the head is missing: rows lost at the end would not be noticed"
    case .headDamaged: "the head is damaged"
    case .missingAtEnd(let rows, let commits):
      "\(rows) acknowledged rows are missing at the end (\(commits) commits)"
    case .headMismatch(let sequence): "row \(sequence) is not the one the head names"
    case .expectedHeadAbsent: "no row has the expected hash"
    case .knownLoss(let time, let rows, let commits):
      "\(rows) acknowledged rows (\(commits) commits) were missing when it was opened at "
        + Date(timeIntervalSince1970: Double(time.milliseconds) / 1000).formatted(.iso8601)
    }
  }
}
