/// All deployments of one `model_name`.
struct LiteLLMGroup {
  let name: String
  /// Where its first deployment stands.
  let line: Int
  /// Those that can be carried over.
  var members: [Member] = []
  /// By `order`, what the shares of those deployments go by; nil where all have the same.
  private var measures: [Int64?: Measure?] = [:]

  init(name: String, line: Int) {
    self.name = name
    self.line = line
  }

  /// What shares go by, the first that is there.
  private enum Measure: String, CaseIterable {
    case weight, rpm, tpm

    func value(of member: Member) -> Int64? {
      switch self {
      case .weight: member.weight
      case .rpm: member.deployment.requestsPerMinute
      case .tpm: member.deployment.tokensPerMinute
      }
    }
  }

  /// One deployment that can be carried over.
  struct Member {
    let line: Int
    let path: String
    var deployment: RouterDraft.DeploymentDraft
    /// What the model is, wherever it is deployed, as far as the file says.
    let model: String
    /// In millionths; nil where the file says none.
    var weight: Int64?
    /// Where it is written, if calls may go by it.
    var weightNode: SourceNode?
    /// Lower ones are asked first.
    var order: Int64?
    var facts: ModelFacts
    var isEmbedder: Bool
    /// Calls to one request, the first included.
    var attempts: Int64?
    var maxOutput: Int64?
    var parameters: [ParameterDraft]

    /// Whether a catalog can have both as deployments of one model, which have one price.
    ///
    /// Two prices that nobody knows need not be the same.
    func isPriced(as other: Member) -> Bool {
      facts == other.facts && (facts.isPriced || model == other.model)
    }
  }

  var isEmbedder: Bool { members.contains(where: \.isEmbedder) }

  /// The orders of its members, those asked first at the front; without one they stand behind all.
  private var orders: [Int64?] {
    Set(members.map(\.order)).sorted { a, b in
      switch (a, b) {
      case (let a?, let b?): a < b
      case (.some, nil): true
      case (nil, _): false
      }
    }
  }

  /// Members that are asked together, those asked first at the front.
  var stages: [[Member]] {
    orders.map { order in members.filter { $0.order == order } }
  }

  // MARK: Weights

  /// Remembers what shares go by: the proxy looks at the first deployment of those it asks together,
  /// whatever becomes of it here.
  mutating func note(_ parameters: SourceNode) {
    let order = parameters["order"]?.exactly(places: 0)
    guard measures[order] == nil else { return }
    let measure = Measure.allCases.first { measure in
      guard let node = parameters[measure.rawValue] else { return false }
      return node.exactly(places: 6) != nil && (measure == .weight || !node.isBeyondCounts)
    }
    measures.updateValue(measure, forKey: order)
  }

  /// Gives its members the weights calls go by, and leaves out those the proxy never calls: it takes
  /// what is missing for zero, and zero is no share, even of a group that has nobody else.
  mutating func weigh(_ findings: inout FindingList) {
    var kept: [Member] = []
    for order in orders {
      var stage = members.filter { $0.order == order }
      for node in stage.compactMap(\.weightNode) { tell(of: node, in: order, &findings) }
      if let measure = measures[order] ?? nil {
        stage = stage.filter { member in
          if let value = measure.value(of: member), value > 0 { return true }
          findings.leftOut(
            member.path, member.line,
            "calls go by `\(measure.rawValue)`, and it has none: it is never called",
            cure: "give it one if it shall be called")
          return false
        }
        let weights = Shares.reduced(stage.map { measure.value(of: $0) ?? 1 })
        let isEven = Set(weights).count == 1
        for (index, weight) in zip(stage.indices, weights) where !isEven {
          stage[index].deployment.weight = weight
        }
      }
      kept += stage
    }
    members = kept
  }

  /// A weight counts only where the first deployment of those asked together has one.
  private func tell(of weight: SourceNode, in order: Int64?, _ findings: inout FindingList) {
    let measure = measures[order] ?? nil
    guard measure != .weight else { return findings.carriedOver() }
    findings.leftOut(
      weight,
      "the first deployment of its group has none, so calls go "
        + (measure.map { "by `\($0.rawValue)`" } ?? "evenly"),
      cure: "give each deployment of the group a weight")
  }
}

/// What holds for all groups.
struct LiteLLMSettings {
  /// As a catalog calls it; nil where there is nothing to choose.
  var balance: String?
  /// The strategy, where it is one that looks at no weights.
  var weightless: String?
  var fallbacks: [String: Chain] = [:]
  /// The lists of fallbacks that were read, by their keys.
  var listsRead: Set<String> = []
  /// Of groups that have none of their own.
  var commonFallbacks: Chain?
  /// Nil where the file has none: then such failures follow `fallbacks`.
  var tooLong: [String: Chain]?
  var filtered: [String: Chain]?
  var attempts: Int64?
  var cooldown: (failures: Int64, pauseMillis: Int64)?
  var wholeMillis: Int64?
  /// Names callers may use for a group.
  var aliases: [(name: String, group: String, node: SourceNode)] = []
  var cache: SourceNode?
  var cacheParameters: SourceNode?
  var budget: (amount: SourceNode, window: SourceNode?)?

  /// The groups that follow, and where they are written.
  struct Chain {
    let groups: [String]
    let node: SourceNode
  }
}
