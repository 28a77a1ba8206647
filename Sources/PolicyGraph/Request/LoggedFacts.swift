package import PolicySemantics
import PolicyUnits

/// The facts of requests of a log that differ in moment and size only, their texts not kept.
///
/// Read once for all of them, then held against the one evaluator request by request. A test over a
/// text is unknown here, never false; a decision that hangs on one is
/// ``RouteOutcome/unreadable(_:)`` with ``ScanFailure/notKept``.
package struct LoggedFacts: Sendable {
  private var facts: RequestFacts
  private let moment: MomentSlots
  private let promptTokens: Int?

  /// Facts without texts, as `input` says them; its messages are not looked at.
  ///
  /// - Throws: if they do not fit the policy's.
  package init(_ input: RequestInput, for graph: DecisionGraph) throws(FactProblem) {
    var input = input
    input.messages = []
    facts = try graph.facts(of: input)
    facts.logged = .nothing
    moment = graph.momentSlots
    promptTokens = graph.slot(reading: .tokens(.prompt))
  }

  /// Facts of a request another policy recorded, as far as that one looked at its texts.
  ///
  /// `input` is the request without its texts. Nil if this policy reads a count of the request that
  /// nobody recorded.
  /// - Throws: if its facts do not fit the policy's.
  package init?(
    _ recorded: RecordedFacts, _ input: RequestInput, by translation: RecordTranslation
  ) throws(FactProblem) {
    facts = try translation.new.facts(of: input)
    guard translation.fill(&facts, from: recorded) else { return nil }
    moment = translation.new.momentSlots
    promptTokens = nil
  }

  package var identities: RequestIdentities { facts.identities }

  /// As the reasons of a decision are asked of them.
  package var requestFacts: RequestFacts { facts }

  /// Whether a text that was not kept was asked for since ``set(_:promptTokens:)``.
  package var missesText: Bool { facts.failure != nil }

  /// The next request: its moment, and its prompt's tokens where the log counts them.
  package mutating func set(_ moment: LocalMoment, promptTokens tokens: Int64?) {
    facts.failure = nil
    if let slot = self.moment.hour { facts.values[slot] = Int64(moment.hour) }
    if let slot = self.moment.date { facts.values[slot] = moment.date.daysSince1970 }
    if let slot = self.moment.weekday {
      facts.values[slot] = DecisionGraph.place(of: moment.weekday)
    }
    if let slot = promptTokens { facts.values[slot] = tokens ?? SlotValue.unread }
  }

  /// The route, by the evaluator that decides requests.
  package mutating func decide(by graph: DecisionGraph, in scratch: inout Scratch) -> RouteOutcome {
    graph.decide(&facts, in: &scratch)
  }

  package mutating func evaluate(
    _ site: ConditionSite, by graph: DecisionGraph, in scratch: inout Scratch
  ) -> Truth {
    graph.evaluate(site, &facts, in: &scratch)
  }
}

/// What is known of texts that were not kept: for each test whether it was made, and whether it holds.
final class LoggedAnswers: Sendable {
  /// By text and test, a bit each.
  let known: [[UInt64]]
  let hits: [[UInt64]]

  static let nothing = LoggedAnswers(known: [[], [], [], []], hits: [[], [], [], []])

  init(known: [[UInt64]], hits: [[UInt64]]) {
    self.known = known
    self.hits = hits
  }

  func answer(of test: Int, in place: Int) -> Truth {
    let word = test / 64
    guard word < known[place].count, known[place][word] >> UInt64(test % 64) & 1 == 1 else {
      return .unknown
    }
    return hits[place][word] >> UInt64(test % 64) & 1 == 1 ? .yes : .no
  }
}

/// Where a moment stands among the values of a policy that asks for it.
struct MomentSlots: Sendable {
  let hour: Int?
  let date: Int?
  let weekday: Int?
}

extension DecisionGraph {
  var momentSlots: MomentSlots {
    MomentSlots(
      hour: slot(reading: .hour), date: slot(reading: .date), weekday: slot(reading: .weekday))
  }

  func slot(reading source: SlotSource) -> Int? {
    parts.slots.read.firstIndex(of: source).map {
      parts.slots.factCount + parts.slots.classifierCount + $0
    }
  }

  /// What the policy reads that only a request's messages tell, and that is no size of a text.
  ///
  /// Of a log without texts nobody knows them; they are not zero.
  package var countsMessages: Bool {
    parts.slots.read.contains(.messages) || parts.slots.read.contains(.turn)
  }

  /// Whether some condition compares the model that is asked for.
  package var readsModel: Bool { parts.slots.read.contains(.model) }

  /// The identities some condition compares.
  package var identitiesRead: Set<Identity> {
    var found: Set<Identity> = []
    for source in parts.slots.read {
      if case .identity(let identity) = source { found.insert(identity) }
    }
    return found
  }
}
