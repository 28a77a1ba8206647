import JSONReading

/// A number an answer must end up with: its last number is held against it, exactly.
struct StatedNumber: Hashable, Sendable {
  /// In billionths, as the tolerance.
  private let value: Int64
  private let tolerance: Int64

  /// `42`, or `{"is": 42, "within": 0.5}`.
  init(_ json: JSONValue, _ name: String) throws(EvaluationProblem) {
    let words = "\(name): `number` takes a number, or {\"is\": 42, \"within\": 0.5}"
    let stated = json.kind == .object ? json["is"] : json
    guard let value = stated?.scaled(by: WrittenNumber.places), value.isExact else {
      throw EvaluationProblem(words + " of at most nine digits before and after the point")
    }
    self.value = value.value
    guard json.kind == .object, let within = json["within"] else {
      tolerance = 0
      return
    }
    guard let tolerance = within.scaled(by: WrittenNumber.places), tolerance.isExact,
      tolerance.value >= 0
    else { throw EvaluationProblem(words + ", where `within` is not negative") }
    self.tolerance = tolerance.value
  }

  func holds(of answer: String) -> Bool {
    // Models write a minus as typographers do.
    let answer = answer.replacing("\u{2212}", with: "-")
    guard let last = WrittenNumber.last(in: Array(answer.utf8)) else { return false }
    return last.floor >= Int128(value) - Int128(tolerance)
      && last.ceiling <= Int128(value) + Int128(tolerance)
  }
}
