import GRDB
import RoutingBudgets

// Columns of the second format: a file of the first, opened only to be read, has none of them.
extension RowReader {
  func readSecond(_ row: Row, into entry: inout LedgerEntry) throws {
    guard row.hasColumn("parent") else { return }
    if let text: String = try optional(row, "parent") {
      guard let parent = RequestID(text) else { throw Malformed(column: "parent") }
      entry.parent = parent
    }
    entry.commitPoint = try optional(row, "commit_point")
  }

  func role(_ row: Row) throws -> AttemptEntry.Role {
    guard row.hasColumn("role") else { return .answer }
    guard let role = AttemptEntry.Role(rawValue: try value(row, "role")) else {
      throw Malformed(column: "role")
    }
    return role
  }
}
