import PolicySemantics
import PolicyUnits
import RoutingRuntime
import TrafficLog

// Prices are ``Tariff``'s, call by call, rounded up as a bill is; only the sums are kept.
extension Replay {
  /// Adds a request to its class.
  mutating func price(
    _ request: LoggedRequest, _ usage: Usage, _ served: ModelID?, _ baseline: Money, _ way: Way
  ) throws(LeftOut.Reason) {
    let number = way.number
    var costs = stepCosts
    defer { stepCosts = costs }
    costs.removeAll(keepingCapacity: true)
    let isShortened = rates.compression != nil && classes[number].compresses
    for place in classes[number].steps.indices {
      let cap = way.caps[place]
      let cost = try cost(ofStep: place, in: number, usage, served, cap: cap)
      var compressed = cost
      if isShortened, let share = rates.compression {
        compressed = try self.cost(
          ofStep: place, in: number, usage.shortened(by: share), served, cap: cap)
      }
      costs.append((cost, compressed))
    }
    let isHit = hits(request, number)
    lastWasHit = isHit
    for (place, cost) in costs.enumerated() {
      classes[number].steps[place].all += Int128(cost.whole)
      guard !isHit else { continue }
      classes[number].steps[place].missed += Int128(cost.whole)
      classes[number].steps[place].compressed += Int128(cost.compressed)
    }
    count(request, usage, served, baseline, number, isHit: isHit)
  }

  private mutating func count(
    _ request: LoggedRequest, _ usage: Usage, _ served: ModelID?, _ baseline: Money,
    _ number: Int, isHit: Bool
  ) {
    if classes[number].requests == 0 { classes[number].example = request.line }
    classes[number].requests += 1
    classes[number].logged += Int128(baseline.nanos)
    if isHit { classes[number].hits += 1 }
    requests += 1
    logged += Int128(baseline.nanos)
    first = first.map { min($0, request.time) } ?? request.time
    last = last.map { max($0, request.time) } ?? request.time
    for index in singles.indices {
      singles[index].add(usage.uncached(unless: singles[index].model == served))
    }
  }

  private mutating func hits(_ request: LoggedRequest, _ number: Int) -> Bool {
    guard let rule = classes[number].cache, let fingerprint = request.fingerprint else {
      return false
    }
    comparable += 1
    return repeats.hits(request, fingerprint: fingerprint, way: number, rule)
  }

  /// A call with those its gates make, in nanos.
  func cost(
    ofStep place: Int, in number: Int, _ usage: Usage, _ served: ModelID?, cap: Int64
  ) throws(LeftOut.Reason) -> Int64 {
    let model = classes[number].steps[place].model
    var usage = usage.uncached(unless: model == served)
    usage.output = min(usage.output, cap)
    guard var cost = decider.frozen[model].tariff.cost(of: usage) else { throw .noPolicyPrice }
    for index in classes[number].steps[place].judges.indices {
      let judge = classes[number].steps[place].judges[index]
      let asked = Usage(
        input: usage.input + usage.output + judge.promptTokens, output: judge.cap)
      guard let judged = decider.frozen[judge.model].tariff.cost(of: asked) else {
        throw .noPolicyPrice
      }
      cost += judged
    }
    return cost.nanos
  }
}

extension Usage {
  /// Another model has none of the prompt in its cache.
  fileprivate func uncached(unless isSame: Bool) -> Usage {
    isSame ? self : Usage(input: input, output: output)
  }

  /// Without the share of its input that a compression takes away; what was cached goes last.
  fileprivate func shortened(by share: Share) -> Usage {
    let taken = Int64(Int128(input) * Int128(share.millionths) / 1_000_000)
    let left = input - taken
    return Usage(input: left, cachedInput: min(cachedInput, left), output: output)
  }
}
