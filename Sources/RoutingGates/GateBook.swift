import PolicyGraph
package import PolicySemantics
package import PolicySource
import PolicySyntax
import PolicyUnits
package import RoutingRuntime
package import TextPatterns
import TokenEstimates

/// The gates of a policy, ready to be asked.
///
/// One function evaluates them, for a run and for a test alike. What needs a call (a model, a service,
/// examples) is left open here; a ``GateInquiry`` says what to call.
package final class GateBook: Sendable {
  package let policy: CheckedPolicy
  package let examples: ExampleBook
  let patterns: PatternSet?
  /// The place of each text test in `patterns`.
  let places: [TextTest: Int]
  private let schemas: [String: JSONSchema]

  /// Compiles text tests and schemas.
  ///
  /// - Throws: the first thing that cannot be evaluated, with the place that asks for it.
  package init(_ policy: CheckedPolicy) throws(GateProblem) {
    var gathering = Gathering()
    for gate in policy.gates {
      if case .decides(let condition) = gate.body { gathering.add(condition) }
    }
    for route in policy.routes {
      for case .stop(let rule) in route.effects { gathering.add(rule.condition) }
    }
    var schemas: [String: JSONSchema] = [:]
    for (file, span) in gathering.schemas where schemas[file] == nil {
      do throws(SchemaProblem) {
        schemas[file] = try JSONSchema(policy.files[file]?.text ?? "")
      } catch {
        throw GateProblem(span: span, kind: .schema(file: file, error))
      }
    }
    do throws(PatternError) {
      let all = gathering.texts.map { TextPattern($0.test) }
      patterns = all.isEmpty ? nil : try PatternSet(all)
    } catch {
      throw GateProblem(
        span: gathering.texts[error.index].span, kind: .pattern(error.problem))
    }
    var places: [TextTest: Int] = [:]
    for (index, text) in gathering.texts.enumerated() { places[text.test] = index }
    self.places = places
    self.schemas = schemas
    self.policy = policy
    examples = try ExampleBook(policy)
  }

  /// What a gate says of an answer; nil if it needs more than the answer and the request.
  ///
  /// O(bytes of the answer) for each kind of test.
  package func evaluate(
    _ gate: GateID, _ answer: AnswerFacts, _ request: GateRequest
  ) -> GateResult? {
    switch verdict(GateInquiry(self, gate, answer, request)) {
    case .done(let result): result
    case .open: nil
    }
  }

  /// Whether a gate can be evaluated without a call.
  package func covers(_ gate: GateID) -> Bool { GateNeeds(gate, of: policy).asks.isEmpty }

  /// What the scores that are known make of a gate.
  func verdict(_ inquiry: GateInquiry) -> InquiryVerdict {
    switch policy[inquiry.gate].body {
    case .scores(let score):
      return switch inquiry.score(score, .gate(inquiry.gate)) {
      case .known(let score): .done(.score(score))
      case .failed: .done(.failed)
      case .open(let key): .open(key)
      }
    case .decides(let condition):
      var reading = AnswerReading(inquiry: inquiry, scan: patterns.map(TextScan.init))
      return switch truth(condition, &reading) {
      case .yes: .done(.verdict(true))
      case .no: .done(.verdict(false))
      case .unknown: reading.open.map(InquiryVerdict.open) ?? .done(.failed)
      }
    }
  }
}

/// Why a policy's gates cannot be evaluated.
package struct GateProblem: Error, Sendable {
  package let span: Span
  package let kind: Kind

  package enum Kind: Sendable {
    case schema(file: String, SchemaProblem)
    case pattern(PatternProblem)
    case examples(file: String, ExampleProblem)
  }
}

/// What is known of one answer while a gate is evaluated.
private struct AnswerReading {
  let inquiry: GateInquiry
  var scan: TextScan?
  /// The first score in written order that would still decide; what is unknown without one has
  /// failed: then the gate fails, it does not reject.
  var open: ScoreKey?

  var answer: AnswerFacts { inquiry.answer }
  var request: GateRequest { inquiry.request }
}

/// The tests of all gates that have to be compiled.
private struct Gathering {
  var texts: [(test: TextTest, span: Span)] = []
  var schemas: [(file: String, span: Span)] = []

  mutating func add(_ condition: AnswerCondition) {
    switch condition {
    case .all(let parts, _), .any(let parts, _): for part in parts { add(part) }
    case .not(let part, _): add(part)
    case .gate, .scored: break
    case .test(.text(let test), let span):
      if !texts.contains(where: { $0.test == test }) { texts.append((test, span)) }
    case .test(.schema(let file), let span): schemas.append((file, span))
    case .test: break
    }
  }
}

extension Gathering {
  /// Exact texts are looked for as they come, and need no pattern.
  mutating func add(_ condition: StopCondition) {
    switch condition {
    case .all(let parts, _), .any(let parts, _): for part in parts { add(part) }
    case .not(let part, _): add(part)
    case .answer(let test, let span):
      if !texts.contains(where: { $0.test == test }) { texts.append((test, span)) }
    case .jsonComplete, .repeating: break
    }
  }
}

// MARK: One condition

extension GateBook {
  /// `unknown and no` is no: what is certain decides.
  private func truth(_ condition: AnswerCondition, _ reading: inout AnswerReading) -> Truth {
    let open = reading.open
    switch condition {
    case .all(let parts, _):
      let all = Truth.all(parts) { truth($0, &reading) }
      if all == .no { reading.open = open }
      return all
    case .any(let parts, _):
      let any = Truth.any(parts) { truth($0, &reading) }
      if any == .yes { reading.open = open }
      return any
    case .not(let part, _): return truth(part, &reading).negated
    case .gate(let id, _):
      guard case .decides(let body) = policy[id].body else { return .unknown }
      return truth(body, &reading)
    case .test(let test, _): return truth(test, &reading)
    case .scored(let score, let comparison, let threshold, let span):
      switch reading.inquiry.score(score, .inline(span)) {
      case .known(let score):
        return Truth(comparison.holds(score.millionths, threshold.millionths))
      case .failed: return .unknown
      case .open(let key):
        reading.open = reading.open ?? key
        return .unknown
      }
    }
  }

  private func truth(_ test: AnswerTest, _ reading: inout AnswerReading) -> Truth {
    let text = reading.answer.text
    switch test {
    case .refusal: return Truth(RefusalRule.holds(text))
    case .json: return Truth(JSONSchema.isJSON(text))
    case .sameLanguage:
      return Truth(LanguageMatch.areSame(reading.request.question, text))
    case .citesContext: return Truth(TextEcho.cites(reading.request.context, in: text))
    case .repeatsQuestion: return Truth(TextEcho.repeats(reading.request.question, in: text))
    case .schema(let file): return Truth(schemas[file]?.accepts(text) ?? false)
    case .text(let test): return scan(test, &reading)
    case .length(let unit, let comparison, let count):
      return Truth(comparison.holds(length(text, unit), count))
    case .finish(let reasons):
      return Truth(reading.answer.finish.map(reasons.contains) ?? false)
    }
  }

  private func scan(_ test: TextTest, _ reading: inout AnswerReading) -> Truth {
    guard let place = places[test], reading.scan != nil else { return .no }
    do throws(ScanFailure) {
      let text = reading.answer.text
      let holds = try reading.scan?.holds(place, in: text.utf8.span)
      return Truth(holds == true)
    } catch {
      return .unknown
    }
  }

  /// Chars are Unicode scalars, as everywhere; tokens are the upper end of the reference
  /// tokenizer's estimate.
  func length(_ text: String, _ unit: CountUnit) -> Int64 {
    switch unit {
    case .chars: Int64(text.unicodeScalars.count)
    case .bytes: Int64(text.utf8.count)
    case .lines:
      Int64(text.utf8.count { $0 == UInt8(ascii: "\n") })
        + (text.isEmpty || text.utf8.last == UInt8(ascii: "\n") ? 0 : 1)
    case .tokens: estimate(text).high
    }
  }

  func estimate(_ text: String) -> TokenEstimate {
    TokenEstimate(
      text: text.utf8.span, family: TokenFamily(policy.vocabulary.referenceTokenizer))
  }
}

extension Truth {
  fileprivate init(_ holds: Bool) { self = holds ? .yes : .no }
}
