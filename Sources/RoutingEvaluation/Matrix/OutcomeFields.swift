import PolicyDiagnostics
import PolicySemantics
import PolicyUnits
import RoutingRuntime

/// The values of one row as they are met, each checked by its name.
struct OutcomeFields {
  let place: String
  private let line: Int
  private var id: String?
  private var model: String?
  private var cell: OutcomeCell
  private var input: Int64?
  private var cached: Int64?
  private var output: Int64?
  private var gates: [String: RecordedGate] = [:]
  private var gateInput: [String: Int64] = [:]
  private var gateOutput: [String: Int64] = [:]

  static let names = [
    "id", "model", "answer", "score", "input_tokens", "cached_input_tokens", "output_tokens",
    "latency_ms", "finish", "failure",
  ]

  init(place: String, line: Int) {
    self.place = place
    self.line = line
    cell = OutcomeCell(line: line)
  }

  mutating func add(_ value: MatrixValue, _ name: String) throws(EvaluationProblem) {
    if case .nothing = value { return }
    switch name {
    case "id": id = try label(value, name)
    case "model": model = try label(value, name)
    case "answer": cell.answer = try text(value, name)
    case "score": cell.score = try score(value, name)
    case "input_tokens": input = try count(value, name)
    case "cached_input_tokens": cached = try count(value, name)
    case "output_tokens": output = try count(value, name)
    case "latency_ms": cell.latency = Milliseconds(try count(value, name))
    case "finish": cell.finish = try word(value, name)
    case "failure": cell.failure = try word(value, name)
    default: try addGate(value, name)
    }
  }

  private mutating func addGate(
    _ value: MatrixValue, _ name: String
  ) throws(EvaluationProblem) {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count >= 2, parts[0] == "gate", !parts[1].isEmpty else {
      throw EvaluationProblem("\(place): \(Self.unknown(name))")
    }
    switch (parts.count, parts.last) {
    case (2, _): gates[parts[1]] = RecordedGate(try result(value, name))
    case (3, "input_tokens"): gateInput[parts[1]] = try count(value, name)
    case (3, "output_tokens"): gateOutput[parts[1]] = try count(value, name)
    case (_, _): throw EvaluationProblem("\(place): \(Self.unknown(name))")
    }
  }

  static func unknown(_ name: String) -> String {
    let near = NearName.of(name, among: names).map { "; did you mean `\($0)`?" }
    return "an outcome has no `\(name.harmless)`"
      + (near ?? "; it has \(names.joined(separator: ", ")), and `gate.NAME`")
  }

  func row() throws(EvaluationProblem) -> MatrixRow {
    guard let id else { throw EvaluationProblem("\(place): `id` is missing: which question?") }
    guard let model else { throw EvaluationProblem("\(place): `model` is missing: who answered?") }
    var cell = cell
    cell.gates = gates
    cell.usage = try usage(input, cached ?? 0, output, "input_tokens", "output_tokens")
    for (gate, recorded) in gates {
      var recorded = recorded
      recorded.usage = try usage(
        gateInput[gate], 0, gateOutput[gate] ?? (gateInput[gate] == nil ? nil : 0),
        "gate.\(gate).input_tokens", "gate.\(gate).output_tokens")
      cell.gates[gate] = recorded
    }
    if let stray = Set(gateInput.keys).union(gateOutput.keys).first(where: { gates[$0] == nil }) {
      throw EvaluationProblem("\(place): `gate.\(stray.harmless)` has tokens and said nothing")
    }
    guard !cell.saysNothing else {
      throw EvaluationProblem("\(place): it has no `answer`, no `score` and no `failure`")
    }
    guard cell.failure == nil || cell.answer == nil && cell.score == nil && gates.isEmpty else {
      throw EvaluationProblem("\(place): a call that failed has no answer, score or gates")
    }
    return MatrixRow(id: id, model: model, cell: cell)
  }

  private func usage(
    _ input: Int64?, _ cached: Int64, _ output: Int64?, _ first: String, _ second: String
  ) throws(EvaluationProblem) -> Usage? {
    switch (input, output) {
    case (nil, nil): return nil
    case (let input?, let output?):
      guard cached <= input else {
        throw EvaluationProblem("\(place): `cached_input_tokens` is a part of `input_tokens`")
      }
      return Usage(input: input, cachedInput: cached, output: output)
    case (nil, _?), (_?, nil):
      throw EvaluationProblem("\(place): `\(first)` and `\(second)` go together")
    }
  }

  // MARK: - Values

  private func text(_ value: MatrixValue, _ name: String) throws(EvaluationProblem) -> String {
    switch value {
    case .text(let text): return text
    case .nothing, .bool, .number, .other:
      throw EvaluationProblem("\(place): `\(name)` is a text")
    }
  }

  /// An id or a model: a number is taken by its digits.
  private func label(_ value: MatrixValue, _ name: String) throws(EvaluationProblem) -> String {
    if case .number(let millionths?, true) = value, millionths.isMultiple(of: 1_000_000) {
      return String(millionths / 1_000_000)
    }
    let text = try text(value, name)
    guard !text.isEmpty else { throw EvaluationProblem("\(place): `\(name)` is empty") }
    return text
  }

  private func count(_ value: MatrixValue, _ name: String) throws(EvaluationProblem) -> Int64 {
    guard let (millionths, isExact) = value.millionths, isExact, millionths >= 0,
      millionths.isMultiple(of: 1_000_000), millionths / 1_000_000 <= 1_000_000_000
    else {
      throw EvaluationProblem(
        "\(place): `\(name)` is a whole number from 0 to 1,000,000,000; leave it out if it is unknown"
      )
    }
    return millionths / 1_000_000
  }

  private func score(_ value: MatrixValue, _ name: String) throws(EvaluationProblem) -> Score {
    switch value {
    case .bool(true), .text("true"): return Score(millionths: 1_000_000)
    case .bool(false), .text("false"): return Score(millionths: 0)
    case .nothing, .text, .number, .other: break
    }
    // Rounded as what a gate's service says is: JSON writers print a third with sixteen digits.
    guard let (millionths, _) = value.millionths, (0...1_000_000).contains(millionths) else {
      throw EvaluationProblem("\(place): `\(name.harmless)` is a number from 0 to 1")
    }
    return Score(millionths: millionths)
  }

  /// `true` and `false` are a verdict, a number is a score, `failed` is that it could not tell.
  private func result(
    _ value: MatrixValue, _ name: String
  ) throws(EvaluationProblem) -> GateResult {
    switch value {
    case .bool(let verdict): return .verdict(verdict)
    case .text("true"): return .verdict(true)
    case .text("false"): return .verdict(false)
    case .text("failed"): return .failed
    case .number, .text: return .score(try score(value, name))
    case .nothing, .other:
      throw EvaluationProblem(
        "\(place): `\(name.harmless)` is a score from 0 to 1, true or false, or \"failed\"")
    }
  }

  private func word<Word: RawRepresentable & CaseIterable>(
    _ value: MatrixValue, _ name: String
  ) throws(EvaluationProblem) -> Word where Word.RawValue == String {
    if case .text(let text) = value, let word = Word(rawValue: text) { return word }
    let all = Word.allCases.map(\.rawValue).joined(separator: ", ")
    throw EvaluationProblem("\(place): `\(name)` is one of \(all)")
  }
}
