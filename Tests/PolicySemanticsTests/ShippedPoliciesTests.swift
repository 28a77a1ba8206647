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
    let checked = check(text)
    #expect(shown(checked.diagnostics, in: text) == "")
    #expect(checked.value != nil)
  }
}
