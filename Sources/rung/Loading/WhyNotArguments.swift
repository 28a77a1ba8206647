import ArgumentParser
import PolicyAnalysis
import PolicyDiagnostics
import PolicySemantics

/// The options that ask what a request would have to be.
struct WhyNotArguments: ParsableArguments {
  @Option(
    name: .customLong("why-not"),
    help: ArgumentHelp(
      "The least change that makes the request take this route, or call this model first.",
      valueName: "route|model"))
  var target: String?

  @Option(
    name: .customLong("keep"),
    help: "With --why-not: a field that must stay as it is. Repeatable.")
  var kept: [String] = []

  @Option(
    name: .customLong("free"),
    help:
      "With --why-not: a field that may change though it is the key's: tenant, key, its facts. Repeatable."
  )
  var freed: [String] = []

  func validate() throws {
    if target == nil, !kept.isEmpty || !freed.isEmpty {
      throw ValidationError("`--keep` and `--free` go with `--why-not`")
    }
  }

  /// The route of a name, or else the model.
  func target(
    named name: String, in policy: CheckedPolicy
  ) throws(CommandFailure) -> WhyNotTarget {
    let routes = policy.routes.map(\.name)
    let models = policy.vocabulary.models.map(\.name)
    if let index = routes.firstIndex(of: name) { return .route(RouteID(index)) }
    if let index = models.firstIndex(of: name) { return .model(ModelID(index)) }
    let near = NearName.of(name, among: routes + models).map { "; did you mean `\($0)`?" }
    throw CommandFailure(
      "no route or model is called `\(name)`\(near ?? "; routes are \(routes.joined(separator: ", "))")"
    )
  }

  /// The fields that must stay: the key's own unless they are freed, and those that are named.
  func keeping(
    among fields: [(name: String, isKept: Bool)]
  ) throws(CommandFailure) -> Set<String> {
    let names = fields.map(\.name)
    for name in kept + freed where !names.contains(name) {
      let near = NearName.of(name, among: names).map { "; did you mean `\($0)`?" }
      let all = names.joined(separator: ", ")
      throw CommandFailure(
        "the policy reads no field `\(name)`\(near ?? "; it reads \(all)")")
    }
    let held = fields.filter(\.isKept).map(\.name)
    return Set(held).subtracting(freed).union(kept)
  }
}
