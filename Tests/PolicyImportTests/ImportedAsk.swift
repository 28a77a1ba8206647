import Foundation
import PolicyCompiler
import PolicyDiagnostics
import PolicyGraph
import PolicyImport
import PolicySemantics
import PolicySource
import PolicyUnits
import RoutingRuntime
import Testing

/// A configuration as imported, ready to be asked.
struct ImportedAsk {
  let imported: ImportedPolicy
  let compilation: PolicyCompilation
  private let decider: Decider

  init(
    _ format: RouterFormat, _ text: String, _ options: ImportOptions = ImportOptions()
  ) throws {
    imported = try PolicyImport.read(format, SourceFile(path: "sample", text: text), options)
    let files = try Self.files(of: imported)
    compilation = PolicyCompilation(path: "policy.rung", today: nil) { files[$0] }
    decider = Decider(try #require(compilation.graph, "\(compilation.firstError)"))
  }

  static func files(of imported: ImportedPolicy) throws -> [String: [UInt8]] {
    [
      "policy.rung": Array(try #require(imported.policy).utf8),
      "catalog.yaml": Array(try #require(imported.catalog).utf8),
    ]
  }

  var policy: CheckedPolicy? { compilation.compiled?.policy }

  func decide(
    _ model: String, metadata: [String: GivenFact] = [:], question: String = "How are you?"
  ) throws -> Decision {
    let date = try #require(CalendarDate(year: 2026, month: 11, day: 21))
    var input = RequestInput(moment: LocalMoment(date: date, weekday: .saturday, hour: 10))
    input.model = model
    input.metadata = metadata
    input.messages = [RequestInput.Message(role: .user, text: question)]
    return try decider.decide(input)
  }

  /// The name of the route taken, `otherwise` among them.
  func route(of decision: Decision) throws -> String {
    let route = try #require(decision.route)
    return try #require(policy).routes[route.index].name
  }

  /// The models of the route's chain in the order they are asked where every call fails so; of a
  /// split, those of its first arm.
  func asked(_ decision: Decision, failing failure: CallFailure) throws -> [String] {
    let policy = try #require(policy)
    let route = policy.routes[try #require(decision.route).index]
    let use: CheckedUse
    switch route.action {
    case .use(let only): use = only
    case .split(let split): use = split.arms[0].use
    case .refuse: return []
    }
    let next = use.fallbacks.filter { $0.follows.contains(failure) }.map(\.target)
    return ([use.target] + next).compactMap { target in
      guard case .model(let model) = target.kind else { return nil }
      return policy.vocabulary.models[model.index].name
    }
  }
}

/// The samples of `examples/configurations`: ours, and short.
enum Samples {
  static func text(_ name: String) throws -> String {
    var folder = URL(filePath: #filePath)
    for _ in 0..<3 { folder = folder.deletingLastPathComponent() }
    folder = folder.appending(path: "examples/configurations")
    return try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  static let all: [(format: RouterFormat, name: String)] = [
    (.litellm, "litellm.yaml"), (.portkey, "portkey.json"),
    (.semanticRouter, "semantic-router.yaml"),
  ]
}
