import OpenAIWire
import PolicySemantics
import PolicySyntax
import PolicyUnits
import RoutingCalls
import RoutingRuntime
import StandInProvider
import Testing

/// What the driver makes of every fault a provider can play.
@Suite(.serialized) struct `Every fault of a provider` {
  /// What the first call comes to.
  enum First: Hashable {
    case answer(Figures)
    case failure(CallFailure, Figures)

    static func fails(_ failure: CallFailure, _ figures: Figures = .bound) -> First {
      .failure(failure, figures)
    }
  }

  /// What its cost rests on.
  enum Figures: Hashable {
    /// The provider's own figures.
    case exact
    /// What was set aside: the provider gave none, or none to believe.
    case bound
    /// It was turned away.
    case nothing
  }

  struct Case: CustomTestStringConvertible {
    let fault: Fault
    let first: First
    var testDescription: String { fault.name }
  }

  /// A switch, so that a new fault needs its line here.
  static func first(_ fault: Fault) -> First {
    switch fault {
    case .closeBeforeHeaders, .resetBeforeHeaders, .resetAfterHeaders, .resetMidBody, .hang,
      .slowFirstByte, .slowHead, .endlessHead, .slowBody, .notHTTP, .noContent, .status502,
      .status504, .html, .halfJSON, .brokenJSON, .errorObject, .emptyBody, .lengthShort,
      .lengthLong,
      .malformedChunk, .unaskedGzip, .gzipBomb, .bigHead, .bigBody, .hugeBody, .invalidUTF8,
      .duplicateKeys, .streamCut,
      .streamWithoutDone, .streamSilent, .streamError, .brokenEvent, .hugeChunk:
      .fails(.unavailable)
    case .status429, .status429Seconds, .status429Date, .status429Absurd: .fails(.limited, .nothing)
    case .badRequest, .unauthorized, .unknownModel, .status408, .status409, .status500, .status503,
      .redirect:
      .fails(.unavailable, .nothing)
    case .contextLength, .status413: .fails(.tooLong, .nothing)
    case .contentFilter: .fails(.filtered, .nothing)
    case .finishFiltered: .fails(.filtered, .exact)
    case .finishMissing: .fails(.unavailable, .exact)
    case .usageMissing, .usageNegative, .usageZero, .usageHuge: .answer(.bound)
    case .usageInflated, .wrongModel, .streamDoneTwice, .streamAfterDone,
      .batchDrop,
      .batchDuplicate, .batchReorder, .batchInvent, .batchProse:
      .answer(.exact)
    }
  }

  static let cases = Fault.allCases.map { Case(fault: $0, first: first($0)) }

  static let policy = """
    gate answered = length >= 5 chars
    ladder left(max_budget = 0.50) { tier cheap accept answered  tier dear }
    ladder alone(max_budget = 0.50) { tier cheap accept answered }
    route has_next when question contains "LEFT" { use left }
    route has_none when question contains "ALONE" { use alone }
    otherwise { use cheap fallback dear }
    """

  @Test(arguments: cases)
  func `moves a ladder on, or ends it in one clear error`(_ row: Case) async throws {
    let script = Script(rules: [Rule(model: "cheap", fault: row.fault, delay: 2000)])
    for (question, hasNext) in [("LEFT", true), ("ALONE", false), ("direct", true)] {
      try await Ground.with(Self.policy, script: script) { ground in
        let record = try await ground.run("\(question): how do I reset my password?")
        expect(
          row, record, hasNext: hasNext, isBounded: question != "direct", ground.standIn.stats)
      }
    }
  }

  private func expect(
    _ row: Case, _ record: RunRecord, hasNext: Bool, isBounded: Bool, _ seen: Stats
  ) {
    let outcome = record.outcome
    guard let first = outcome.attempts.first, let call = record.call(ofAttempt: 0) else {
      Issue.record("nothing was called")
      return
    }
    let figures: Figures
    switch row.first {
    case .answer(let basis):
      figures = basis
      #expect(first.verdict == .accepted)
      #expect(outcome.calls == 1)
      #expect(record.answer?.text.isEmpty == false)
      #expect((call.usageProblem == nil) == (basis == .exact))
    case .failure(let kind, let basis):
      figures = basis
      #expect(first.verdict == .failed(kind))
      #expect(call.problem?.isEmpty == false && call.problem?.contains("\n") == false)
      let goesOn = hasNext && kind != .filtered
      #expect(outcome.calls == (goesOn ? 2 : 1))
      #expect((record.answer != nil) == goesOn, "\(record.calls.map(\.problem))")
      if !goesOn, case .failed(let last) = outcome.ending { #expect(last == kind) }
    }
    switch figures {
    case .exact: #expect(first.cost == exact(call))
    case .bound: #expect(first.cost == first.reserved.map(CallCost.atMost))
    case .nothing: #expect(first.cost == .nothing)
    }
    for (index, attempt) in outcome.attempts.enumerated().dropFirst() {
      guard let later = record.call(ofAttempt: index) else { continue }
      #expect(attempt.cost == exact(later), "the next call is billed by its own figures")
    }
    #expect(outcome.calls == seen.calls, "as many calls as the provider saw")
    let isLie = row.fault == .usageInflated
    #expect(first.isOverbilled == isLie)
    #expect(outcome.isOverrun == (isLie && isBounded), "a lie under a budget is marked")
    #expect(record.elapsed <= Milliseconds(6000), "its deadline and a second")
  }

  /// Prices in millionths of a dollar for a token, as integers of a hundred-millionth: worked out
  /// apart from the tariff.
  private func exact(_ call: CallRecord) -> CallCost? {
    guard let usage = call.usage else { return nil }
    let (input, output, fee): (Int64, Int64, Int64) =
      call.upstream == "cheap" ? (130, 570, 0) : (2130, 7770, 1_000_000)
    return .exact(Money(nanos: usage.prompt * input + usage.completion * output + fee))
  }
}
