import PolicyExplain
import PolicyGraph
import PolicySource
import RoutingRuntime
import TrafficLog
import TrafficReplay

/// Rows of a log picked by a seed, each with the reasons of its decision.
///
/// Every row that is counted gets a number that hangs on the seed and its place alone; those with the
/// smallest are kept. So the same log and seed show the same rows, and each row is as likely as another.
struct ReplaySample: Sendable {
  struct Row: Sendable {
    let line: Int
    let explanation: Explanation
    fileprivate let rank: UInt64
  }

  let count: Int
  let seed: UInt64
  private var picked: [Row] = []
  private var place: UInt64 = 0

  init(count: Int, seed: UInt64) {
    self.count = count
    self.seed = seed
  }

  /// In the order of the log.
  var rows: [Row] { picked.sorted { $0.line < $1.line } }

  /// Offers a row that was counted.
  mutating func offer(
    _ request: LoggedRequest, _ texted: TextedRequest?, of log: borrowing TrafficLog,
    under replay: inout Replay, path: String
  ) {
    guard count > 0 else { return }
    place += 1
    var hash = StableHash()
    hash.combine(seed)
    hash.combine(place)
    let rank = hash.digest.first
    if picked.count == count, let last = picked.last, last.rank <= rank { return }
    guard let row = Self.explain(request, texted, log, &replay, path, rank) else { return }
    picked.insert(row, at: picked.firstIndex { $0.rank > rank } ?? picked.count)
    if picked.count > count { picked.removeLast() }
  }

  /// By the explainer of `rung explain`; nothing is quoted of texts that were not kept.
  private static func explain(
    _ request: LoggedRequest, _ texted: TextedRequest?, _ log: borrowing TrafficLog,
    _ replay: inout Replay, _ path: String, _ rank: UInt64
  ) -> Row? {
    guard var decided = try? replay.decided(request, texted, of: log) else { return nil }
    let explanation = Explainer(graph: replay.decider.graph, policyPath: path).explain(
      decided.decision, facts: &decided.facts, requestName: "line \(request.line)",
      expecting: decided.expectations, quotingTexts: decided.input != nil)
    return Row(line: request.line, explanation: explanation, rank: rank)
  }
}
