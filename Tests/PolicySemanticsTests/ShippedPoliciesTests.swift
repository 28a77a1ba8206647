import Foundation
import PolicyDiagnostics
import PolicySemantics
import Testing

@Suite struct ShippedPoliciesTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "policies")

  @Test(arguments: ["starter", "helpdesk", "research"])
  func `the policies of the language page compile without a word`(name: String) throws {
    let text = try String(
      contentsOf: Self.folder.appending(path: "\(name)/policy.rung"), encoding: .utf8)
    // Rules of later phases that these policies allow, with a reason.
    let laterRules: Set = [
      "judge_dearer_than_next", "guard_on_caller_fact", "guard_leaves_no_model",
    ]
    let checked = check(text, otherRules: laterRules)
    #expect(shown(checked.diagnostics, in: text) == "")
    #expect(checked.value != nil)
  }
}
