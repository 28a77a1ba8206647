import LedgerExchange

/// The first line of a matrix in CSV.
struct MatrixColumns: Sendable {
  private let names: [String]

  init(_ header: CSVRecord, _ path: String) throws(EvaluationProblem) {
    names = header.fields.map { ($0.text ?? "").trimmed }
    let place = "\(path):\(header.line)"
    guard names.contains("id"), names.contains("model") else {
      throw EvaluationProblem(
        "\(place): outcomes are lines of JSON, or CSV with the columns `id`, `model`, `answer` …")
    }
    for (index, name) in names.enumerated() {
      guard OutcomeFields.names.contains(name) || name.hasPrefix("gate.") else {
        throw EvaluationProblem("\(place): \(OutcomeFields.unknown(name))")
      }
      guard !names[..<index].contains(name) else {
        throw EvaluationProblem("\(place): two columns are called `\(name.harmless)`")
      }
    }
  }

  /// An empty cell without quotes is nothing.
  func row(of record: CSVRecord, _ path: String) throws(EvaluationProblem) -> MatrixRow {
    let place = "\(path):\(record.line)"
    guard record.problem == nil else {
      throw EvaluationProblem("\(place): a quote is out of place, or the record is over 16 MB")
    }
    guard record.fields.count == names.count else {
      throw EvaluationProblem(
        "\(place): the record has \(record.fields.count) cells and the first line \(names.count)")
    }
    var fields = OutcomeFields(place: place, line: record.line)
    for (name, field) in zip(names, record.fields) {
      guard let text = field.text else { throw EvaluationProblem("\(place): it is no UTF-8") }
      if text.isEmpty, !field.isQuoted || name != "answer" { continue }
      try fields.add(.text(text), name)
    }
    return try fields.row()
  }
}
