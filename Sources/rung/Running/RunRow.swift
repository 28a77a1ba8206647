import OpenAIWire
import PolicyExplain
import PolicySemantics
import RoutingBudgets
import RoutingCalls
import RoutingLedger
import RoutingRuntime
import RoutingService

/// One request that was run, or was not.
struct RunRow: Sendable {
  let name: String
  /// Whoever asked, by the request or the arguments.
  let user: String?
  let result: Result<RequestOutcome, RequestFailure>
  /// Nil if nothing was decided.
  let explanation: Explanation?

  var outcome: RequestOutcome? {
    switch result {
    case .success(let outcome): outcome
    case .failure: nil
    }
  }

  /// The name of its row in the ledger; nil if it has none.
  var row: String? { outcome?.row.map { $0.entry.id.description } }

  var decision: Decision? {
    switch outcome?.ending {
    case .called(let decided, _), .notCalled(let decided), .full(let decided, _),
      .cached(let decided, _):
      decided.decision
    case .repeated, .unfit, .cancelled, nil: nil
    }
  }

  /// Nil if nothing was called.
  var record: RunRecord? {
    switch outcome?.ending {
    case .called(_, let record): record
    case .notCalled, .full, .cached, .repeated, .unfit, .cancelled, nil: nil
    }
  }

  /// The answer of an earlier request, out of the cache; nil if it was not.
  var hit: CachedHit? {
    switch outcome?.ending {
    case .cached(_, let hit): hit
    case .called, .notCalled, .full, .repeated, .unfit, .cancelled, nil: nil
    }
  }

  var isRepeated: Bool {
    switch outcome?.ending {
    case .repeated: true
    case .called, .notCalled, .full, .cached, .unfit, .cancelled, nil: false
    }
  }

  /// The answer to give: its own, or that of the request it repeats.
  var answer: ChatResponse? {
    switch outcome?.ending {
    case .called(_, let record): record.answer
    case .cached(_, let hit): hit.response
    case .repeated(let answer, _): answer.isAnswer ? try? ChatResponse(answer.body) : nil
    case .notCalled, .full, .unfit, .cancelled, nil: nil
    }
  }

  /// Whether the policy had its way: an answer, or a refusal on purpose.
  var isServed: Bool { answer != nil || isRefused }

  var isRefused: Bool {
    switch outcome?.ending {
    case .full: return true
    case .notCalled(let decided):
      if case .refused = decided.decision.outcome { return true }
      return false
    case .called, .cached, .repeated, .unfit, .cancelled, nil: return false
    }
  }

  /// Whether the ledger there is could do everything that was asked for.
  var couldRun: Bool {
    switch outcome?.ending {
    case .called, .notCalled, .full, .cached, .repeated, .cancelled: true
    case .unfit(.needsLedger): false
    case .unfit: true
    case nil: false
    }
  }
}
