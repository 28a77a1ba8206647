import PolicyUnits

// What a limit on tokens leaves of a call.
extension Planner {
  /// Clamps an output cap to what the limit leaves after the prompt and the judges.
  func clamp(
    _ cap: OutputCap, _ step: PlanStep, _ input: TokenInterval, judges: Int64
  ) throws(Lost) -> OutputCap {
    guard let bound = tokenBound else { return cap }
    guard !request.hasImages else { throw Lost(.unboundedTokens(under: bound)) }
    let least = max(1, min(step.minOutput, cap.tokens ?? step.minOutput))
    let other = Saturated.sum(Choices.sum(input.bound, of: request.choices), judges)
    let whole = Saturated.difference(bound.left, other)
    let room = Choices.share(whole, of: request.choices)
    guard room >= least else {
      throw Lost(.tooFewTokensLeft(bound, tokens: max(0, room), least: least))
    }
    let roomAtWorst = Choices.share(
      Saturated.difference(whole, totals.worstTokens ?? bound.left), of: request.choices)
    let atWorst = min(roomAtWorst, cap.tokensAtWorst ?? .max)
    return OutputCap(
      tokens: min(room, cap.tokens ?? .max),
      limitedBy: room < cap.tokens ?? .max ? .tokens(bound) : cap.limitedBy,
      tokensAtWorst: atWorst < least ? 0 : atWorst, choices: request.choices)
  }

  /// The most a call uses, all attempts together.
  func tokens(_ step: PlanStep, _ input: TokenInterval, _ output: OutputCap) -> Int64? {
    guard let cap = output.tokens, !request.hasImages else { return tokenBound?.left }
    let once = Choices.sum(Saturated.sum(input.bound, cap), of: request.choices)
    return min(Saturated.product(once, Int64(step.callsAtMost)), tokenBound?.left ?? .max)
  }
}
