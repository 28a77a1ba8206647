import RoutingEvaluation

/// What an evaluation has to show, for whoever prints it.
struct EvalResult {
  let report: EvaluationReport
  /// Paths, in the order they were named.
  let policies: [String]
  let currency: String
  /// The matrix the answers are from; nil where they were asked for.
  let matrix: OutcomeMatrix?
  /// What was taken for granted.
  let assumptions: [String]
  /// What does not fit together, and stops nothing.
  let notes: [String]
}
