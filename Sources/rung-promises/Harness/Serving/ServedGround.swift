import Foundation

/// A provider, a policy that calls it, and a gateway between: what trials of serving stand on.
final class ServedGround {
  let place: Workplace
  let wall: Wall
  let workload: Workload

  init(_ trial: Trial, _ name: String, script: String? = nil) throws {
    OpenSockets.takeAll()
    place = try trial.workplace(name)
    wall = try Wall(trial.programs, in: place.folder, script: script)
    workload = try Workload(in: place.folder, cap: "$100000", tiers: 1)
    try Self.prepare(workload)
  }

  /// Its own policy, and a catalog that has patience with slow readers.
  private static func prepare(_ workload: Workload) throws {
    try Data(policy(model: "qwen3-8b").utf8)
      .write(to: workload.policy.appending(path: "policy.rung"))
    let file = workload.policy.appending(path: "catalog.yaml")
    let catalog = try String(contentsOf: file, encoding: .utf8)
    try Data(catalog.replacing("10s", with: "300s").utf8).write(to: file)
  }

  func gateway(
    _ trial: Trial, adding arguments: [String] = [], environment: [String: String] = [:]
  ) throws -> ServedGateway {
    try ServedGateway(
      trial.programs, in: place.folder, policy: workload.policy, before: wall.address,
      adding: arguments, environment: environment)
  }

  /// One more gateway before the same provider, in a folder and with a policy and a ledger of its own.
  func besides(_ trial: Trial, _ name: String) throws -> ServedGateway {
    let folder = try place.emptyFolder(name)
    let workload = try Workload(in: folder, cap: "$100000", tiers: 1)
    try Self.prepare(workload)
    return try ServedGateway(
      trial.programs, in: folder, policy: workload.policy, before: wall.address)
  }

  /// Everything to one model, under a budget that is counted and never met.
  static func policy(model: String) -> String {
    """
    rung 1
    catalog "catalog.yaml"

    budget house = $100000 per day

    otherwise { use \(model) max_output 400 tokens }

    """
  }
}
