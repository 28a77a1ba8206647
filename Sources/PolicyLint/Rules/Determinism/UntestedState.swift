package import PolicyDiagnostics
import PolicySemantics
import PolicySource

/// A condition on the clock, a budget or a model's health that no test sets.
package enum UntestedState: LintRule {
  package static let page = DiagnosticPage(
    DiagnosticCode("untested_state"), .warning,
    finds: """
      A condition on `hour`, `weekday`, `date`, a budget or `healthy(…)` in a policy whose tests never \
      set it; a note in a policy without tests.
      """,
    why: """
      The clock and the state of a budget are no part of a request. A test that leaves them out runs \
      with the clock at one moment and with budgets untouched, so it only ever sees one side of such \
      a condition; the other side is seen first at night, or when the money runs out.
      """,
    wrong: LintSample.policy(
      """
      budget daily = $20 per tenant per day
      route saving when daily.used >= 80% { use small }
      test "an ordinary question" {
        request { question = "what is a budget?" }
        expect  { route = otherwise }
      }
      """),
    instead: LintSample.policy(
      """
      budget daily = $20 per tenant per day
      route saving when daily.used >= 80% { use small }
      test "a question when most is spent" {
        request { question = "what is a budget?" }
        given   { daily.used = 85% }
        expect  { route = saving }
      }
      """),
    fix: "Write a test that sets it: `hour = 3` in `request`, `daily.used = 85%` in `given`.")

  package static func check(_ subject: LintSubject, _ report: inout LintReport) {
    let policy = subject.policy
    var covered = Set(policy.tests.flatMap(\.states))
    for read in ReadTest.all(conditions(of: policy), in: policy) {
      guard let state = State(read.test), covered.insert(state).inserted else { continue }
      report.add(
        policy.tests.isEmpty
          ? "this depends on \(state.words(in: policy)), and there are no tests"
          : "this depends on \(state.words(in: policy)), which no test sets",
        at: read.span, severity: policy.tests.isEmpty ? .note : nil)
    }
  }

  /// Of everything that decides: not of `always`, which is a test itself.
  private static func conditions(of policy: CheckedPolicy) -> [CheckedCondition] {
    policy.guards.compactMap(\.condition) + policy.tasks.compactMap(\.condition)
      + policy.routes.compactMap(\.condition) + policy.compressions.compactMap(\.condition)
      + policy.budgets.compactMap(\.condition)
  }
}

/// What a decision reads that is no part of a request.
private enum State: Hashable {
  case hour, weekday, date
  case budget(BudgetID)
  case health(ModelID)

  init?(_ test: RequestTest) {
    switch test {
    case .number(let field, _, _):
      switch field {
      case .hour: self = .hour
      case .date: self = .date
      case .budgetUsedShare(let id), .budgetLeftShare(let id), .budgetUsed(let id),
        .budgetLeft(let id):
        self = .budget(id)
      case .maxTokens, .temperature, .tools, .images, .messages, .turn, .chars, .tokens, .lines,
        .points, .fact:
        return nil
      }
    case .label(.weekday, _): self = .weekday
    case .flag(.healthy(let model)): self = .health(model)
    case .flag, .label, .name, .text, .offersTool: return nil
    }
  }

  func words(in policy: CheckedPolicy) -> String {
    switch self {
    case .hour: "`hour`"
    case .weekday: "`weekday`"
    case .date: "`date`"
    case .budget(let id): "the state of `\(policy[id].name)`"
    case .health(let model): "`healthy(\(policy[model].name))`"
    }
  }
}

extension CheckedTest {
  /// What the test sets.
  fileprivate var states: [State] {
    var states: [State] = []
    if case .fields(let fields) = request {
      for field in fields {
        switch field.kind {
        case .hour: states.append(.hour)
        case .weekday: states.append(.weekday)
        // A date has its weekday.
        case .date: states += [.date, .weekday]
        case .text, .model, .stream, .maxTokens, .temperature, .format, .tools, .images,
          .identity, .fact:
          break
        }
      }
    }
    for given in given {
      switch given {
      case .budgetUsedShare(let id, _, _), .budgetUsed(let id, _, _): states.append(.budget(id))
      case .healthy(let model, _, _): states.append(.health(model))
      case .score, .verdict, .gateFails, .classifier, .classifierFails, .fails, .embedderFails:
        break
      }
    }
    return states
  }
}
