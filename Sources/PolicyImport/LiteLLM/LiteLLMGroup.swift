/// All deployments of one `model_name`.
struct LiteLLMGroup {
  let name: String
  /// Where its first deployment stands.
  let line: Int
  var members: [Member]

  /// One deployment that can be carried over.
  struct Member {
    let line: Int
    let path: String
    var deployment: RouterDraft.DeploymentDraft
    /// In millionths; nil where the file says none.
    var weight: Int64?
    /// Lower ones are asked first.
    var order: Int64?
    var facts: ModelFacts
    var isEmbedder: Bool
    /// Calls to one request, the first included.
    var attempts: Int64?
    var maxOutput: Int64?
    var shapes: [EffectDraft]
  }

  var isEmbedder: Bool { members.contains(where: \.isEmbedder) }

  /// Members that are asked together, those asked first at the front.
  ///
  /// A member without an order stands behind those that have one.
  var stages: [[Member]] {
    let orders = Set(members.map(\.order)).sorted { a, b in
      switch (a, b) {
      case (let a?, let b?): a < b
      case (.some, nil): true
      case (nil, _): false
      }
    }
    return orders.map { order in members.filter { $0.order == order } }
  }
}

/// What holds for all groups.
struct LiteLLMSettings {
  /// As a catalog calls it; nil where there is nothing to choose.
  var balance: String?
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
