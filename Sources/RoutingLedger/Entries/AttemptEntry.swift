package import PolicyUnits

/// One call, or one step that was skipped.
package struct AttemptEntry: Hashable, Sendable {
  package var role = Role.answer
  /// The catalog's name; nil for a requested model it does not have.
  package var model: String?
  package var provider: String?
  /// The provider's own name of the model, as it was asked for.
  package var upstream: String?
  /// The name the provider said it answered with.
  package var upstreamServed: String?
  package var region: String?
  /// The ladder and the place of the tier in it, from 1; nil for a direct call.
  package var ladder: String?
  package var tier: Int64?
  /// Whether it belongs to a fallback.
  package var isFallback = false
  /// 1 for the first try; 0 where nothing was sent: a step that was skipped, a circuit that was open, a
  /// key that was not there.
  package var attempt: Int64 = 0
  /// `accepted`, `rejected`, `failed`, `dropped`, `time_up` or `cancelled`.
  package var verdict: String
  /// Why it went on, as a stable word with its subject: `rejected by helpful`, `limited`.
  package var reason: String?
  package var gates: [GateEntry] = []
  package var tokens: TokenEntry?
  /// Of the call alone, by kind; the whole is rounded up once.
  package var parts = CostParts()
  package var cost: EntryCost
  package var reserved: Money?
  package var maxOutput: Int64?
  /// The HTTP status, if there was one.
  package var httpStatus: Int64?
  package var firstByte: Milliseconds?
  package var latency = Milliseconds(0)
  /// The date the model's prices were read on, as the catalog says.
  package var priceDate: CalendarDate?

  package init(verdict: String, cost: EntryCost) {
    self.verdict = verdict
    self.cost = cost
  }

  /// Whether it counts as a call, of whatever role: in headers, the log, metrics and traces alike.
  package var wasSent: Bool { attempt > 0 }

  /// The reason of an answer whose provider counts more tokens than it was asked for, or bills more than
  /// was set aside.
  package static let overbilled = "overbilled"

  /// Whether its provider did not keep to what was asked, whatever its reason says beside that.
  package var isOverbilled: Bool {
    if reason == Self.overbilled { return true }
    guard cost.certainty == .exact, let money = cost.money, let reserved else { return false }
    return money > reserved
  }

  /// What the call was made for.
  package enum Role: String, Hashable, Sendable, CaseIterable {
    /// Its answer could be the caller's.
    case answer
    case judge, classifier
    /// Writes a context shorter.
    case compressor
    /// A service of the policy's own that gives a score.
    case scorer
    case shadow, embedder
  }
}

/// Tokens by kind, in the one convention: input includes what was cached and what was written to a
/// cache, output includes reasoning.
package struct TokenEntry: Hashable, Sendable {
  package var input: Int64
  package var cachedInput: Int64
  package var cacheWrite: Int64
  package var cacheWriteLong: Int64
  package var output: Int64
  package var reasoning: Int64
  /// True if the figures are ours and not the provider's.
  package var isEstimated: Bool

  package init(
    input: Int64, cachedInput: Int64 = 0, cacheWrite: Int64 = 0, cacheWriteLong: Int64 = 0,
    output: Int64, reasoning: Int64 = 0, isEstimated: Bool = false
  ) {
    self.input = input
    self.cachedInput = cachedInput
    self.cacheWrite = cacheWrite
    self.cacheWriteLong = cacheWriteLong
    self.output = output
    self.reasoning = reasoning
    self.isEstimated = isEstimated
  }
}

/// What each kind of token cost, in pico-units; their sum, rounded up, is the call's cost.
package struct CostParts: Hashable, Sendable {
  /// Of input tokens at the full price.
  package var input: Int64 = 0
  package var cachedInput: Int64 = 0
  package var cacheWrite: Int64 = 0
  package var cacheWriteLong: Int64 = 0
  /// Of output tokens without reasoning.
  package var output: Int64 = 0
  package var reasoning: Int64 = 0
  package var fee: Int64 = 0

  package init() {}
}

/// What one gate said of an answer.
package struct GateEntry: Hashable, Sendable {
  package let name: String
  /// Millionths; nil for a yes/no gate, and for one that failed.
  package let score: Int64?
  package let isAccepted: Bool
  package let hasFailed: Bool
  /// Of the calls that asked it, which stand among the attempts with their own: not to be added to
  /// theirs.
  package let cost: EntryCost
  /// The catalog's name of the model that was asked, the first if there were several.
  package let model: String?
  /// How many calls asked it; they follow the attempt it is about.
  package let calls: Int64

  package init(
    name: String, score: Int64?, isAccepted: Bool, hasFailed: Bool, cost: EntryCost,
    model: String? = nil, calls: Int64 = 0
  ) {
    self.name = name
    self.score = score
    self.isAccepted = isAccepted
    self.hasFailed = hasFailed
    self.cost = cost
    self.model = model
    self.calls = calls
  }
}
