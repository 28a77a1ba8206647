import PolicyGraph
import PolicySemantics
import RoutingRuntime

/// The facts of requests that differ in moment and size only, and what else a plan depends on.
struct AskedShape {
  var facts: LoggedFacts
  let asked: AskedRequest

  init(
    _ facts: LoggedFacts, _ input: borrowing RequestInput, needs: Abilities = [],
    in frozen: FrozenPolicy
  ) {
    self.facts = facts
    asked = AskedRequest(facts.identities, input, needs: needs, in: frozen)
  }
}

/// What is asked of a plan beside the prompt's length.
///
/// A class, so that looking at it copies nothing.
final class AskedRequest: Sendable {
  let identities: RequestIdentities
  let maxTokens: Int64?
  let output: AskedOutput
  /// The model the request names.
  let name: String
  /// Its place in the catalog; -1 for none.
  let model: Int
  let hasUser: Bool
  let hasConversation: Bool
  let needs: Abilities

  init(
    _ identities: RequestIdentities, _ input: borrowing RequestInput, needs: Abilities = [],
    in frozen: FrozenPolicy
  ) {
    self.identities = identities
    self.needs = needs
    maxTokens = input.maxTokens
    output = AskedOutput(maxTokens: input.maxTokens, choices: input.choices)
    name = input.model
    model = frozen.modelsByName[input.model]?.index ?? -1
    hasUser = input.user != nil
    hasConversation = input.conversation != nil
  }

  func planRequest(input: Int64, _ families: [TokenizerFamily]) -> PlanRequest {
    var request = PlanRequest(
      GivenSizes(input: input, families: families), needs: needs, name: name)
    request.maxTokens = maxTokens
    request.choices = output.choices
    request.hasUser = hasUser
    request.hasConversation = hasConversation
    return request
  }
}
