import HTTPTypes
import JSONWriting
import PolicyExplain
import PolicyGraph

/// `POST /v1/decisions`: what would happen to a chat request, and why; nobody is called.
struct DecisionsHandler: Sendable {
  let reading: RequestReading

  func answer(_ exchange: Exchange) async {
    let policy = exchange.policy
    do throws(APIProblem) {
      let chat = try reading.chat(exchange)
      let input = try reading.input(chat, exchange, under: policy)
      let explanation = try explain(input, under: policy)
      var json = JSONWriter()
      ExplanationJSON.write(explanation, to: &json)
      await exchange.answer(200, json.bytes, headers: [.rungPolicy: policy.version])
    } catch {
      await exchange.refuse(error)
    }
  }

  private func explain(
    _ input: RequestInput, under policy: ServedPolicy
  ) throws(APIProblem) -> Explanation {
    do throws(FactProblem) {
      return try policy.explainer.explain(input, named: nil)
    } catch {
      throw APIProblem(error)
    }
  }
}
