import OpenAIWire
import PolicySemantics
package import PolicyUnits
package import RoutingBatches
import RoutingRuntime

/// The place of one request among those it may be asked with.
package struct BatchSeat: Sendable {
  /// Whom a request may be asked with: nobody of another tenant, route or arm.
  package struct Circle: Hashable, Sendable {
    package var tenant: String?
    package var route: Int
    package var arm: Int
    /// One bit for each effect of the route that applies to this request.
    package var variant: UInt64

    package init(tenant: String?, route: Int, arm: Int, variant: UInt64) {
      self.tenant = tenant
      self.route = route
      self.arm = arm
      self.variant = variant
    }
  }

  let desk: BatchDesk
  let circle: Circle
  let size: Int
  let within: Milliseconds
  /// The request as models are sent it, or why it is asked alone.
  let request: Result<BatchableRequest, AloneReason>

  package init(
    _ desk: BatchDesk, _ circle: Circle, upTo size: Int, within: Milliseconds,
    _ request: Result<BatchableRequest, AloneReason>
  ) {
    self.desk = desk
    self.circle = circle
    self.size = size
    self.within = within
    self.request = request
  }

  /// What it brings to the desk for its first call, or why it is asked alone.
  func offer(_ order: CallOrder, _ plan: Plan, _ step: Climb.Step) -> Result<
    BatchOffer, AloneReason
  > {
    let call = plan.calls[order.call]
    guard call.step.isBatched else { return .failure(.otherModel) }
    if order.firstToken != nil { return .failure(.firstToken) }
    if call.step.wantsLogprobs { return .failure(.logprobs) }
    return request.map { request in
      BatchOffer(
        request: request, order: order, plan: plan, step: step,
        kind: BatchKind(
          circle: circle, call: order.call, model: order.model.index,
          deployments: call.deployments, likeness: request.likeness), size: size, within: within)
    }
  }
}

/// What all requests of a batch have in common.
struct BatchKind: Hashable, Sendable {
  let circle: BatchSeat.Circle
  let call: Int
  let model: Int
  let deployments: [Int]
  let likeness: [UInt8]
}

/// One request that waits for others.
struct BatchOffer: Sendable {
  let request: BatchableRequest
  /// The call as it would be made alone.
  let order: CallOrder
  let plan: Plan
  let step: Climb.Step
  let kind: BatchKind
  let size: Int
  let within: Milliseconds
}

/// What a batch was to a call.
package enum BatchMark: Hashable, Sendable {
  /// It was one of so many in a call they share; `problem` is the word for an answer that is none.
  case shared(name: String, size: Int, problem: String?)
  case alone(AloneReason)
  /// It went by its provider's batch of this name.
  case placed(batch: String)
}
