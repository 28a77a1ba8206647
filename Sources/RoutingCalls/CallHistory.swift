import RoutingBatches
import RoutingHealth
import RoutingRuntime

/// What one request has tried so far.
struct CallHistory {
  /// Deployments that failed: others are taken first.
  private var failed: Set<DeploymentName> = []
  /// Deployments that are not called again for this request, whatever its policy repeats.
  private var barred: Set<DeploymentName> = []
  private var step: (leg: Int, step: Int)?
  /// Whether a call of the step under way has left.
  private var hasSent = false
  /// Calls ordered so far, the one under way included.
  private var orders = 0
  /// Why the first call was made alone, on a route with `batch`.
  var alone: AloneReason?

  /// A call that left and failed.
  mutating func failed(at name: DeploymentName, again: CallAgain) {
    failed.insert(name)
    switch again {
    case .anywhere: return
    case .elsewhere, .nowhere: barred.insert(name)
    }
  }

  /// Call for each order, before it is carried out.
  mutating func begin(_ order: CallOrder) {
    if step?.leg != order.leg || step?.step != order.step { hasSent = false }
    step = (order.leg, order.step)
    orders += 1
  }

  /// Whether the call under way is the first.
  var isFirst: Bool { orders == 1 }

  mutating func sent() { hasSent = true }

  func wish(_ places: CallPlaces, _ order: CallOrder) -> CallWish {
    var wish = CallWish(places.model, among: places.usable, tokens: order.reservedTokens)
    wish.isRepeat = order.attempt > 1 && hasSent
    wish.tried = failed
    wish.barred = barred
    return wish
  }

  /// The wish of a repeat of the call that has just failed.
  func wishForRepeat(_ places: CallPlaces, _ order: CallOrder) -> CallWish {
    var wish = wish(places, order)
    wish.isRepeat = true
    return wish
  }
}

/// Where a call that failed may be tried again.
enum CallAgain: Hashable, Sendable {
  case anywhere
  /// Its deployment fell silent, and may still be at work on it, or does not take our key.
  case elsewhere
  case nowhere
}
