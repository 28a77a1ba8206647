import CallerKeys
import HTTPTypes
import JSONReading
import OpenAIWire
import PolicyGraph
import RoutingRequests

/// Reads a chat request and all a decision may read of it.
struct RequestReading: Sendable {
  let limits: GatewayLimits

  func chat(_ exchange: Exchange) throws(APIProblem) -> ChatRequest {
    do throws(WireProblem) {
      return try ChatRequest(exchange.body, limits: JSONLimits(bytes: limits.bodyBytes))
    } catch {
      throw APIProblem(error)
    }
  }

  /// A request of the older kind, as the chat it stands for.
  func completion(_ exchange: Exchange) throws(APIProblem) -> ChatRequest {
    do throws(WireProblem) {
      return try CompletionsRequest(exchange.body, limits: JSONLimits(bytes: limits.bodyBytes)).chat
    } catch {
      throw APIProblem(error)
    }
  }

  func embeddings(_ exchange: Exchange) throws(APIProblem) -> EmbeddingsRequest {
    do throws(WireProblem) {
      return try EmbeddingsRequest(exchange.body, limits: JSONLimits(bytes: limits.bodyBytes))
    } catch {
      throw APIProblem(error)
    }
  }

  func input(
    _ chat: ChatRequest, _ exchange: Exchange, under policy: ServedPolicy
  ) throws(APIProblem) -> RequestInput {
    var input = RequestInput(chat, moment: policy.moment())
    do throws(CallerProblem) {
      try policy.callers.complete(&input, for: exchange.caller) { exchange.headers.values(of: $0) }
    } catch {
      throw APIProblem(error)
    }
    return input
  }
}
