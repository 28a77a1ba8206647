package import PolicySemantics
import PolicySource
import RoutingRuntime

/// The files of examples a policy names, read.
package struct ExampleBook: Sendable {
  /// Of `similar` gates, by the path as written.
  package let gold: [String: ExampleFile]
  /// Of `nearest` classifiers.
  package let sorted: [ClassifierID: ExampleFile]

  package var isEmpty: Bool { gold.isEmpty && sorted.isEmpty }

  /// - Throws: the first file that holds no examples, with the place that names it.
  package init(_ policy: CheckedPolicy) throws(GateProblem) {
    var gold: [String: ExampleFile] = [:]
    for gate in policy.gates {
      for file in Self.files(of: gate.body) where gold[file] == nil {
        gold[file] = try Self.read(file, [], gate.span, policy)
      }
    }
    var sorted: [ClassifierID: ExampleFile] = [:]
    for (index, classifier) in policy.classifiers.enumerated() {
      guard case .nearest(let file, _, _) = classifier.method else { continue }
      sorted[ClassifierID(index)] = try Self.read(
        file, classifier.labels, classifier.span, policy)
    }
    self.gold = gold
    self.sorted = sorted
  }

  private static func read(
    _ file: String, _ labels: [String], _ span: Span, _ policy: CheckedPolicy
  ) throws(GateProblem) -> ExampleFile {
    do throws(ExampleProblem) {
      guard policy.examplesEmbedder != nil else { throw .noEmbedder }
      return try ExampleFile(policy.files[file]?.text ?? "", labels: labels)
    } catch {
      throw GateProblem(span: span, kind: .examples(file: file, error))
    }
  }

  private static func files(of body: CheckedGate.Body) -> [String] {
    switch body {
    case .decides(let condition): files(of: condition)
    case .scores(let score): files(of: score)
    }
  }

  private static func files(of condition: AnswerCondition) -> [String] {
    switch condition {
    case .all(let parts, _), .any(let parts, _): parts.flatMap { files(of: $0) }
    case .not(let part, _): files(of: part)
    case .scored(let score, _, _, _): files(of: score)
    case .gate, .test: []
    }
  }

  private static func files(of score: AnswerScore) -> [String] {
    switch score {
    case .similar(let file): [file]
    case .mix(let parts): parts.flatMap { files(of: $0.score) }
    case .judge, .agrees, .logprob, .http, .gate: []
    }
  }
}
