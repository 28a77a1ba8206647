import PolicyGraph
import PolicySemantics
import PolicySource
import RoutingRuntime
import TrafficLog

/// A policy that decided requests of the log, and how what it recorded reads under this one.
struct EarlierPolicy {
  let decider: Decider
  let translation: RecordTranslation
}

// Rows of a ledger keep no texts, but what the policy of their time found in them.
extension Replay {
  /// The shape of a recorded request under this policy.
  mutating func shape(
    of record: LoggedRecord, _ moment: LocalMoment, using use: [BudgetID: Int64] = [:]
  ) throws(LeftOut.Reason) -> AskedShape {
    guard let earlier = earlierPolicy(record.archive) else { throw .noRecord }
    var (input, needs, request) = try recordedInput(record, moment, earlier)
    input.state.budgetUse = use
    let facts: LoggedFacts?
    do throws(FactProblem) {
      facts = try LoggedFacts(request.facts, input, by: earlier.translation)
    } catch {
      throw .badFacts("\(error)")
    }
    guard let facts else { throw .noText }
    return AskedShape(facts, input, needs: needs, in: decider.frozen)
  }

  /// What a record says of its request, as this policy reads it: all but its texts.
  func recordedInput(
    _ record: LoggedRecord, _ moment: LocalMoment, _ earlier: EarlierPolicy
  ) throws(LeftOut.Reason) -> (RequestInput, Abilities, RecordedRequest) {
    let request: RecordedRequest
    do throws(RecordProblem) {
      request = try RecordedRequest(record.bytes, for: earlier.decider)
    } catch {
      throw .noRecord
    }
    let identities = earlier.translation.identities(request.facts)
    var input = RequestInput(moment: moment)
    input.model = identities.model
    input.tenant = identities.tenant
    input.user = identities.user
    input.key = identities.key
    input.conversation = identities.conversation
    input.stream = record.streams
    input.maxTokens = request.maxTokens
    input.choices = request.choices
    input.format = request.format
    let given = earlier.translation.givenFacts(request.facts)
    input.metadata = given
    input.keyFacts = given
    for fact in decider.frozen.policy.facts {
      guard case .header(let name) = fact.origin, case .text(let value)? = given[fact.name] else {
        continue
      }
      input.headers[name] = value
    }
    var needs: Abilities = []
    if request.sizes.hasTools { needs.insert(.tools) }
    if request.hasImages { needs.insert(.images) }
    switch request.format {
    case .text: break
    case .json: needs.insert(.json)
    case .jsonSchema: needs.insert(.jsonSchema)
    }
    return (input, needs, request)
  }

  /// Read from the ledger once; nil if it kept none, or it is no policy any more.
  mutating func earlierPolicy(_ archive: String) -> EarlierPolicy? {
    if let known = earlier[archive] { return known }
    let found = keptPolicy(archive).map {
      EarlierPolicy(
        decider: $0, translation: RecordTranslation(from: $0.graph, to: decider.graph))
    }
    earlier[archive] = .some(found)
    return found
  }
}
