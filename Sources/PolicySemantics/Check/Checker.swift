import PolicyDiagnostics
import PolicySource
import PolicySyntax
import PolicyUnits
import TextPatterns

/// One check of one policy: the names in scope, what was found, and what each declaration reads.
///
/// Built up by the extensions beside it, one per kind of declaration, and then dropped.
struct Checker {
  let declared: Declared
  let sources: SourceMap
  /// The policy's own file; files named in it keep their path as written.
  let policy: SourceID?
  let files: [String: PolicyTextFile]
  /// Whether parts of the files could not be read: then nothing is reported as absent.
  let isIncomplete: Bool
  /// Whether an import could not be read: then it may have declared any unknown name.
  let lacksImports: Bool
  var scope: Scope
  var report: Report
  /// What the declaration now being checked reads; see ``Dependencies``.
  var reads: [Dependency] = []
  var dependencies = Dependencies()
  var budgetReads: [BudgetReads] = []
  var guardReads: [GuardReads] = []
  var ladderBounds: [LadderBound] = []
  /// Every place that can lead to a paid call.
  var calls: [PaidCall] = []
  /// Where the field now being compared stands, for cures that change it.
  var subjectSpan: Span?
  var patternProblems: [TextPattern: PatternProblem?] = [:]
  var titles: [String: Span] = [:]
  /// By `GateID`: whether the gate is a score, and which way is better.
  var gateKinds: [GateKind] = []
  /// The gates and models that the gate now being checked reads.
  var gateReads: [GateID] = []
  var gateModels: [ModelID] = []
  /// Whether it holds the answer against a score of its own.
  var gateScores = false
  /// By `GateID`: what each gate reads.
  var gateLinks: [GateLinks] = []
  /// Whether it was said that the policy names no zone.
  var saidNoZone = false
  /// By `PointsID`: the sum of all lines.
  var pointTotals: [Int64] = []
  /// By `FactID` and `ClassifierID`.
  var factTypes: [CheckedFact.FactType] = []
  var classifierLabels: [[String]] = []

  var vocabulary: Vocabulary? { scope.vocabulary }

  mutating func add(_ problem: some Problem, at span: Span) { report.add(problem, at: span) }

  /// The text as written.
  func written(_ span: Span) -> String { sources.text(of: span) }

  /// Runs `body` and returns what it read, in the order it read.
  mutating func collectingReads<Result>(
    _ body: (inout Checker) -> Result
  ) -> (result: Result, reads: [Dependency]) {
    let outer = reads
    reads = []
    let result = body(&self)
    let collected = reads
    reads = outer
    return (result, collected)
  }
}

/// What a condition may depend on beside the request itself.
enum Dependency: Hashable, Sendable {
  case condition(ConditionID)
  case points(PointsID)
  case tasks
  case classifier(ClassifierID)
  case budget(BudgetID)
}

/// A model or embedder that the policy can call, and the place that says so.
struct PaidCall: Sendable {
  enum Callee: Hashable, Sendable {
    case model(ModelID)
    case embedder(EmbedderID)
    case requested
  }

  let callee: Callee
  let span: Span
}

/// Whether a gate decides or scores.
enum GateKind: Hashable, Sendable {
  case decides
  case scores(higherIsBetter: Bool)
}

/// The gates and models a gate reads itself.
struct GateLinks: Sendable {
  let gates: [GateID]
  let models: [ModelID]
  /// Whether it has a score of its own: somebody gives it, or does not.
  let scores: Bool
}
