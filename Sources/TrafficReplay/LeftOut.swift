/// Requests of a log that are not counted, by why; unknown is never zero.
package struct LeftOut: Sendable {
  package enum Reason: Error, Hashable, Sendable {
    /// The log does not count its tokens.
    case noTokens
    /// Its time lies outside the years 1 to 9999.
    case noMoment
    /// Neither the catalog nor the log says what it cost; with the model's name.
    case noPrice(String?)
    /// The catalog has no price of its model, and what the log says it cost is in this currency.
    case otherCurrency(String)
    /// A call it would have made has no price.
    case noPolicyPrice
    /// It cost, or one of its calls would, more than one ``Money`` holds.
    case tooDear
    /// The decision hangs on a text the log has not kept.
    case noText
    /// A row of a ledger whose record cannot be read: its policy was not kept.
    case noRecord
    /// It hangs on what a classifier would have said.
    case needs(String)
    /// Its facts do not fit the policy's.
    case badFacts(String)
    /// The policy answers it with a refusal: it costs nothing.
    case refused(Refusal)
  }

  package enum Refusal: Hashable, Sendable {
    case byGuard
    case byRoute
    /// A budget or limit of nothing, by its name.
    case byBudget(String)
    /// No call is left of the plan; with the name of the budget, limit or ladder whose bound left none.
    case noCallLeft(under: String?)
    case unreadable
  }

  package struct Group: Sendable {
    package let reason: Reason
    package var requests: Int64
    /// The first line of them.
    package let example: Int
  }

  /// In the order they were met.
  package private(set) var groups: [Group] = []
  private var places: [Reason: Int] = [:]

  /// Past so many reasons (names of models, words of problems) the rest counts with the last.
  private static let limit = 256

  mutating func add(_ reason: Reason, _ line: Int) {
    if let place = places[reason] {
      groups[place].requests += 1
      return
    }
    guard groups.count < Self.limit else {
      groups[groups.count - 1].requests += 1
      return
    }
    places[reason] = groups.count
    groups.append(Group(reason: reason, requests: 1, example: line))
  }
}
