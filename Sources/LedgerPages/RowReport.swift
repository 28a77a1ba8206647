package import JSONWriting
import LedgerExchange
package import PolicyExplain
package import RoutingLedger

/// A row and its explanation, as `rung ledger show` delivers them.
package struct RowReport {
  private let row: ChainedEntry
  private let explanation: RowExplanation
  /// What was said of its answer, oldest first.
  private let ratings: [ReadRating]
  /// What has become of the policy since, if that is known and it is another now.
  private let change: PolicyChange?

  package init(
    _ row: ChainedEntry, _ explanation: RowExplanation, ratings: [ReadRating] = [],
    change: PolicyChange? = nil
  ) {
    self.row = row
    self.ratings = ratings
    self.explanation = explanation
    self.change = change
  }

  package func text(showingAll: Bool = false, style: Style = .plain) -> String {
    var lines = RowPage(row, ratings: ratings, style: style).lines
    lines.append("")
    if let change { lines.append(style.faint(change.text)) }
    switch explanation {
    case .explained(let explanation):
      lines.append(style.bold("why, from the record"))
      lines.append(ExplanationText(explanation, showingAll: showingAll, style: style).text)
    case .differs(let was, let now):
      lines.append(style.bad("not explained: " + Self.words(was, now)))
    case .unavailable(let obstacle):
      lines.append("not explained: \(ShownText.line(obstacle.description))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// `{"version":1,"row":{…},"explained":…,"explanation":{…}|null,"why_not":…|null,
  /// "policy_now":…|null,"ratings":[…]}`; the row and the ratings are those of `rung ledger export`.
  package func json(_ layout: JSONWriter.Layout = .compact) -> String {
    var json = JSONWriter(layout)
    json.object { json in
      json.member("version", 1)
      json.member("row", raw: EntryExport.json(row))
      switch explanation {
      case .explained(let explanation):
        json.member("explained", true)
        json.key("explanation")
        ExplanationJSON.write(explanation, to: &json)
        json.member("why_not", orNull: String?.none)
      case .differs(let was, let now): unexplained(Self.words(was, now), to: &json)
      case .unavailable(let obstacle): unexplained(obstacle.description, to: &json)
      }
      json.member("policy_now", orNull: change?.now)
      json.array("ratings") { json in
        for rating in ratings { json.raw(RatingExport.json(rating)) }
      }
    }
    return json.text + "\n"
  }

  private func unexplained(_ reason: String, to json: inout JSONWriter) {
    json.member("explained", false)
    json.member("explanation", orNull: String?.none)
    json.member("why_not", reason)
  }

  private static func words(_ was: String, _ now: String) -> String {
    was == now
      ? "made again by this version of rung, the decision (\(was)) has another plan; another "
        + "version made it"
      : "made again by this version of rung, the decision is another: \(was) then, \(now) now"
  }
}

/// A policy whose file has another content now than when a row was decided.
package struct PolicyChange: Hashable, Sendable {
  /// Its fingerprint then, and now.
  let was: String
  let now: String
  let path: String

  /// Nil if it is the same.
  package init?(was: String, now: String, path: String) {
    guard was != now else { return nil }
    self.was = was
    self.now = now
    self.path = path
  }

  var text: String { "policy \(was) is not the one in \(ShownText.line(path)) now (\(now))" }
}
