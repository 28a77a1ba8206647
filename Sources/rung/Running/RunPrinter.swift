import Synchronization

/// Prints rows as they end: as text in the order of the requests, as JSON lines at once.
///
/// A row that is printed is committed.
final class RunPrinter: Sendable {
  private struct State: Sendable {
    var rows: [RunRow?]
    /// The first row that is not printed yet.
    var next = 0
  }

  private let report: RunReport
  private let format: OutputFormat
  private let state: Mutex<State>

  init(_ report: RunReport, _ format: OutputFormat, count: Int) {
    self.report = report
    self.format = format
    state = Mutex(State(rows: Array(repeating: nil, count: count)))
  }

  func add(_ row: RunRow, at index: Int) {
    state.withLock { state in
      state.rows[index] = row
      switch format {
      case .json: Terminal.out(report.json(of: row))
      case .text:
        while state.next < state.rows.count, let row = state.rows[state.next] {
          print(row, at: state.next, of: state.rows.count)
          state.next += 1
        }
      }
    }
  }

  /// Prints what is left, and the table; gives back all rows there are.
  func finish() -> [RunRow] {
    state.withLock { state in
      let rows = state.rows.compactMap(\.self)
      guard format == .text else { return rows }
      // An interruption leaves gaps.
      for index in state.next..<max(state.next, state.rows.count) {
        if let row = state.rows[index] { print(row, at: index, of: state.rows.count) }
      }
      if state.rows.count > 1 { Terminal.out(report.table(of: rows)) }
      return rows
    }
  }

  private func print(_ row: RunRow, at index: Int, of count: Int) {
    Terminal.out(report.text(of: row, number: index + 1, of: count))
  }
}
