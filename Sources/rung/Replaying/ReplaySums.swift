import PolicyAnalysis
import PolicyGraph
import RoutingRuntime
import TrafficLog
import TrafficReplay

/// All that grows while a log is replayed.
struct ReplaySums {
  var now: Replay
  var before: Replay?
  var sample: ReplaySample
  var budgets: BudgetTrial?
  /// Of the policy as it is now.
  let path: String
  let locator: ChangeLocator?
  private(set) var moves = ReplayMoves()
  private(set) var regions = RegionTraffic()

  init(
    now: Replay, before: Replay?, sample: ReplaySample, budgets: BudgetTrial?, path: String,
    locator: ChangeLocator?
  ) {
    self.now = now
    self.before = before
    self.sample = sample
    self.budgets = budgets
    self.path = path
    self.locator = locator
  }

  mutating func add(
    _ request: LoggedRequest, _ texted: TextedRequest?, _ log: borrowing TrafficLog
  ) {
    let way = now.add(request, texted, of: log)
    if let way {
      budgets?.add(request, texted, of: log, under: &now, way: way)
      sample.offer(request, texted, of: log, under: &now, path: path)
    }
    // Compared first: to unwrap it, all of it is copied.
    guard before != nil, var old = before else { return }
    // Taken out while it changes, so that it is not copied.
    before = nil
    defer { before = old }
    let other = old.add(request, texted, of: log)
    moves.add(from: other, in: old, to: way, in: now, line: request.line)
    guard let locator else { return }
    let place = Self.place(of: request, texted, log, &old, other, &now, way, by: locator)
    regions.add(place, from: other, in: old, to: way, in: now, line: request.line)
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
