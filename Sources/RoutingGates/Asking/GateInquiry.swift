package import PolicySemantics
package import PolicyUnits
package import RoutingRuntime

/// One gate held against one answer, one score at a time.
///
/// `next` until it is done; whoever carries out the calls tells each score with `take`. What needs no
/// call is looked at first, so a call is made only if the verdict still hangs on its score.
package struct GateInquiry: Sendable {
  package enum Step: Sendable {
    case done(GateResult)
    case ask(GateNeeds.Ask)
  }

  let book: GateBook
  let gate: GateID
  let answer: AnswerFacts
  let request: GateRequest
  let asks: [GateNeeds.Ask]
  /// Nil for a score that could not be had.
  private(set) var scores: [ScoreKey: Score?] = [:]

  package init(_ book: GateBook, _ gate: GateID, _ answer: AnswerFacts, _ request: GateRequest) {
    self.book = book
    self.gate = gate
    self.answer = answer
    self.request = request
    asks = GateNeeds(gate, of: book.policy).asks
  }

  /// What the gate says, or the first score in written order it still hangs on.
  package func next() -> Step {
    switch book.verdict(self) {
    case .done(let result): .done(result)
    case .open(let key):
      // Every score of the gate is among its asks; one that were not could never be had.
      asks.first { $0.key == key }.map(Step.ask) ?? .done(.failed)
    }
  }

  /// A score as it came; nil if asking for it failed.
  package mutating func take(_ score: Score?, of key: ScoreKey) {
    scores.updateValue(score, forKey: key)
  }
}

/// How far a gate is decided by the scores that are known.
enum InquiryVerdict {
  case done(GateResult)
  case open(ScoreKey)
}

/// A score, as far as it is known.
enum KnownScore {
  case known(Score)
  case failed
  case open(ScoreKey)
}

extension GateInquiry {
  /// O(parts of the mix); a mix is its parts by their shares, rounded down, and fails with any of
  /// them.
  func score(_ score: AnswerScore, _ key: ScoreKey) -> KnownScore {
    switch score {
    case .judge, .agrees, .similar, .http:
      guard let found = scores[key] else { return .open(key) }
      return found.map(KnownScore.known) ?? .failed
    case .logprob(let percentile):
      return Certainty.score(of: answer.logprobs, atPercentile: percentile)
        .map(KnownScore.known) ?? .failed
    case .gate(let id):
      guard case .scores(let body) = book.policy[id].body else { return .failed }
      return self.score(body, .gate(id))
    case .mix(let parts):
      return mix(parts, key)
    }
  }

  private func mix(_ parts: [AnswerScore.MixPart], _ key: ScoreKey) -> KnownScore {
    var sum = Int128.zero
    var open: ScoreKey?
    for part in parts {
      switch score(part.score, key) {
      case .known(let score): sum += Int128(score.millionths) * Int128(part.share.millionths)
      case .failed: return .failed
      case .open(let key): open = open ?? key
      }
    }
    if let open { return .open(open) }
    return .known(Score(millionths: Int64(clamping: sum / 1_000_000)))
  }
}
