import CallerKeys
import HTTPTypes
import JSONWriting
import PolicyUnits
import RoutingBudgets
import RoutingLedger
import RoutingService

/// `POST /v1/feedback`: what a caller says of an answer, kept in the ledger before it is answered.
struct FeedbackHandler: Sendable {
  func answer(_ exchange: Exchange) async {
    let policy = exchange.policy
    do throws(APIProblem) {
      let said = try FeedbackRequest(exchange.body)
      let rater = try rater(exchange)
      guard let request = said.request else { throw .requestNotFound }
      switch try await keep(said, of: request, by: rater, exchange) {
      case .kept: break
      case .unknownRequest: throw .requestNotFound
      case .noLedger: throw APIProblem(.needsLedger("feedback"))
      }
      var json = JSONWriter()
      json.object { json in
        json.member("object", "feedback")
        json.member("request_id", request.description)
        switch said.rating {
        case .good, .bad: json.member("rating", said.rating.word)
        case .score(let millionths):
          json.member("rating", raw: Amounts.text(Score(millionths: millionths)).utf8)
        }
      }
      await exchange.answer(200, json.bytes, headers: [.rungPolicy: policy.version])
    } catch {
      await exchange.refuse(error, headers: [.rungPolicy: policy.version])
    }
  }

  /// The tenant as rows name it: the key itself where the key names none.
  private func rater(_ exchange: Exchange) throws(APIProblem) -> RatingEntry.Rater {
    let caller = exchange.caller
    do throws(CallerProblem) {
      let user = try exchange.policy.callers.user(for: caller) { exchange.headers.values(of: $0) }
      return RatingEntry.Rater(tenant: caller?.tenant ?? caller?.id, user: user, key: caller?.id)
    } catch {
      throw APIProblem(error)
    }
  }

  private func keep(
    _ said: FeedbackRequest, of request: RequestID, by rater: RatingEntry.Rater,
    _ exchange: Exchange
  ) async throws(APIProblem) -> RatingOutcome {
    do throws(RequestFailure) {
      return try await exchange.policy.service.rate(
        request, said.rating, comment: said.comment, by: rater, as: exchange.id)
    } catch {
      exchange.tally.end(.ledger(error))
      throw .ledgerUnavailable(error.description)
    }
  }
}
