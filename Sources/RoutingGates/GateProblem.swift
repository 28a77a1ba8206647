package import PolicySource
package import TextPatterns

/// A gate that cannot be judged as it is written.
package struct GateProblem: Error, Sendable {
  package let gate: String
  package let reason: Reason
  package let span: Span

  init(gate: String, _ reason: Reason, span: Span) {
    self.gate = gate
    self.reason = reason
    self.span = span
  }

  package enum Reason: Sendable {
    case pattern(PatternProblem)
    case missingFile(String)
    case schema(String, SchemaProblem)
  }

  /// One line, lower case, without a full stop.
  package var message: String {
    switch reason {
    case .pattern(let problem): "gate `\(gate)`: \(problem.message)"
    case .missingFile(let file): "gate `\(gate)`: there is no file `\(file)`"
    case .schema(let file, let problem): "gate `\(gate)`: `\(file)`: \(problem.message)"
    }
  }
}
