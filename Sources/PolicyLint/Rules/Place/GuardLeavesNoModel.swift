import PolicyDiagnostics
import PolicySemantics
import PolicySource
import RoutingRuntime

/// A guard, or guards that hold together, under which a route has nothing left to call.
enum GuardLeavesNoModel: LintRule {
  static let page = DiagnosticPage(
    DiagnosticCode("guard_leaves_no_model"), .warning,
    finds: "A guard, or guards that hold together, that take every model of a route.",
    why: """
      Such a request is refused in the guard's name: nothing leaks, and nothing is answered. That \
      may be what you want; then `refuse` says it. Otherwise the route needs a model the guard \
      keeps. A fallback counts only if it follows `unavailable`, for that is what a lost model is. \
      Each finding stands on a request that was built and decided.
      """,
    wrong: """
      rung 1
      catalog "catalog.yaml"
      facts { region : eu | us required }
      guard eu_stays when region = eu { only models where model.region = eu }
      otherwise { use large }
      """,
    instead: """
      rung 1
      catalog "catalog.yaml"
      facts { region : eu | us required }
      guard eu_stays when region = eu { only models where model.region = eu }
      otherwise { use large fallback medium }
      """,
    fix: "Add a model the guard keeps, or let the guard or a route `refuse` in words of your own.")

  /// Past so many routes under one guard the rest is not looked at.
  private static let mostNamed = 6

  static func check(_ subject: LintSubject, _ report: inout LintReport) {
    let reach = GuardReach(subject)
    guard !reach.guards.isEmpty else { return }
    var routes: [[Int]: [RouteID]] = [:]
    var examples: [[Int]: String] = [:]
    for (index, skeleton) in subject.decider.frozen.routes.enumerated() {
      let id = RouteID(index)
      for arm in skeleton.arms.indices {
        for guards in culprits(id, arm, reach)
        where routes[guards, default: []].count < mostNamed && routes[guards]?.last != id {
          guard let example = reach.example(ofEmptying: guards, id, arm) else { continue }
          routes[guards, default: []].append(id)
          if examples[guards] == nil { examples[guards] = example }
        }
      }
    }
    for (guards, routes) in routes.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      add(guards, routes, examples[guards], subject, &report)
    }
  }

  /// The guards that may empty an arm, each alone, or else the fewest that do so together.
  private static func culprits(_ route: RouteID, _ arm: Int, _ reach: GuardReach) -> [[Int]] {
    let alone = reach.guards.filter { reach.mayEmpty([$0], route, arm) }
    if !alone.isEmpty { return alone.map { [$0] } }
    guard reach.guards.count > 1, reach.mayEmpty(reach.guards, route, arm) else { return [] }
    var needed = reach.guards
    for index in reach.guards.reversed() {
      let fewer = needed.filter { $0 != index }
      if reach.mayEmpty(fewer, route, arm) { needed = fewer }
    }
    return [needed]
  }

  private static func add(
    _ guards: [Int], _ routes: [RouteID], _ example: String?, _ subject: LintSubject,
    _ report: inout LintReport
  ) {
    let lines = guards.flatMap { subject.decider.frozen.guards[$0].only.map(\.span) }
    guard let place = lines.first else { return }
    let names = guards.map { subject.policy.guards[$0].name }
    let verb = names.count == 1 ? "leaves" : "leave"
    var notes = lines.dropFirst().map { Note("with this", at: $0) }
    if let example { notes.append(Note("for example: \(example)")) }
    for route in routes {
      for use in subject.policy[route].uses {
        notes.append(Note("nothing here is left", at: use.span))
      }
    }
    report.add(
      "\(subject.list(names)) \(verb) no model for some requests of "
        + subject.list(routes.map { subject.policy[$0].name })
        + (routes.count == mostNamed ? ", perhaps of others" : ""),
      at: place, notes: notes)
  }
}
