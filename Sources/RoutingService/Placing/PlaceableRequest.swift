package import PolicyGraph
package import PolicyUnits
package import RoutingBudgets
package import RoutingCalls

/// A request whose first call can go into its provider's batch.
package struct PlaceableRequest: Sendable {
  package let mark: PlacedMark
  /// The call, byte for byte.
  package let call: PlacedCall
  let asked: AskedRequest
}

/// What has to be known of a request to go on with it once its batch is back, in whatever process.
///
/// With the same policy, catalog and request it is decided as it was.
package struct PlacedMark: Hashable, Sendable {
  package let id: RequestID
  package let time: Timestamp
  package let moment: LocalMoment
  /// What its budgets had used, by name.
  package let used: [String: Int64]
  package let place: BatchPlace
  /// The most the request may cost, whatever follows the call.
  package let most: Money

  package init(
    id: RequestID, time: Timestamp, moment: LocalMoment, used: [String: Int64], place: BatchPlace,
    most: Money
  ) {
    self.id = id
    self.time = time
    self.moment = moment
    self.used = used
    self.place = place
    self.most = most
  }
}

/// Why a request cannot go by its provider's batch.
package enum PlaceProblem: Error, Hashable, Sendable {
  /// Nothing is called for it, or it is refused: asking it as ever costs nothing.
  case needsNoCall
  case classifier
  case similarCache
  case summary
  case sticks
  case noBatchPrice(model: String)
  case unbounded(model: String)
  /// A budget or limit that counts minutes, hours or what is running.
  case rolling(budget: String)
  /// No deployment of the model has its key.
  case noKey(model: String)
  /// What it was decided by is gone, or it was decided otherwise.
  case decidedOtherwise
}

extension PlaceProblem: CustomStringConvertible {
  /// What follows "cannot go by its provider's batch: ".
  package var description: String {
    switch self {
    case .needsNoCall: "nothing is called for it"
    case .classifier: "a classifier has to be asked before it is decided"
    case .similarCache: "its route looks for similar questions, which asks an encoder first"
    case .summary: "a model has to shorten its context first"
    case .sticks: "its route lets a conversation stick to a model"
    case .noBatchPrice(let model):
      "the catalog has no batch price of `\(model)`: write `batch: {input: …, output: …}` under its "
        + "prices"
    case .unbounded(let model):
      "nothing bounds what it may cost with `\(model)`: give it `max_completion_tokens`, or the model "
        + "`max_output`; batch prices hold below the first long-context threshold"
    case .rolling(let budget):
      "`\(budget)` counts by the minute or the hour, or what is running, and a batch takes a day"
    case .noKey(let model): "no provider of `\(model)` has its key here"
    case .decidedOtherwise: "it is decided otherwise than when it was placed"
    }
  }
}

/// What became of placing a request.
package enum Placing: Sendable {
  /// All it may cost is set aside and on record: its call may be sent.
  case placed
  /// It is over without its call.
  case over(RequestOutcome)
}
