import PolicyDiagnostics
import PolicyLint
import Testing

@Suite struct `Pages of the rules` {
  @Test func `every rule has a code of its own`() {
    let codes = LintRules.all.map { $0.code.rawValue }
    #expect(Set(codes).count == codes.count)
  }

  @Test(arguments: LintRules.pages.map(\.code))
  func `what a page calls wrong draws its code, and the cure does not`(
    code: DiagnosticCode
  ) throws {
    let rule = try #require(LintRules.all.first { $0.code == code })
    if let wrong = rule.page.wrong {
      let found = try LintedPolicy(wrong, rules: [rule]).diagnostics
      #expect(!found.isEmpty && found.allSatisfy { $0.code == code })
    }
    if let instead = rule.page.instead {
      // Notes of other rules are remarks; and samples of one line do the same in every route.
      let left = try LintedPolicy(instead, rules: LintRules.all).diagnostics.filter {
        $0.code == code || $0.severity != .note && $0.code != RedundantRoute.code
      }
      #expect(left.isEmpty, "\(left.map(\.message))")
    }
  }
}
