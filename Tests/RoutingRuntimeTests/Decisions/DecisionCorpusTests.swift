import Foundation
import RoutingRuntime
import Testing

@Suite struct `Decisions` {
  /// One `== name` section: a policy, `---`, a request, `---`, the decision.
  struct Case: CustomTestStringConvertible {
    let name: String
    let policy: String
    let request: String
    let expected: String

    var testDescription: String { name }
  }

  static let corpus = TestPolicy.corpus.appending(path: "decisions.txt")

  static let cases: [Case] = {
    guard let text = try? String(contentsOf: corpus, encoding: .utf8) else { return [] }
    var policy = ""
    return text.components(separatedBy: "== ").dropFirst().map { section in
      let lines = section.components(separatedBy: "\n")
      let parts = lines.dropFirst().joined(separator: "\n").components(separatedBy: "---\n")
        .map { $0.trimmingCharacters(in: .newlines) }
      // A section without a policy goes on with the one before it.
      if !parts[0].isEmpty { policy = parts[0] }
      return Case(
        name: lines[0], policy: policy, request: parts.count > 1 ? parts[1] : "",
        expected: parts.count > 2 ? parts[2] : "")
    }
  }()

  static func decide(_ decided: Case) throws -> String {
    let policy = try TestPolicy(decided.policy)
    let decision = try policy.decider.decide(policy.request(decided.request))
    return DecisionTranscript(policy: policy.policy, decision: decision).text
  }

  @Test func `the corpus is there`() { #expect(Self.cases.count >= 30) }

  @Test(arguments: cases)
  func `a request gets its decision`(_ decided: Case) throws {
    let text = try Self.decide(decided)
    guard ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == nil else { return }
    #expect(text == decided.expected, "\(decided.name)")
  }

  @Test func `golden decisions are rewritten on request`() throws {
    guard ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil else { return }
    var text = "Decisions: a policy over catalog.yaml, a request, what is decided.\n\n"
    var last = ""
    for decided in Self.cases {
      let policy = decided.policy == last ? "" : decided.policy + "\n"
      last = decided.policy
      text += "== \(decided.name)\n\(policy)---\n\(decided.request)\n---\n"
      text += try Self.decide(decided) + "\n\n"
    }
    try text.write(to: Self.corpus, atomically: true, encoding: .utf8)
    Issue.record("golden decisions were rewritten")
  }
}
