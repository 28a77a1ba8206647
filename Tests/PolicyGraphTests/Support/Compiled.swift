import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicySyntax
import PolicyUnits

@testable import PolicyGraph

/// A policy taken from text through parser, checker and lowering.
struct Compiled {
  let texts: [String]
  let policy: CheckedPolicy
  let graph: DecisionGraph

  static let models = ["small", "large", "org/giant"]

  static let vocabulary = Vocabulary(
    models: models.map {
      ModelEntry(
        name: $0, deployments: [Deployment(provider: "house", region: "eu")], window: 128_000,
        maxOutput: 8_192,
        prices: ModelPrices(
          input: Price(picosPerToken: 10_000), output: Price(picosPerToken: 250_000)))
    })

  /// What the parser or the checker has against a text a test wrote.
  struct Refused: Error, CustomStringConvertible {
    let description: String
  }

  /// Several files are the policy and its imports, in that order.
  init(_ texts: String...) throws { try self.init(texts: texts) }

  init(texts: [String]) throws {
    var files: [PolicyFile] = []
    var diagnostics: [Diagnostic] = []
    for (index, text) in texts.enumerated() {
      let source = SourceFile(id: SourceID(UInt16(index)), path: "\(index).rung", text: text)
      let parsed = PolicyParser.parse(source)
      files.append(parsed.value)
      diagnostics += parsed.diagnostics
    }
    let checked = PolicyChecker.check(files: files, vocabulary: Compiled.vocabulary)
    diagnostics += checked.diagnostics
    guard let policy = checked.value, !diagnostics.hasErrors else {
      let errors = diagnostics.filter { $0.severity == .error }.prefix(5).map { found in
        let place = files[Int(found.span.file.index)].source.text(of: found.span)
        return "\(found.message) [\(place)]"
      }
      throw Refused(description: errors.joined(separator: "\n"))
    }
    self.texts = texts
    self.policy = policy
    graph = try DecisionGraph(policy)
  }
}
