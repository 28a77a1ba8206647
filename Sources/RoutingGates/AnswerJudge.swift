package import PolicySemantics
import PolicySyntax
package import RoutingRuntime
import TextPatterns

/// Holds answers against a policy's gates: those that need nothing but the answer and the request.
///
/// Made once for a policy, shared by all requests. A gate that asks a model, a service or a file of
/// examples has no verdict here; it counts as failed.
package struct AnswerJudge: Sendable {
  private let policy: CheckedPolicy
  private let patterns: [TextTest: PatternSet]
  private let schemas: [String: AnswerSchema]

  /// Compiles the patterns and reads the schemas of every gate.
  ///
  /// Throws the first gate that cannot be judged as it is written.
  package init(_ policy: CheckedPolicy) throws(GateProblem) {
    self.policy = policy
    var patterns: [TextTest: PatternSet] = [:]
    var schemas: [String: AnswerSchema] = [:]
    for gate in policy.gates {
      guard case .decides(let condition) = gate.body else { continue }
      for test in condition.tests {
        switch test {
        case .text(let text): patterns[text] = try Self.compiled(text, in: gate)
        case .schema(let file):
          schemas[file] = try Self.schema(file, in: gate, of: policy)
        case .refusal, .json, .sameLanguage, .citesContext, .repeatsQuestion, .length, .finish:
          continue
        }
      }
    }
    self.patterns = patterns
    self.schemas = schemas
  }

  /// The verdict of a yes/no gate.
  package func judge(
    _ gate: GateID, _ answer: AnswerFacts, to request: AskedTexts
  ) -> GateResult {
    guard case .decides(let condition) = policy[gate].body else { return .failed }
    guard let verdict = verdict(condition, answer, request) else { return .failed }
    return .verdict(verdict)
  }

  /// Nil where a part cannot tell and the rest does not decide without it.
  private func verdict(
    _ condition: AnswerCondition, _ answer: AnswerFacts, _ request: AskedTexts
  ) -> Bool? {
    switch condition {
    case .all(let parts, _):
      return combine(parts, decisive: false, answer, request)
    case .any(let parts, _):
      return combine(parts, decisive: true, answer, request)
    case .not(let part, _):
      return verdict(part, answer, request).map { !$0 }
    case .gate(let id, _):
      guard case .decides(let inner) = policy[id].body else { return nil }
      return verdict(inner, answer, request)
    case .test(let test, _):
      return holds(test, answer, request)
    case .scored:
      return nil
    }
  }

  private func combine(
    _ parts: [AnswerCondition], decisive: Bool, _ answer: AnswerFacts, _ request: AskedTexts
  ) -> Bool? {
    var isUnknown = false
    for part in parts {
      switch verdict(part, answer, request) {
      case decisive: return decisive
      case nil: isUnknown = true
      default: continue
      }
    }
    return isUnknown ? nil : !decisive
  }

  private func holds(
    _ test: AnswerTest, _ answer: AnswerFacts, _ request: AskedTexts
  ) -> Bool? {
    switch test {
    case .refusal: return RefusalRule.applies(to: answer.text)
    case .json: return JSONAnswer(answer.text) != nil
    case .sameLanguage: return LanguageRule.agree(request.question, answer.text)
    case .citesContext: return CitationRule.cites(answer.text, request.context)
    case .repeatsQuestion: return RepetitionRule.repeats(answer.text, request.question)
    case .schema(let file):
      guard let schema = schemas[file] else { return nil }
      guard let json = JSONAnswer(answer.text) else { return false }
      return schema.accepts(json)
    case .text(let text): return holds(text, in: answer.text)
    case .length(let unit, let comparison, let limit):
      return comparison.holds(LengthRule.length(of: answer.text, in: unit), limit)
    case .finish(let reasons):
      return answer.finish.map(reasons.contains) ?? false
    }
  }

  private func holds(_ test: TextTest, in text: String) -> Bool? {
    guard let set = patterns[test] else { return nil }
    var scan = TextScan(of: set)
    scan.start()
    let bytes = Array(text.utf8)
    return try? scan.holds(0, in: bytes.span)
  }

  private static func compiled(
    _ test: TextTest, in gate: CheckedGate
  ) throws(GateProblem) -> PatternSet {
    do {
      return try PatternSet([TextPattern(test)])
    } catch {
      throw GateProblem(gate: gate.name, .pattern(error.problem), span: gate.span)
    }
  }

  private static func schema(
    _ file: String, in gate: CheckedGate, of policy: CheckedPolicy
  ) throws(GateProblem) -> AnswerSchema {
    guard let text = policy.files[file]?.text else {
      throw GateProblem(gate: gate.name, .missingFile(file), span: gate.span)
    }
    do {
      return try AnswerSchema(text)
    } catch {
      throw GateProblem(gate: gate.name, .schema(file, error), span: gate.span)
    }
  }
}

/// The texts of the request an answer is held against.
package struct AskedTexts: Sendable {
  /// The last user turn.
  package let question: String
  /// All but the system text and the question.
  package let context: String

  package init(question: String, context: String) {
    self.question = question
    self.context = context
  }
}

extension AnswerCondition {
  /// Every test in it, once for each place.
  fileprivate var tests: [AnswerTest] {
    switch self {
    case .all(let parts, _), .any(let parts, _): parts.flatMap(\.tests)
    case .not(let part, _): part.tests
    case .test(let test, _): [test]
    case .gate, .scored: []
    }
  }
}

extension TextPattern {
  fileprivate init(_ test: TextTest) {
    switch test {
    case .mentions(let words): self = .mentions(words)
    case .contains(let texts): self = .contains(texts)
    case .startsWith(let text): self = .startsWith(text)
    case .matches(let pattern): self = .matches(pattern)
    case .has(let features):
      self = .has(features.compactMap { TextFeatureKind(rawValue: $0.rawValue) })
    }
  }
}
