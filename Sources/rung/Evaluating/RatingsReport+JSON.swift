import JSONWriting
import PolicyUnits
import RoutingEvaluation

extension RatingsReport {
  /// The report for machines, as `rung.ratings/1`.
  ///
  /// Scores and agreement are millionths, costs nano-units.
  var json: String {
    var json = JSONWriter(.indented)
    json.object { json in
      json.member("format", "rung.ratings/1")
      json.member("ledger", path)
      json.member("currency", currency)
      json.member("seed", String(seed))
      json.member("requests", requests)
      json.member("rated", ratings.rated)
      json.member("right_from_millionths", grading.rightFrom.millionths)
      json.array("groups") { json in
        for line in ratings.lines(seed: seed) {
          json.object { json in
            json.member("kind", line.group.kind.word)
            json.member("name", line.group.name)
            json.member("answered", line.answered)
            json.member("rated", line.right.total)
            json.member("right", line.right.hits)
            json.interval("right_share", line.right)
            json.mean("score", line.score)
          }
        }
      }
      json.array("shadows") { json in
        for line in shadows.lines(seed: seed) {
          json.object { json in
            json.member("route", line.pair.route)
            json.member("given", line.pair.given)
            json.member("shadow", line.pair.shadow)
            json.member("asked", line.shadows)
            json.mean("agreement", line.agreement)
            json.mean("cost_difference", line.cost)
            json.member("both_rated", line.rating?.count ?? 0)
            json.mean("rating_difference", line.rating)
            json.member(
              "rating_p_millionths",
              orNull: line.rating.map { _ in line.ratingFlips.chance.millionths })
          }
        }
      }
    }
    return json.text
  }
}

extension RatingBook.Group.Kind {
  /// As reports call it.
  var word: String {
    switch self {
    case .route: "route"
    case .tier: "tier"
    case .model: "model"
    }
  }
}
