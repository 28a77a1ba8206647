import PolicyGraph
import PolicySemantics
import PolicyUnits
package import RoutingRuntime

// Why something is not done, in words.
extension Explainer {
  /// The statement and a stable code: who refused.
  package func words(_ refusal: Refusal) -> (Explanation.Statement, code: String) {
    switch refusal {
    case .byGuard(let id, let message, let span):
      return (text.statement("by guard \(policy[id].name): \(message)", span), "guard")
    case .byRoute(let id, let message, let span):
      return (text.statement("by route \(policy[id].name): \(message)", span), "route")
    case .byBudget(let id):
      let budget = policy[id]
      return (text.statement("\(budget.name) has nothing left", budget.span), "budget")
    case .emptied(let reason):
      let statement = words(reason)
      return (
        Explanation.Statement(text: "no call is left: \(statement.text)", place: statement.place),
        "no_call_left"
      )
    case .unreadable:
      return (text.statement("a text of the request could not be scanned", nil), "unreadable")
    }
  }

  package func words(_ reason: DropReason) -> Explanation.Statement {
    switch reason {
    case .keptOut(let id, let span):
      return text.statement("guard \(policy[id].name) keeps it out", span)
    case .windowTooSmall(let least, let window):
      let needed = Amounts.grouped(least)
      return text.statement(
        "the prompt has at least \(needed) tokens, its window is \(Amounts.grouped(window))", nil)
    case .notInCatalog(let name):
      return text.statement("the catalog has no model `\(name)`", nil)
    case .lacks(let capability):
      return text.statement("it cannot do \(words(capability))", nil)
    case .tooLittleLeft(let bound, let tokens, let least):
      return text.statement(
        "\(name(of: bound)) pays for \(tokens) output tokens, it needs \(least)", nil)
    case .unknownPrice(let bound):
      return text.statement("its price is unknown, so \(name(of: bound)) cannot hold", nil)
    case .unboundedImages(let bound):
      return text.statement(
        "images have no tariff here, so \(name(of: bound)) cannot hold", nil)
    case .tooFewTokensLeft(let bound, let tokens, let least):
      return text.statement(
        "\(name(of: bound)) leave \(Amounts.grouped(tokens)) for output after the prompt, "
          + "it needs \(Amounts.grouped(least))", policy[bound.budget].span)
    case .unboundedTokens(let bound):
      return text.statement(
        "nothing bounds its tokens, so \(policy[bound.budget].name) cannot hold",
        policy[bound.budget].span)
    case .tierDropped:
      return text.statement("its tier is dropped", nil)
    case .lineDoesNotApply:
      return text.statement("its line does not apply to this request", nil)
    }
  }

  private func words(_ capability: Capability) -> String {
    switch capability {
    case .text: "text"
    case .tools: "tools"
    case .images: "images"
    case .json: "JSON answers"
    case .jsonSchema: "answers under a JSON schema"
    case .streaming: "streams"
    case .logprobs: "log-probabilities"
    case .reasoning: "reasoning"
    }
  }
}
