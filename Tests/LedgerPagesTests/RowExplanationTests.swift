import LedgerPages
import PolicyExplain
import PolicyGraph
import PolicySource
import PolicyWorkspace
import RoutingLedger
import RoutingRuntime
import Testing

@Suite struct `The explanation of a row` {
  private func explain(
    _ entry: LedgerEntry, _ archive: [UInt8]?
  ) -> RowExplanation {
    RowExplanation(of: entry, archive: { (_: String) in archive }, load: KeptPolicy.graph(of:))
  }

  @Test func `is what explain said then, from the row and the kept files alone`() throws {
    let policy = try KeptPolicy()
    let entry = try policy.row("I want a REFUND")
    guard case .explained(let explanation) = explain(entry, policy.loaded.kept.archive) else {
      Issue.record("not explained")
      return
    }
    let input = policy.input("I want a REFUND")
    var facts = try policy.graph.facts(of: input)
    let live = Explainer(graph: policy.graph, policyPath: "team/policy.rung").explain(
      try policy.decider.decide(input), facts: &facts)
    // What was found is named as the policy writes it; all else is the same to the byte.
    let text = ExplanationText(live, showingAll: true).text
    #expect(text.contains("found \"REFUND\" in the prompt"))
    #expect(
      ExplanationText(explanation, showingAll: true).text
        == text.replacing("found \"REFUND\"", with: "found \"refund\""))
  }

  @Test func `is not given where the decision would be another`() throws {
    let policy = try KeptPolicy()
    var entry = try policy.row("I want a refund")
    entry.route = "otherwise"
    guard case .differs(let was, let now) = explain(entry, policy.loaded.kept.archive) else {
      Issue.record("explained")
      return
    }
    #expect(was == "route otherwise, task billing")
    #expect(now == "route hard, task billing")
  }

  @Test func `notices another plan under the same names`() throws {
    let policy = try KeptPolicy()
    var entry = try policy.row("I want a refund")
    // The mark of the decision stands behind the format and the policy's mark.
    entry.facts[9] ^= 1
    guard case .differs(let was, let now) = explain(entry, policy.loaded.kept.archive) else {
      Issue.record("explained")
      return
    }
    #expect(was == now)
  }

  @Test func `says why there is none`() throws {
    let policy = try KeptPolicy()
    let kept = policy.loaded.kept
    let entry = try policy.row("hello")
    let name = try #require(entry.fingerprints.policy)
    var cases: [(LedgerEntry, [UInt8]?, RowExplanation.Obstacle)] = []
    func add(
      _ obstacle: RowExplanation.Obstacle, archive: [UInt8]?,
      _ change: (inout LedgerEntry) -> Void = { _ in }
    ) {
      var changed = entry
      change(&changed)
      cases.append((changed, archive, obstacle))
    }
    add(.imported("spend.csv"), archive: nil) { $0.origin = "spend.csv" }
    add(.undecided, archive: nil) {
      $0.facts = []
      $0.status = .refused
      $0.route = nil
    }
    add(.repeated, archive: nil) {
      $0.facts = []
      $0.savings.cache = "repeated"
    }
    add(.lost, archive: nil) {
      $0.facts = []
      $0.status = .lost
    }
    add(.notRecorded, archive: nil) { $0.facts = [] }
    add(.policyNotKept(name), archive: nil)
    add(.policyUnreadable(name, .version(7)), archive: [7])
    add(.policyRefused(name), archive: PolicySources(path: "team/policy.rung", files: []).archive)
    add(.recordUnreadable(.version(9)), archive: kept.archive) { $0.facts[0] = 9 }
    add(.recordUnreadable(.truncated("policy")), archive: kept.archive) { $0.facts = [1] }
    let other = try KeptPolicy(
      KeptPolicy.files.merging(["team/prompts/kind.txt": "Be short."]) { $1 })
    add(
      .policyIsAnother(name, made: other.decider.frozen.fingerprints.policy),
      archive: other.loaded.kept.archive)
    for (entry, archive, obstacle) in cases {
      guard case .unavailable(let found) = explain(entry, archive) else {
        Issue.record("\(obstacle) was explained")
        continue
      }
      #expect(found == obstacle)
      #expect(!found.description.isEmpty && !found.description.hasSuffix("."))
    }
  }
}
