import Foundation
import PolicyAnalysis
import PolicyCompiler
import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingCatalog
import RoutingRuntime
import TrafficLog
import TrafficReplay

/// Replays logs under one policy, or under two side by side.
struct ReplayRun: Sendable {
  private let now: Replay
  private let nowPath: String
  private let before: Replay?
  private let beforePath: String?
  private let files: [LogFile]
  private let reading: LogReading
  private let anyMoment: LocalMoment

  /// `files` are asked for the policies that decided their rows, where they are ledgers.
  init(
    policy: String, against: String?, rates: ReplayRateArguments, logs files: [LogFile]
  ) throws(CommandFailure) {
    self.files = files
    let compiled = try PolicyCompilation(policy).sound()
    nowPath = compiled.path
    anyMoment = try Moment.local(Date(timeIntervalSince1970: 0), zone: compiled.policy.zone)
    now = try Self.prepared(compiled, rates, files)
    var reading = Replay.reading(for: now.decider)
    if let against {
      let other = try PolicyCompilation(against).sound()
      beforePath = other.path
      before = try Self.prepared(other, rates, files)
      if let before { reading.formUnion(Replay.reading(for: before.decider)) }
    } else {
      before = nil
      beforePath = nil
    }
    self.reading = reading
  }

  private static func prepared(
    _ compiled: CompiledPolicy, _ rates: ReplayRateArguments, _ files: [LogFile]
  ) throws(CommandFailure) -> Replay {
    let zone = compiled.policy.zone
    let rates = try rates.rates(for: compiled.policy)
    return Replay(
      Decider(compiled.graph), rates: rates,
      modelsByUpstream: compiled.catalog.modelsByUpstream,
      keptPolicy: { name in
        for file in files {
          if let found = file.keptPolicy(name) { return found }
        }
        return nil
      },
      moment: { time in
        let date = Date(timeIntervalSince1970: Double(time.milliseconds) / 1000)
        return try? Moment.local(date, zone: zone)
      })
  }

  /// One pass over the logs, in the order they are named.
  ///
  /// `sample` says how many rows are explained; with a locator every row is looked up among the changes
  /// from the other policy to this one.
  func replay(
    explaining sample: ReplaySample = ReplaySample(count: 0, seed: 0),
    countingBudgets countsBudgets: Bool = false,
    among changes: (count: Int, locator: ChangeLocator)? = nil
  ) throws(CommandFailure) -> ReplayResult {
    var reading = reading
    if countsBudgets { reading.formUnion(BudgetTrial.reading(for: now.decider)) }
    var log = TrafficLog(reading, anyMoment: anyMoment)
    var now = now
    var before = before
    var moves = ReplayMoves()
    var sample = sample
    var regions = RegionTraffic()
    var budgets = countsBudgets ? BudgetTrial(now.decider.graph) : nil
    func take(_ request: LoggedRequest, _ texted: TextedRequest?, _ log: borrowing TrafficLog) {
      let way = now.add(request, texted, of: log)
      if let way {
        budgets?.add(request, texted, of: log, under: &now, way: way)
        sample.offer(request, texted, of: log, under: &now, path: nowPath)
      }
      guard var old = before else { return }
      // Taken out while it changes, so that it is not copied.
      before = nil
      defer { before = old }
      let other = old.add(request, texted, of: log)
      moves.add(from: other, in: old, to: way, in: now, line: request.line)
      guard let changes else { return }
      let place = Self.place(
        of: request, texted, log, &old, other, &now, way, by: changes.locator)
      regions.add(
        place, from: other, in: old, to: way, in: now, line: request.line)
    }
    for file in files {
      try file.read { piece in log.read(piece, take) }
      log.finish(take)
    }
    return ReplayResult(
      path: nowPath, now: now.report(tiers: log.tiers), beforePath: beforePath,
      before: before?.report(tiers: log.tiers), log: LogSummary(log),
      moves: before.map { moves.moves(from: $0, to: now, tiers: log.tiers) } ?? [],
      sample: sample, budgets: budgets?.report(of: now.decider.graph),
      regions: before.flatMap { old in
        changes.map {
          regions.shares(changes: $0.count, from: old, to: now, tiers: log.tiers)
        }
      })
  }

  /// Where a row lies among the changes.
  private static func place(
    of request: LoggedRequest, _ texted: TextedRequest?, _ log: borrowing TrafficLog,
    _ old: inout Replay, _ from: Int?, _ new: inout Replay, _ to: Int?, by locator: ChangeLocator
  ) -> RegionPlace {
    guard let before = try? old.known(request, texted, of: log),
      let after = try? new.known(request, texted, of: log)
    else { return .undecided }
    func parts(_ known: KnownRequest) -> RequestReader.KnownParts {
      RequestReader.KnownParts(
        texts: known.hasTexts, parameters: request.record == nil,
        promptTokens: known.promptTokens)
    }
    return RegionPlace(
      locator.place(
        old: (before.input, parts(before)), new: (after.input, parts(after)),
        routes: (from.map { old.classes[$0].route }, to.map { new.classes[$0].route })))
  }
}

/// What came of a replay, for whoever prints it.
struct ReplayResult: Sendable {
  let path: String
  let now: ReplayReport
  let beforePath: String?
  let before: ReplayReport?
  let log: LogSummary
  let moves: [ReplayMove]
  /// The rows that are explained.
  let sample: ReplaySample
  /// What budgets would have done, if that was asked for.
  let budgets: BudgetReport?
  /// What lies in each region of the difference, if one was asked for.
  let regions: RegionShares?
}

/// What of a log was no request that a call answered.
struct LogSummary: Sendable {
  let problems: [LogProblem]
  let problemCount: Int
  let unanswered: Int

  init(_ log: TrafficLog) {
    problems = log.problems
    problemCount = log.problemCount
    unanswered = log.unanswered
  }
}

extension Catalog {
  /// Models by what their providers call them; a name two models share is none of theirs.
  fileprivate var modelsByUpstream: [String: ModelID] {
    var found: [String: ModelID] = [:]
    var shared: Set<String> = []
    for (index, model) in models.enumerated() {
      for name in Set(model.deployments.map(\.upstream))
      where found.updateValue(ModelID(index), forKey: name) != nil {
        shared.insert(name)
      }
    }
    return found.filter { !shared.contains($0.key) }
  }
}
