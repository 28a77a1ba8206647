import PolicyGraph
import PolicySemantics
import PolicySource
import RoutingRuntime

/// The requests of one policy by which of its guards hold.
struct GuardClasses {
  /// Regions that are apart and together everything.
  let classes: [(region: Diagram, guards: [GuardID])]
  /// By guard: its name and what it does, as a number both policies share; nil for one that does
  /// nothing.
  let contents: [Int?]

  /// - Throws: also if the guards make more classes than can be looked at one by one.
  init(
    _ side: Int, _ regions: RegionSpace, _ numbers: ContentNumbers
  ) throws(DiagramsTooLarge) {
    let policy = regions.graphs[side].policy
    contents = policy.guards.map { declared in
      let text = Self.content(declared, policy.vocabulary)
      // Who refuses a request is told to its caller.
      return text.isEmpty ? nil : numbers.number(of: "\(declared.name)\n\(text)")
    }
    var classes: [(region: Diagram, guards: [GuardID])] = [(.always, [])]
    for index in policy.guards.indices where contents[index] != nil {
      let id = GuardID(index)
      let holds = try regions.holds(.guarding(id), in: side)
      var split: [(region: Diagram, guards: [GuardID])] = []
      for part in classes {
        let inside = try regions.store.and(part.region, holds)
        let outside = try regions.store.minus(part.region, holds)
        if inside != .never { split.append((inside, part.guards + [id])) }
        if outside != .never { split.append((outside, part.guards)) }
      }
      guard split.count <= Self.most else {
        throw DiagramsTooLarge(nodes: regions.store.nodeCount)
      }
      classes = split
    }
    self.classes = classes
  }

  private static let most = 1_024

  /// Which deployments a guard keeps of each model, and what else it does; empty if nothing.
  private static func content(_ declared: CheckedGuard, _ vocabulary: Vocabulary) -> String {
    var parts: [String] = []
    for line in declared.lines {
      switch line {
      case .onlyModels(let condition, _):
        for model in vocabulary.models {
          add(condition.keep(model), model.name, model.deployments, to: &parts)
        }
        for embedder in vocabulary.embedders {
          add(condition.keep(embedder), "by " + embedder.name, embedder.deployments, to: &parts)
        }
      case .dropTools: parts.append("drop tools")
      case .refuse(let message, _): parts.append("refuse " + message.asPolicyText)
      }
    }
    return parts.joined(separator: "\n")
  }

  private static func add(
    _ keep: Keep, _ name: String, _ deployments: [Deployment], to parts: inout [String]
  ) {
    switch keep {
    case .all: break
    case .none: parts.append("\(name) nowhere")
    case .some(let kept):
      let places = kept.map { CatalogContents.place(deployments[$0]) }.joined(separator: ", ")
      parts.append("\(name) at \(places)")
    }
  }

  /// What the guards of a class do, in their order: the first that refuses has the word.
  func content(of guards: [GuardID]) -> [Int] {
    guards.compactMap { contents[$0.index] }
  }
}
