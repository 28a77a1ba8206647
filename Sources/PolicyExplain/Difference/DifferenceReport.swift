package import PolicyAnalysis
import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingRuntime

/// A difference in words, ready to be laid out: renderers add nothing.
package struct DifferenceReport: Sendable {
  package let oldPath: String
  package let newPath: String
  package let isEquivalent: Bool
  /// Whether the same is decided of every request, whatever becomes of its calls.
  package let decidesTheSame: Bool
  package let changes: [Change]
  package let declarations: [DeclarationChange]
  /// Where or how the catalog sends calls otherwise.
  package let calls: [DeclarationChange]
  package let renamed: [(old: String, new: String)]
  /// Routes that take requests of others and do the same with them, each pair with one such request.
  package let rerouted: [(old: String, new: String, request: String)]
  package let undecided: [UndecidedQuestion]
  package let kinds: [ChangeKind]
  /// What a log says of it, if one was laid over it.
  package var traffic: DifferenceTraffic?

  package struct Change: Sendable {
    package let kinds: [ChangeKind]
    /// Each line is a region, all of them together the region of the change.
    package let region: [String]
    package let isWholeRegion: Bool
    /// `a`, or `a → b`; empty for what has nothing to do with routes.
    package let routes: [String]
    package let lines: [Line]
    /// The request that shows it, in a line.
    package let request: String
    package let old: Side
    package let new: Side
    package let cost: Cost
  }

  /// The worst case before and after, as amounts or as why there is none.
  package struct Cost: Sendable {
    package let old: Explanation.Figure
    package let new: Explanation.Figure
    package let oldText: String
    package let newText: String
    /// `×4`, where both are known.
    package let ratio: String?
    /// The request it is of, where that is not the one that shows the change.
    package let of: String?

    package var isSame: Bool { oldText == newText }
  }

  /// One aspect before and after.
  package struct Line: Sendable {
    package let label: String
    package let old: String?
    package let new: String?
  }

  /// What one policy decided about the request, and why.
  package struct Side: Sendable {
    /// The route, or who refused.
    package let outcome: String
    package let why: [String]
  }
}

extension DifferenceReport {
  package init(
    _ difference: PolicyDifference, of comparison: PolicyComparison, oldPath: String,
    newPath: String
  ) {
    self.oldPath = oldPath
    self.newPath = newPath
    isEquivalent = difference.isEquivalent
    decidesTheSame = difference.decidesTheSame
    declarations = difference.declarations
    calls = difference.calls
    renamed = difference.renamed
    undecided = difference.undecided
    kinds = difference.kinds.sorted()
    let writer = ChangeWriter(comparison, oldPath: oldPath, newPath: newPath)
    changes = difference.changes.compactMap(writer.change)
    rerouted = difference.rerouted.compactMap(writer.rerouting)
  }
}

/// Puts one change into words.
private struct ChangeWriter {
  let graphs: [DecisionGraph]
  let explainers: [Explainer]
  let regions: RegionWords

  init(_ comparison: PolicyComparison, oldPath: String, newPath: String) {
    graphs = [comparison.old, comparison.new]
    explainers = [
      Explainer(graph: comparison.old, policyPath: oldPath),
      Explainer(graph: comparison.new, policyPath: newPath),
    ]
    regions = RegionWords(graphs.map(\.policy))
  }

  func change(_ change: PolicyChange) -> DifferenceReport.Change? {
    guard case .witness(let shown) = change.evidence else { return nil }
    return DifferenceReport.Change(
      kinds: change.kinds.sorted(), region: change.region.lines.map(regions.words),
      isWholeRegion: change.region.isWhole, routes: change.routes.map(routes),
      lines: change.aspects.map(line),
      request: RequestWords.line(shown.witness.draft, of: graphs.map(\.policy)),
      old: side(0, shown.old, shown.witness.draft), new: side(1, shown.new, shown.witness.draft),
      cost: cost(shown.cost))
  }

  /// Nil where no request could be built.
  func rerouting(_ change: PolicyChange) -> (old: String, new: String, request: String)? {
    guard case .witness(let shown) = change.evidence, let pair = change.routes.first,
      let old = pair.old, let new = pair.new
    else { return nil }
    return (
      graphs[0].policy[old].name, graphs[1].policy[new].name,
      RequestWords.line(shown.witness.draft, of: graphs.map(\.policy))
    )
  }

  private func routes(_ pair: PolicyChange.RoutePair) -> String {
    let old = pair.old.map { graphs[0].policy[$0].name }
    let new = pair.new.map { graphs[1].policy[$0].name }
    switch (old, new) {
    case (let old?, let new?): return old == new ? old : "\(old) → \(new)"
    case (let old?, nil): return "\(old) → refused"
    case (nil, let new?): return "refused → \(new)"
    case (nil, nil): return ""
    }
  }

  private func line(_ change: AspectChange) -> DifferenceReport.Line {
    DifferenceReport.Line(
      label: change.aspect.label, old: change.old, new: change.new)
  }

  private func cost(_ shift: DifferenceWitness.CostShift) -> DifferenceReport.Cost {
    let (old, new) = (figure(shift.old, 0), figure(shift.new, 1))
    let (oldText, newText) = (words(old, 0), words(new, 1))
    let extra = Amounts.grouped(Int64(shift.extraCharacters))
    return DifferenceReport.Cost(
      old: old, new: new, oldText: oldText, newText: newText,
      ratio: oldText == newText ? nil : shift.ratio.map(Self.times),
      of: shift.extraCharacters == 0 ? nil : "with \(extra) more characters")
  }

  private func figure(_ figure: CostFigure, _ side: Int) -> Explanation.Figure {
    switch figure {
    case .known(let money): .known(money)
    case .unknown(let reason): .unknown(reason.words(in: graphs[side].policy))
    }
  }

  private func words(_ figure: Explanation.Figure, _ side: Int) -> String {
    switch figure {
    case .known(let money):
      Amounts.text(money, currency: graphs[side].policy.vocabulary.currency)
    case .unknown(let reason): "unknown (\(reason))"
    }
  }

  /// `×4`, `×0.25`, `×1.5`.
  private static func times(_ ratio: Share) -> String {
    let hundredths = (ratio.millionths + 5_000) / 10_000
    guard hundredths > 0 else { return "×0" }
    return "×" + Amounts.decimal(hundredths, scale: 2)
  }

  private func side(
    _ index: Int, _ outcome: DifferenceWitness.Outcome, _ draft: RequestDraft
  ) -> DifferenceReport.Side {
    switch outcome {
    case .refused(let problem):
      return DifferenceReport.Side(
        outcome: "refused", why: ["\(problem)"])
    case .decided(let decision):
      guard var facts = try? graphs[index].facts(of: draft.input(for: graphs[index])) else {
        return DifferenceReport.Side(
          outcome: "refused", why: [])
      }
      let explanation = explainers[index].explain(decision, facts: &facts)
      return DifferenceReport.Side(
        outcome: Self.outcome(explanation), why: why(explanation))
    }
  }

  private static func outcome(_ explanation: Explanation) -> String {
    let route = explanation.route.map { route in
      route.name + (route.place.map { " (line \($0.line))" } ?? "")
    }
    switch explanation.outcome {
    case .route: return route ?? "no route"
    case .refused(let statement, _):
      return "refused" + (route.map { " at \($0)" } ?? "") + ": " + statement.text
    case .needs(let classifier, _, _): return "asks classifier \(classifier)"
    }
  }

  private func why(_ explanation: Explanation) -> [String] {
    (explanation.route?.why ?? []).prefix(2).map { observation in
      "\(observation.condition)  →  \(observation.observed)"
    }
  }
}

extension Aspect {
  /// What stands before a change of it.
  var label: String {
    switch self {
    case .refusal: "refusal"
    case .first: "first"
    case .split: "split"
    case .ladder: "calls"
    case .gates: "gates"
    case .fallback: "fallback"
    case .cache: "cache"
    case .compression: "compress"
    case .parameters: "sets"
    case .system: "system"
    case .tools: "tools"
    case .batch: "batch"
    case .stop: "stop"
    case .stick: "stick"
    case .shadow: "shadow"
    case .place: "place"
    case .budgets: "budget"
    case .classifiers: "asks"
    case .price: "price"
    case .models: "model"
    }
  }
}
