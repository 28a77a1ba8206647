import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingRuntime
import Synchronization

/// Which model answered each conversation last, for as long as its route's `stick` says.
///
/// In memory, and shared by all versions of a policy: a restart forgets it, and a conversation then
/// starts like any other. Bounded: of more conversations than fit, those that have been silent longest
/// are forgotten.
package final class StickBook: Sendable {
  private struct Key: Hashable {
    /// Two callers that name a conversation alike have two.
    let owner: String
    let conversation: String
  }

  private struct Place {
    /// By name: the next version's catalog may have it at another place.
    let model: String
    let until: Timestamp
  }

  /// Two generations: when the young is full, the old is forgotten.
  private struct Generations {
    var young: [Key: Place] = [:]
    var old: [Key: Place] = [:]
  }

  private let generations = Mutex(Generations())
  private let most: Int

  /// `most` conversations are kept at least, and at most twice as many.
  package init(most: Int = 50_000) { self.most = max(1, most) }

  /// Says in the input which model the conversation goes on with, if that is known and still holds.
  func fill(_ input: inout RequestInput, in policy: CheckedPolicy, at now: Timestamp) {
    guard input.state.lastModel == nil, let key = Self.key(input) else { return }
    let place = generations.withLock { $0.young[key] ?? $0.old[key] }
    guard let place, place.until.milliseconds > now.milliseconds else { return }
    let index = policy.vocabulary.models.firstIndex { $0.name == place.model }
    input.state.lastModel = index.map { ModelID($0) }
  }

  /// Keeps which model answered, where the decision's route sticks.
  func keep(
    _ model: ModelID, _ decided: DecidedRequest, in policy: CheckedPolicy, at now: Timestamp
  ) {
    guard let span = decided.decision.plan.stickiness, let key = Self.key(decided.input) else {
      return
    }
    let place = Place(model: policy[model].name, until: now.after(span.count))
    generations.withLock { generations in
      generations.old[key] = nil
      generations.young[key] = place
      guard generations.young.count >= most else { return }
      generations.old = generations.young
      generations.young = [:]
    }
  }

  private static func key(_ input: RequestInput) -> Key? {
    input.conversation.map { conversation in
      let owner = [input.tenant, input.key].map { $0.map { "\($0.utf8.count):\($0)" } ?? "-" }
      return Key(owner: owner.joined(separator: "/"), conversation: conversation)
    }
  }
}

extension Plan {
  /// How long the conversation goes on with the model that answers; nil if it does not.
  fileprivate var stickiness: Milliseconds? {
    for effect in effects {
      guard case .stick(let span) = effect.kind else { continue }
      switch effect.state {
      case .applies, .startsWith: return span
      case .conditionFails, .lacks: continue
      }
    }
    return nil
  }
}
