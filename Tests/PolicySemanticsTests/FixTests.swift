import PolicyDiagnostics
import PolicySemantics
import PolicySource
import RoutingTestSupport
import Testing

/// A fix that leaves a policy with as many errors as before is worse than none.
@Suite struct `Fixes of policies` {
  @Test(arguments: PagesTests.shown.compactMap(\.wrong) + [ManyMistakesTests.policy])
  func `of every page cure their finding and add none`(policy: String) {
    for complaint in Self.complaints(about: policy) { Issue.record("\(complaint)") }
  }

  @Test(arguments: BorrowedPolicies.all.map(\.title))
  func `of policies as others would write them do so too`(title: String) throws {
    let entry = try #require(BorrowedPolicies.all.first { $0.title == title })
    for complaint in Self.complaints(about: entry.text) { Issue.record("\(complaint)") }
  }

  @Test func `of policies as others would write them stand beside their findings`() throws {
    let golden = GoldenFile("borrowed-policies.findings")
    let text = BorrowedPolicies.all.map { entry in
      "==== \(entry.title) ====\n\(entry.declarations)\n---\n"
        + shown(check(entry.text).diagnostics.filter { $0.severity == .error }, in: entry.text)
    }.joined(separator: "\n")
    #expect(try golden.expected(instead: text) == text)
  }

  /// What is wrong with each fix-it of each finding of a policy, applied alone.
  private static func complaints(about text: String) -> [String] {
    let found = check(text, today: PagesTests.today).diagnostics
    let errors = found.filter { $0.severity == .error }
    return found.flatMap { finding in
      finding.fixIts.compactMap { fixIt in
        var alone = finding
        alone.fixIts = [fixIt]
        var sources = SourceMap()
        let file = sources.add(path: "policy.rung", bytes: Array(text.utf8))
        let plan = FixPlan([alone], in: sources, files: [file.id], includingUnsafe: true)
        let fixed = String(decoding: plan.bytes(of: file), as: UTF8.self)
        let left = check(fixed, today: PagesTests.today).diagnostics.filter {
          $0.severity == .error
        }
        let allowed = finding.severity == .error ? errors.count - 1 : errors.count
        let known = Set(errors.map(\.message))
        let new = left.filter { !known.contains($0.message) }
        // Behind one cure the same words may have another mistake, with a cure of its own; an `@allow`
        // that names its rule at last may have nothing to allow.
        let isCured =
          left.count == errors.count && !new.isEmpty
          && new.allSatisfy { !$0.fixIts.isEmpty || $0.code.rawValue == "unused_suppression" }
        guard plan.isEmpty || left.count > allowed && !isCured else { return nil }
        return "\(finding.message): \(fixIt.message): \(errors.count) errors became \(left.count), "
          + "new: \(new.map(\.message))\n\(fixed)"
      }
    }
  }
}
