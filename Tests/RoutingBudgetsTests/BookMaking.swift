import PolicyUnits
import RoutingBudgets

/// Short ways to write what the tests of the book reserve.
func at(_ seconds: Double) -> Timestamp {
  Timestamp(milliseconds: Int64(seconds * 1000))
}

func id(_ number: Int) -> RequestID { RequestID(high: 7, low: UInt64(bitPattern: Int64(number))) }

func key(
  _ budget: String, _ unit: BudgetUnit = .money, owner: String? = nil,
  _ window: CounterWindow = .hour
) -> CounterKey {
  CounterKey(budget: budget, unit: unit, owner: owner, window: window)
}

func date(_ year: Int, _ month: Int, _ day: Int) throws -> CalendarDate {
  struct NoDate: Error {}
  guard let date = CalendarDate(year: year, month: month, day: day) else { throw NoDate() }
  return date
}

/// A reservation of some claims, its first call using all of them at most.
func reservation(
  _ number: Int, _ claims: [Claim], at seconds: Double = 0, lasting: Double = 300
) -> Reservation {
  Reservation(id: id(number), claims: claims, time: at(seconds), expiry: at(seconds + lasting))
}

extension BudgetBook {
  mutating func reserve(_ reservation: Reservation) -> Admission {
    let claims = reservation.claims
    return reserve(
      reservation,
      first: Progress(
        used: [Int64](repeating: 0, count: claims.count), pending: claims.map(\.amount)))
  }

  /// What one counter has settled and reserved.
  func standing(of key: CounterKey, at seconds: Double) -> [Int64] {
    guard let standing = standings(at: at(seconds)).first(where: { $0.key == key }) else {
      return [0, 0]
    }
    return [standing.settled, standing.reserved]
  }
}
