import Foundation
import PromiseEvidence
import RoutingTestSupport

/// What trials of a kind share: a provider, a policy, and a fresh ledger for each.
final class Ground {
  let trial: Trial
  let place: Workplace
  let wall: Wall
  let workload: Workload
  private(set) var random: SplitMix
  private var runs = 0

  init(
    _ trial: Trial, _ name: String, cap: String = "$1000", limits: [String] = [],
    tiers: Int = 2, script: String? = nil
  ) throws {
    self.trial = trial
    place = try trial.workplace(name)
    wall = try Wall(trial.programs, in: place.folder, script: script)
    workload = try Workload(in: place.folder, cap: cap, limits: limits, tiers: tiers)
    random = trial.random(name)
  }

  /// A gateway on a ledger that is not there yet.
  func gateway(_ name: String, isDurable: Bool = false) throws -> Gateway {
    let folder = try place.emptyFolder(name)
    return Gateway(
      programs: trial.programs, folder: folder, policy: workload.policy,
      ledger: folder.appending(path: "rung.ledger"), provider: wall.address, isDurable: isDurable)
  }

  /// So many new requests, in a file.
  func requests(
    _ count: Int, in gateway: Gateway, name: String = "asks",
    key: (Marker) -> String? = { _ in nil }
  ) throws -> URL {
    runs += 1
    let file = gateway.folder.appending(path: "\(name).jsonl")
    try Workload.write(
      Workload.markers(run: runs, count: count), to: file, using: &random, key: key)
    return file
  }

  func number(below bound: Int) -> Int { Int(random.next() % UInt64(max(1, bound))) }

  func withRandom<Value>(_ body: (inout SplitMix) -> Value) -> Value { body(&random) }

  /// Holds what client, provider and ledger say of the runs on one ledger together.
  func findings(_ runs: [Gateway.Result], on gateway: Gateway) throws -> [String] {
    var evidence = Evidence { Workload.bill($0) }
    for run in runs { evidence.acknowledged += try ClientLog.acknowledged(run.said.utf8) }
    evidence.calls = try wall.newCalls()
    let book = try LedgerBook(at: gateway.ledger)
    evidence.rows = book.evidence
    return evidence.findings.map(\.description) + book.overspent(Workload.caps)
  }
}
