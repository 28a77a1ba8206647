import PolicyCompiler
import PolicyGraph
import PolicySemantics
import PolicySource
import PolicySyntax
import RoutingRuntime
import RoutingTestSupport
import Testing

@testable import PolicyEditing

/// A policy under other names is the same policy.
@Suite struct `Renamed policies` {
  @Test(arguments: `Broken files`.policies)
  func `decide as they did, and come back byte for byte`(path: String) throws {
    let snapshot = PolicySnapshot(path: path, today: nil) { `Broken files`.bytes($0) }
    guard let before = snapshot.decider else { return }
    let seed: UInt64 = 7
    var random = SplitMix(state: seed)
    let declared = snapshot.names.symbols(
      of: Set(SymbolKind.allCases).subtracting([.model, .embedder]))
    for symbol in declared.shuffled(using: &random).prefix(12) {
      let place = Place(file: symbol.name.span.file, offset: Int(symbol.name.span.start))
      let edits = try snapshot.rename(at: place, to: "zz_renamed")
      let renamed = snapshot.edited(edits.files.changed)
      let after = try #require(renamed.decider, "\(path): \(symbol.name.text), seed \(seed)")
      let difference = Self.firstDifference(before, after, seed: seed)
      #expect(difference == nil, "\(path): \(symbol.name.text), seed \(seed): \(difference ?? "")")
      let there = try #require(renamed.names.symbols["zz_renamed"])
      let back = try renamed.rename(
        at: Place(file: there.name.span.file, offset: Int(there.name.span.start)),
        to: symbol.name.text)
      let last = renamed.edited(back.files.changed)
      #expect(last.sources.files.map(\.bytes) == snapshot.sources.files.map(\.bytes))
    }
  }

  /// The same requests, made by the same seed, decided by both.
  private static func firstDifference(
    _ a: Decider, _ b: Decider, seed: UInt64
  ) -> String? {
    guard let mine = a.graph.policy.routes.lazy.compactMap(\.condition).first,
      let other = b.graph.policy.routes.lazy.compactMap(\.condition).first
    else { return nil }
    var requests = RequestSampler(a.graph.policy, aiming: mine, seed: seed)
    var others = RequestSampler(b.graph.policy, aiming: other, seed: seed)
    for number in 0..<60 {
      let (first, second) = (try? a.decide(requests.next()), try? b.decide(others.next()))
      let (wanted, found) = (words(first), words(second))
      if wanted != found { return "request \(number): \(wanted) became \(found)" }
    }
    return nil
  }

  private static func words(_ decision: Decision?) -> String {
    guard let decision else { return "a fact outside its type" }
    let calls = decision.plan.calls.map { "\($0.model?.index ?? -1) \($0.isKept)" }
    return "\(decision.route?.index ?? -1) \(decision.task?.index ?? -1) \(decision.cost) \(calls)"
  }
}
