import RoutingRuntime

/// What each model said to each question, recorded once.
package struct OutcomeMatrix: Sendable {
  package let path: String
  /// In the order they are met.
  package private(set) var models: [String] = []
  /// Names of all gates that have spoken, sorted.
  package var gates: [String] { verdicts.keys.sorted() }
  /// How many answers each gate has spoken about.
  package private(set) var verdicts: [String: Int] = [:]
  /// The first line in which a gate gave a score, and in which it gave a yes or no.
  package private(set) var scoredAt: [String: Int] = [:]
  package private(set) var decidedAt: [String: Int] = [:]
  private var cells: [String: [String: OutcomeCell]] = [:]
  package private(set) var count = 0

  /// The most rows of a matrix.
  package static let largest = 2_000_000

  /// Reads JSON lines or CSV, by the first character; every row is looked at and the first ten that
  /// are none are named.
  ///
  /// O(bytes); the answers stay in memory.
  package init(_ bytes: [UInt8], path: String) throws(EvaluationProblem) {
    self.path = path
    var problems: [String] = []
    let first = bytes.first { $0 > 0x20 && $0 < 0x80 }
    var reader = MatrixReader(bytes, path: path, isJSON: first == UInt8(ascii: "{"))
    while let row = try reader.next() {
      switch row {
      case .success(let row):
        guard count < Self.largest else {
          throw EvaluationProblem("\(path): more than 2,000,000 rows: give a part of them")
        }
        if let first = add(row) {
          problems.append(
            "\(path):\(row.cell.line): `\(row.model.harmless)` has answered `\(row.id.harmless)` in "
              + "line \(first) already: keep one of the two")
        }
      case .failure(let problem): problems.append(problem.description)
      }
      // A file of another kind would name each of its lines.
      if problems.count > 1_000 { break }
    }
    guard problems.isEmpty else { throw EvaluationProblem(all: problems) }
    guard count > 0 else {
      throw EvaluationProblem(
        "\(path): no outcomes; a row has `id`, `model`, and `answer`, `score` or `failure`")
    }
  }

  /// The line that had the cell before; nil if it is new.
  private mutating func add(_ row: MatrixRow) -> Int? {
    if let old = cells[row.id]?[row.model] { return old.line }
    if !models.contains(row.model) { models.append(row.model) }
    for (gate, said) in row.cell.gates {
      verdicts[gate, default: 0] += 1
      switch said.result {
      case .score: scoredAt[gate] = scoredAt[gate] ?? row.cell.line
      case .verdict: decidedAt[gate] = decidedAt[gate] ?? row.cell.line
      case .failed: break
      }
    }
    cells[row.id, default: [:]][row.model] = row.cell
    count += 1
    return nil
  }

  /// Nil if nobody asked that model this question.
  package subscript(id: String, model: String) -> OutcomeCell? { cells[id]?[model] }

  /// Ids that are in the matrix and not among these, sorted.
  package func ids(outside known: Set<String>) -> [String] {
    cells.keys.filter { !known.contains($0) }.sorted()
  }

  /// The least line that has this id; for messages.
  package func line(of id: String) -> Int? { cells[id]?.values.map(\.line).min() }
}

/// A row as it was read.
struct MatrixRow: Sendable {
  let id: String
  let model: String
  let cell: OutcomeCell
}
