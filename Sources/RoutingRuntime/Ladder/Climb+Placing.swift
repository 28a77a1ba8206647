import PolicySemantics
package import PolicyUnits

/// Why a climb's first call cannot go into a provider's batch.
package enum NotPlaceable: Error, Hashable, Sendable {
  /// Nothing would be called.
  case nothingToCall
  /// The catalog has no price of a batch for the model.
  case noBatchPrice(model: Int)
  /// Nothing bounds its tokens, or the catalog has batch prices for shorter prompts only.
  case unbounded(model: Int)
}

extension Climb {
  /// Makes the first call one that goes into its provider's batch: at the prices of one, made once, and
  /// without a time it has to be over in.
  ///
  /// What follows it, its gates included, is asked as ever, and at the usual prices.
  ///
  /// - Returns: the call, by its index in the plan, and the most it may cost.
  package mutating func placeFirst() throws(NotPlaceable) -> (call: Int, most: Money) {
    guard legs.indices.contains(startLeg) else { throw .nothingToCall }
    let leg = legs[startLeg]
    guard leg.steps.indices.contains(leg.start),
      let place = leg.steps[leg.start...].firstIndex(where: { $0.dropped == nil }),
      let model = leg.steps[place].model
    else { throw .nothingToCall }
    var step = leg.steps[place]
    guard let tariff = step.tariff.ofBatch else { throw .noBatchPrice(model: model.index) }
    step.tariff = tariff
    step.attempts = 1
    step.timeout = nil
    step.firstToken = nil
    guard step.isBounded, let cap = step.outputCap,
      let most = tariff.reservation(
        input: step.inputBound, cap: Choices.sum(cap, of: step.choices))
    else { throw .unbounded(model: model.index) }
    legs[startLeg].steps[place] = step
    return (step.call, most)
  }
}

extension Decision {
  /// The most it may cost where one call of its plan costs at most `most`; nil if nothing bounds it.
  package func cost(where call: Int, costsAtMost most: Money) -> Money? {
    var sum = Money.zero
    for index in plan.calls.indices where plan.calls[index].isKept {
      let part = index == call ? most : plan.calls[index].cost.atMost.money
      guard let part else { return cost.atMost.money }
      sum += part
    }
    return cost.atMost.money.map { min($0, sum) } ?? sum
  }
}
