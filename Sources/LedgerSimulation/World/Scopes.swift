import PolicyUnits
import RoutingBudgets

/// The budgets and limits of one simulated policy, several of which bind every request.
struct Scopes: Sendable {
  private let scopes: [Scope]

  /// Who sends a request.
  struct Caller: Sendable {
    let tenant: Int
    let user: Int
    let key: Int
  }

  fileprivate struct Scope: Sendable {
    let name: String
    let unit: BudgetUnit
    let owner: Owner
    let window: Window
    let cap: Int64
  }

  fileprivate enum Owner: CaseIterable { case house, tenant, user, key }

  fileprivate enum Window: CaseIterable {
    case running, minute, hour, day, week, month

    /// Roughly how many requests of a long run come in one, by the virtual clock.
    var demand: Int {
      switch self {
      case .running: 0
      case .minute: 20
      case .hour: 200
      case .day: 2_000
      case .week: 10_000
      case .month: 40_000
      }
    }
  }

  /// Several scopes of a run in which about `demand` requests come; caps let a tenth of them through.
  init(demand: Int, clients: Int, by random: inout SeededRandom) {
    var scopes = [
      Scope(
        name: "house_money", unit: .money, owner: .house, window: .month,
        cap: Int64(max(4, min(demand, Window.month.demand) / 10)) * Self.usualCost),
      Scope(
        name: "house_slots", unit: .atOnce, owner: .house, window: .running,
        cap: Int64(max(1, clients / 2))),
    ]
    for number in 0..<(1 + random.below(6)) {
      scopes.append(.any(number, demand: demand, clients: clients, by: &random))
    }
    self.scopes = scopes
  }

  /// What most requests reserve.
  static let usualCost: Int64 = 1_000_000
  static let usualTokens: Int64 = 2_000

  /// The claims of a request, the house's money first.
  func claims(of caller: Caller, on date: CalendarDate?, cost: Int64, tokens: Int64) -> [Claim] {
    scopes.compactMap { scope in
      guard let date, let window = Self.window(scope.window, on: date) else { return nil }
      let owner: String? =
        switch scope.owner {
        case .house: nil
        case .tenant: "tenant:t\(caller.tenant)"
        case .user: "user:u\(caller.user)"
        case .key: "key:k\(caller.key)"
        }
      let amount: Int64 =
        switch scope.unit {
        case .money: cost
        case .tokens: tokens
        case .requests, .atOnce: 1
        }
      return Claim(
        key: CounterKey(budget: scope.name, unit: scope.unit, owner: owner, window: window),
        cap: scope.cap, amount: amount)
    }
  }

  private static func window(_ window: Window, on date: CalendarDate) -> CounterWindow? {
    let day = date.daysSince1970
    switch window {
    case .running: return .running
    case .minute: return .minute
    case .hour: return .hour
    case .day: return .day(date)
    // 1970-01-01 was a Thursday.
    case .week: return CalendarDate(daysSince1970: day - (day + 3) % 7).map { .week($0) }
    case .month: return CalendarDate(daysSince1970: day - Int64(date.day - 1)).map { .month($0) }
    }
  }
}

extension Scopes.Scope {
  fileprivate static func any(
    _ number: Int, demand: Int, clients: Int, by random: inout SeededRandom
  ) -> Self {
    let unit = BudgetUnit.allCases[random.below(BudgetUnit.allCases.count)]
    let owner = Scopes.Owner.allCases[random.below(Scopes.Owner.allCases.count)]
    let windows = Scopes.Window.allCases.dropFirst()
    let window = unit == .atOnce ? .running : windows[1 + random.below(windows.count)]
    let share = owner == .house ? 1 : 3
    let part = Int64(max(2, min(demand, window.demand) / 10 / share))
    let cap: Int64 =
      switch unit {
      case .money: part * Scopes.usualCost + random.amount(in: 0...Scopes.usualCost)
      case .tokens: part * Scopes.usualTokens + random.amount(in: 0...Scopes.usualTokens)
      case .requests: part
      case .atOnce: Int64(max(1, clients / 2 / share))
      }
    return Self(name: "scope\(number)", unit: unit, owner: owner, window: window, cap: cap)
  }
}
