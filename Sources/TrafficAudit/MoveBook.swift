import PolicyUnits
import RoutingRuntime
import TrafficLog

/// Calls by who could be asked instead: what they cost, and at which lengths.
struct MoveBook: Sendable {
  /// Groups that are kept; later ones are moved nowhere.
  static let limit = 4_096

  struct Key: Hashable, Sendable {
    /// The task's name, else the route's.
    var subject: Int
    var isTask: Bool
    /// The log's name of the model that answered.
    var model: Int
  }

  struct Calls: Sendable {
    var calls: Int64 = 0
    /// Nanos of the calls whose answers were given out.
    var cost: Int128 = 0
    var tokens = TokenSum()
    /// The longest prompt, answer, and both of one call, in tokens.
    var longest: Int64 = 0
    var longestOutput: Int64 = 0
    var longestWhole: Int64 = 0
    /// Models of a ladder that were called for one of them already: to try those first is no news.
    var tried: Set<String> = []

    mutating func add(_ cost: Int64, _ priced: Priced) {
      guard let usage = priced.usage else { return }
      calls += 1
      self.cost += Int128(cost)
      tokens.add(usage)
      longest = max(longest, usage.input)
      longestOutput = max(longestOutput, usage.output)
      longestWhole = max(longestWhole, usage.input &+ usage.output)
    }
  }

  private(set) var groups: [Key: Calls] = [:]
  /// By the catalog's model, those that were not streamed: they may wait.
  private(set) var unstreamed: [Int: Calls] = [:]
  private var last: (key: Key, calls: Calls)?

  mutating func add(_ row: borrowing SpendRow, _ priced: Priced) {
    guard !priced.isHit, !row.isShadow, let model = row.model, priced.usage != nil,
      let cost = row.calls.map({ $0.answerCost?.nanos }) ?? priced.cost
    else { return }
    let key = Key(subject: row.task ?? row.route ?? -1, isTask: row.task != nil, model: model)
    if groups[key] != nil || groups.count < Self.limit {
      groups[key, default: Calls()].add(cost, priced)
      for call in row.calls?.calls ?? [] {
        guard call.isAnswer, let tier = call.tier else { continue }
        groups[key]?.tried.insert(tier.name.model)
      }
    }
    if !row.isStreamed, let model = priced.model {
      unstreamed[model, default: Calls()].add(cost, priced)
    }
  }
}
