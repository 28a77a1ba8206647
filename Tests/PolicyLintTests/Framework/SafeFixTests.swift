import PolicyDiagnostics
import PolicyGraph
import PolicyLint
import PolicySemantics
import PolicySource
import PolicySyntax
import Testing

@testable import RoutingRuntime

/// What every rule promises of its safe fix-its, tried on the sample of its page.
@Suite struct `Safe fix-its` {
  static let seed: UInt64 = 7
  /// For each route of the sample.
  static let requests = 200

  @Test(arguments: LintRules.pages.map(\.code))
  func `cure in a few rounds, and no decision changes`(code: DiagnosticCode) throws {
    let page = try #require(LintRules.pages.first { $0.code == code })
    guard let wrong = page.wrong else { return }
    let before = try LintedPolicy(wrong, rules: LintRules.all)
    var after = before
    var rounds = 0
    while let text = after.safelyFixed {
      after = try LintedPolicy(text, rules: LintRules.all)
      rounds += 1
      try #require(rounds <= 8, "the fix-its of \(code.rawValue) never end:\n\(after.text)")
    }
    guard rounds > 0 else { return }
    #expect(after.errors <= before.errors, "\(after.text)")
    for route in before.subject.policy.routes {
      guard let condition = route.condition else { continue }
      var sampler = RequestSampler(before.subject.policy, aiming: condition, seed: Self.seed)
      for number in 0..<Self.requests {
        let input = sampler.next()
        let told = try before.told(of: input)
        #expect(
          try after.told(of: input) == told,
          "request \(number) of seed \(Self.seed), after the fix:\n\(after.text)")
      }
    }
  }

  @Test(arguments: LintPages.all.map(\.code))
  func `a page about allowing draws its code too`(code: DiagnosticCode) throws {
    let page = try #require(LintPages.all.first { $0.code == code })
    guard !LintRules.codes.contains(code.rawValue) else { return }
    let wrong = try LintedPolicy(try #require(page.wrong), rules: [])
    #expect(Linter.findings(in: wrong.subject).contains { $0.code == code })
    let instead = try LintedPolicy(try #require(page.instead), rules: [])
    #expect(!Linter.findings(in: instead.subject).contains { $0.severity != .note })
  }
}

extension LintedPolicy {
  fileprivate var errors: Int { diagnostics.count { $0.severity == .error } }

  /// After one round of safe fix-its; nil if there is none to apply.
  fileprivate var safelyFixed: String? {
    let files = subject.files.map(\.source)
    let plan = FixPlan(
      diagnostics, in: subject.sources, files: Set(files.map(\.id)), includingUnsafe: false)
    return plan.isEmpty ? nil : String(decoding: plan.bytes(of: files[0]), as: UTF8.self)
  }

  /// What a caller could tell of a decision: its route, the models that may answer, its cost.
  fileprivate func told(of input: RequestInput) throws -> String {
    let decision = try subject.decider.decide(input)
    let route = decision.route.map { subject.policy[$0].name } ?? "none"
    let models = decision.plan.answering.map { call in
      call.model.map { subject.policy[$0].name } ?? "requested"
    }
    return "\(route) \(models) \(decision.cost)"
  }
}
