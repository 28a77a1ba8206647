/// Why a file cannot be imported at all; the words are beside it.
package enum ImportFailure: Error, Hashable, Sendable {
  case cannotRead(reason: String)
  /// A gzip archive.
  case compressed
  /// Not UTF-8.
  case notText
  case empty
  case badHeader(CSVProblem)
  case columnTwice(String)
  case otherSeparator(String)
  case tooLong(line: Int, limit: Int)
  /// Something follows the array.
  case trailing(line: Int)
  case noComma(line: Int)
  /// A column the format or the mapping needs is not there.
  case noColumn(String, near: String?, columns: [String])
  /// The columns are those of no format that is known.
  case unknownShape(columns: [String], suggestion: ColumnMapping?)
  /// The first record, which says what the file is, cannot be read.
  case badFirstRecord(line: Int, RowProblem)
  /// A line for each attempt cannot be made into rows again.
  case attemptsOnly
  /// Nor can one for each rating.
  case ratingsOnly
  /// A later version of Rung's own format.
  case laterFormat(String)
}

extension ImportFailure: CustomStringConvertible {
  /// One line that names the cure, without the file's name.
  package var description: String {
    switch self {
    case .cannotRead(let reason): "cannot be read: \(reason)"
    case .compressed: "is compressed: unpack it first, as with `gunzip -k`"
    case .notText: "is no text in UTF-8: write it out as UTF-8 CSV or JSON"
    case .empty: "is empty"
    case .badHeader(let problem): "has no header that can be read: \(problem.message)"
    case .columnTwice(let name): "has two columns named `\(name)`: rename one"
    case .otherSeparator(let separator):
      "has one column; it seems to be separated by `\(Self.shown(separator))`: write it with commas"
    case .tooLong(let line, let limit):
      "line \(line): one record over \(limit >> 20) MiB; write one record to a line"
    case .trailing(let line): "line \(line): something follows the array"
    case .noComma(let line): "line \(line): records of an array stand apart by commas"
    case .noColumn(let name, let near, let columns):
      "has no column `\(name)`" + (near.map { "; did you mean `\($0)`?" } ?? Self.list(columns))
    case .unknownShape(let columns, let suggestion): Self.unknown(columns, suggestion)
    case .badFirstRecord(let line, let problem): "line \(line): \(problem)"
    case .attemptsOnly:
      "holds a line for each attempt, which makes no rows: export again without --attempts"
    case .ratingsOnly:
      "holds a line for each rating, which makes no rows: export again without --ratings"
    case .laterFormat(let name):
      "is in the format `\(ShownText.of(name))`; this version reads `\(EntryFormat.name)`"
    }
  }

  private static func unknown(_ columns: [String], _ suggestion: ColumnMapping?) -> String {
    let names = columns.prefix(12).map { "`\(ShownText.of($0))`" }.joined(separator: ", ")
    let more = columns.count > 12 ? " and \(columns.count - 12) more" : ""
    guard let suggestion else {
      return "has the columns \(names)\(more): say with --columns which is what, as "
        + "time=…,input_tokens=…,output_tokens=…"
    }
    return "has the columns \(names)\(more); did you mean --columns \(shell(suggestion.text))?"
  }

  /// In quotes if a shell would cut it.
  private static func shell(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      byte == 0x2C || byte == 0x3D || byte == 0x2E || byte == 0x5F || byte == 0x2D
        || byte.isDigit || (0x61...0x7A).contains(byte | 0x20)
    }
    return isPlain ? text : "'" + ShownText.line(text.filter { $0 != "'" }) + "'"
  }

  private static func list(_ columns: [String]) -> String {
    guard !columns.isEmpty else { return "" }
    let names = columns.prefix(12).map { ShownText.of($0) }.joined(separator: ", ")
    return "; it has \(names)\(columns.count > 12 ? " …" : "")"
  }

  private static func shown(_ separator: String) -> String {
    separator == "\t" ? "a tab" : separator
  }
}

extension CSVProblem {
  package var message: String {
    switch self {
    case .strayQuote(let column): "field \(column) has a quote but does not begin with one"
    case .afterQuote(let column): "something follows the closing quote of field \(column)"
    case .openQuote(let column, let line, let last):
      "the quote of field \(column) opened on line \(line) never closes"
        + (last > line ? "; nothing up to line \(last) could be read" : "")
    case .tooLong(let limit): "a record over \(limit >> 20) MiB"
    }
  }
}
