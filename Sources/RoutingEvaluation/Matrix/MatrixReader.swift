import JSONReading
import LedgerExchange
import PolicyDiagnostics
import PolicySemantics
import PolicyUnits
import RoutingRuntime

/// Hands out the rows of a matrix file, one after the other.
struct MatrixReader {
  private let path: String
  private var source: Source

  private enum Source {
    case lines([(number: Int, line: ArraySlice<UInt8>)], next: Int)
    case records(CSVReader, MatrixColumns)
    case unread(CSVReader)
  }

  init(_ bytes: [UInt8], path: String, isJSON: Bool) {
    self.path = path
    if isJSON {
      source = .lines(TextLines.all(of: bytes), next: 0)
    } else {
      var given = false
      source = .unread(
        CSVReader { () throws(ImportFailure) -> [UInt8] in
          defer { given = true }
          return given ? [] : Array(TextLines.unmarked(bytes))
        })
    }
  }

  /// Nil at the end; throws if no row of the file can be read.
  mutating func next() throws(EvaluationProblem) -> Result<MatrixRow, EvaluationProblem>? {
    switch source {
    case .lines(let lines, let next):
      guard next < lines.count else { return nil }
      source = .lines(lines, next: next + 1)
      let (number, line) = lines[next]
      return row(Array(line), number)
    case .unread(var reader):
      guard let header = try record(&reader) else { return nil }
      source = .records(reader, try MatrixColumns(header, path))
      return try self.next()
    case .records(var reader, let columns):
      guard let record = try record(&reader) else { return nil }
      source = .records(reader, columns)
      do throws(EvaluationProblem) {
        return .success(try columns.row(of: record, path))
      } catch {
        return .failure(error)
      }
    }
  }

  private func record(_ reader: inout CSVReader) throws(EvaluationProblem) -> CSVRecord? {
    do throws(ImportFailure) {
      return try reader.next()
    } catch {
      throw EvaluationProblem("\(path): \(error)")
    }
  }

  // MARK: - JSON

  private func row(_ line: [UInt8], _ number: Int) -> Result<MatrixRow, EvaluationProblem> {
    let place = "\(path):\(number)"
    do throws(JSONProblem) {
      let root = try JSONText(line).root
      do throws(EvaluationProblem) {
        return .success(try Self.row(root, number, place))
      } catch {
        return .failure(error)
      }
    } catch {
      return .failure(EvaluationProblem("\(place): \(error.description)"))
    }
  }

  private static func row(
    _ root: JSONValue, _ number: Int, _ place: String
  ) throws(EvaluationProblem) -> MatrixRow {
    guard root.kind == .object else {
      throw EvaluationProblem("\(place): an outcome is an object with `id` and `model`")
    }
    var fields = OutcomeFields(place: place, line: number)
    for (key, value) in root.members {
      let name = key.string ?? ""
      switch name {
      case "gates":
        guard value.kind == .object else {
          throw EvaluationProblem("\(place): `gates` is an object such as {\"helpful\": 0.84}")
        }
        for (gate, said) in value.members { try add(said, of: gate.string ?? "", to: &fields) }
      case "usage": try add(usage: value, to: &fields)
      default: try fields.add(MatrixValue(value), name)
      }
    }
    return try fields.row()
  }

  /// `0.84`, `true`, or `{"score": 0.84, "input_tokens": 600, "output_tokens": 3}`.
  private static func add(
    _ value: JSONValue, of gate: String, to fields: inout OutcomeFields
  ) throws(EvaluationProblem) {
    guard value.kind == .object else {
      try fields.add(MatrixValue(value), "gate." + gate)
      return
    }
    for (key, part) in value.members {
      switch key.string ?? "" {
      case "score", "verdict", "failed": try fields.add(MatrixValue(part), "gate." + gate)
      case let name: try fields.add(MatrixValue(part), "gate.\(gate).\(name)")
      }
    }
  }

  /// OpenAI's own object.
  private static func add(
    usage value: JSONValue, to fields: inout OutcomeFields
  ) throws(EvaluationProblem) {
    guard let input = value["prompt_tokens"], let output = value["completion_tokens"] else {
      throw EvaluationProblem(
        "\(fields.place): `usage` has `prompt_tokens` and `completion_tokens`")
    }
    try fields.add(MatrixValue(input), "input_tokens")
    try fields.add(MatrixValue(output), "output_tokens")
    if let cached = value["prompt_tokens_details"]?["cached_tokens"], !cached.isNull {
      try fields.add(MatrixValue(cached), "cached_input_tokens")
    }
  }
}

/// A value of a row, from JSON or a cell of CSV.
enum MatrixValue {
  case nothing
  case text(String)
  case bool(Bool)
  /// In millionths; nil if it does not fit, and not exact if it was rounded.
  case number(millionths: Int64?, isExact: Bool)
  case other

  init(_ json: JSONValue) {
    switch json.kind {
    case .null: self = .nothing
    case .string: self = .text(json.string ?? "")
    case .true: self = .bool(true)
    case .false: self = .bool(false)
    case .number:
      let scaled = json.scaled(by: 6)
      self = .number(millionths: scaled?.value, isExact: scaled?.isExact ?? false)
    case .array, .object: self = .other
    }
  }

  /// As a number, also where it stands in a cell of CSV.
  var millionths: (value: Int64, isExact: Bool)? {
    switch self {
    case .number(let value?, let isExact): return (value, isExact)
    case .text(let text):
      let bytes = Array(text.utf8)
      let isPlain = bytes.allSatisfy { $0.isDigit || "+-.eE".utf8.contains($0) }
      guard isPlain, let json = try? JSONText(bytes), json.root.kind == .number,
        let scaled = json.root.scaled(by: 6)
      else { return nil }
      return (scaled.value, scaled.isExact)
    case .nothing, .bool, .other, .number: return nil
    }
  }
}
