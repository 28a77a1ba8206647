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
    stepCosts.removeAll(keepingCapacity: true)
    let isShortened = rates.compression != nil && classes[number].compresses
    for place in classes[number].steps.indices {
      let cap = way.caps[place]
      let cost = try cost(ofStep: place, in: number, usage, served, cap: cap)
      var compressed = cost
      if isShortened, let share = rates.compression {
        compressed = try self.cost(
          ofStep: place, in: number, usage.shortened(by: share), served, cap: cap)
      }
      stepCosts.append((cost, compressed))
    }
    let isHit = hits(request, number)
    lastWasHit = isHit
    classes[number].add(stepCosts, logged: baseline, line: request.line, isHit: isHit)
    count(request, usage, served, baseline, asked: way.asked)
  }

  private mutating func count(
    _ request: LoggedRequest, _ usage: Usage, _ served: ModelID?, _ baseline: Money, asked: Int64
  ) {
    requests += 1
    logged += Int128(baseline.nanos)
    first = first.map { min($0, request.time) } ?? request.time
    last = last.map { max($0, request.time) } ?? request.time
    let uncached = usage.uncached(unless: false)
    for index in singles.indices {
      singles[index].add(singles[index].model == served ? usage : uncached, atMost: asked)
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
    let cost = classes[number].steps[place]
      .cost(of: usage, servedBy: served, cap: cap, in: decider.frozen)
    guard let cost else { throw .noPolicyPrice }
    return cost
  }
}

extension ReplayStep {
  /// The call with those its gates make, in nanos; nil for an unknown price.
  fileprivate func cost(
    of usage: Usage, servedBy served: ModelID?, cap: Int64, in frozen: FrozenPolicy
  ) -> Int64? {
    var usage = usage.uncached(unless: model == served)
    usage.output = min(usage.output, cap)
    guard var cost = tariff.cost(of: usage) else { return nil }
    for judge in judges {
      let asked = Usage(
        input: usage.input + usage.output + judge.promptTokens, output: judge.cap)
      guard let judged = frozen[judge.model].tariff.cost(of: asked) else { return nil }
      cost += judged
    }
    return cost.nanos
  }
}

extension RequestClass {
  /// Adds a request whose calls cost so much.
  fileprivate mutating func add(
    _ costs: [(whole: Int64, compressed: Int64)], logged baseline: Money, line: Int, isHit: Bool
  ) {
    if requests == 0 { example = line }
    requests += 1
    logged += Int128(baseline.nanos)
    if isHit { hits += 1 }
    for (place, cost) in costs.enumerated() {
      steps[place].all += Int128(cost.whole)
      guard !isHit else { continue }
      steps[place].missed += Int128(cost.whole)
      steps[place].compressed += Int128(cost.compressed)
    }
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
