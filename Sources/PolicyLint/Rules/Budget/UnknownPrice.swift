import PolicyDiagnostics
import PolicySemantics
import PolicySource

/// A model the policy calls without anybody knowing what it costs.
enum UnknownPrice: LintRule {
  static let page = DiagnosticPage(
    DiagnosticCode("unknown_price"), .note,
    finds: "A model or embedder that is called and has no price in the catalog.",
    why: """
      Nothing here bounds money, so the policy compiles; but no cost of these calls can be shown, \
      compared or tested, and the first budget you add will not compile. A model nobody bills says \
      so with a price of 0 and `confirm: free`.
      """,
    wrong: nil, instead: nil,
    fix: "Add the price to the catalog.")

  static func check(_ subject: LintSubject, _ report: inout LintReport) {
    let written = subject.written
    var reported: Set<String> = []
    for call in CalledModels(subject, written).all {
      let (name, missing) = missing(of: call.callee, subject.policy)
      guard !missing.isEmpty, reported.insert(name).inserted else { continue }
      let word = missing.count == 1 ? "price" : "prices"
      report.add(
        "the catalog has no \(missing.joined(separator: " and no ")) \(word) for `\(name)`: "
          + "what this costs is unknown",
        at: call.span)
    }
  }

  private static func missing(
    of callee: CalledModels.Callee, _ policy: CheckedPolicy
  ) -> (name: String, [String]) {
    switch callee {
    case .model(let id):
      let prices = policy[id].prices
      return (
        policy[id].name,
        (prices.input == nil ? ["input"] : []) + (prices.output == nil ? ["output"] : [])
      )
    case .embedder(let id):
      return (policy[id].name, policy[id].price == nil ? ["input"] : [])
    }
  }
}
