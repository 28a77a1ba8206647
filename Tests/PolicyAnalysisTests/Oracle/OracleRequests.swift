import PolicyGraph
import PolicySemantics
import PolicyUnits

/// Every request that the tests of some policies can tell apart: a product of the values that
/// matter, field by field.
///
/// The values come from the numbers and names in the tests, one beside each on either side; nothing
/// of the analysis is asked.
struct OracleRequests {
  typealias Change = (inout RequestInput) -> Void

  private(set) var requests: [RequestInput] = []
  /// Why brute force may miss a request, by name.
  let gaps: Set<String>
  private var axes: [[Change]] = []

  /// Nil if there would be more than `most`.
  init?(_ graphs: [DecisionGraph], most: Int) throws {
    var fields = OracleFields()
    for graph in graphs {
      for atom in 0..<graph.atomCount { fields.add(graph.test(of: AtomID(atom)), graph.policy) }
    }
    let texts = try OracleTexts(graphs)
    gaps = texts.gaps
    axes = fields.axes
    axes.append(texts.choices.map { messages in { $0.messages = messages } })
    var count = 1
    for axis in axes {
      count *= axis.count
      if count > most { return nil }
    }
    fill(axes[...], Self.plain)
  }

  private mutating func fill(_ axes: ArraySlice<[Change]>, _ input: RequestInput) {
    guard let axis = axes.first else {
      requests.append(input)
      return
    }
    for change in axis {
      var next = input
      change(&next)
      fill(axes.dropFirst(), next)
    }
  }

  private static let plain = RequestInput(moment: moment(20_778, hour: 12))

  /// 20,778 is 2026-11-21, a Saturday.
  static func moment(_ days: Int64, hour: Int) -> LocalMoment {
    guard let date = CalendarDate(daysSince1970: days) else {
      preconditionFailure("the day exists")
    }
    let weekday = Weekday.allCases[Int((days + 3) % 7)]
    return LocalMoment(date: date, weekday: weekday, hour: hour)
  }
}

/// What the tests read, and the values that matter of each field.
struct OracleFields {
  private var plain: [String: [OracleRequests.Change]] = [:]
  private var numbers: [NumberField: Set<Int64>] = [:]
  private var names: [NameField: Set<String>] = [:]
  private var tools: Set<String> = []
  private var readsWeekday = false
  private var budgets: [BudgetID: Set<Int64>] = [:]
  private var facts: [FactID: String] = [:]

  mutating func add(_ test: RequestTest, _ policy: CheckedPolicy) {
    switch test {
    case .flag(.stream): plain["stream"] = [{ $0.stream = false }, { $0.stream = true }]
    case .flag(.healthy(let model)):
      plain["healthy \(model)"] = [{ _ in }, { $0.state.unhealthy.insert(model) }]
    case .flag(.fact(let id)): plain["fact \(id)"] = fact(policy[id], [.bool(true), .bool(false)])
    case .label(let field, _): add(field, policy)
    case .name(let field, let list):
      names[field, default: []].formUnion(list)
      if case .fact(let id) = field { facts[id] = policy[id].name }
    case .offersTool(let list): tools.formUnion(list)
    case .number(let field, _, let number): add(field, number, policy)
    case .text: break
    }
  }

  private mutating func add(_ field: LabelField, _ policy: CheckedPolicy) {
    switch field {
    case .task: break
    case .weekday: readsWeekday = true
    case .format:
      plain["format"] = RequestFormat.allCases.map { format in { $0.format = format } }
    case .classifier(let id):
      plain["classifier \(id)"] = policy[id].labels.indices.map { label in
        { $0.state.classifiers[id] = label }
      }
    case .fact(let id):
      guard case .labels(let labels) = policy[id].type else { return }
      plain["fact \(id)"] = fact(policy[id], labels.map(GivenFact.text))
    }
  }

  private mutating func add(_ field: NumberField, _ number: Int64, _ policy: CheckedPolicy) {
    switch field {
    case .chars, .tokens, .lines, .messages, .turn, .points: break
    case .fact(let id):
      facts[id] = policy[id].name
      note(field, number)
    case .budgetUsed(let id): note(id, around: [number])
    case .budgetLeft(let id): note(id, around: [policy[id].cap.amount - number])
    case .budgetUsedShare(let id):
      note(id, around: Self.share(number, of: policy[id].cap.amount))
    case .budgetLeftShare(let id):
      let cap = policy[id].cap.amount
      note(id, around: Self.share(number, of: cap).map { cap - $0 })
    case .maxTokens, .temperature, .tools, .images, .hour, .date: note(field, number)
    }
  }

  private static func share(_ share: Int64, of cap: Int64) -> [Int64] {
    [cap * share / 1_000_000, cap * (share + 1) / 1_000_000]
  }

  private mutating func note(_ field: NumberField, _ number: Int64) {
    numbers[field, default: []].formUnion([number - 1, number, number + 1])
  }

  private mutating func note(_ budget: BudgetID, around: [Int64]) {
    for number in around {
      budgets[budget, default: []].formUnion((number - 1...number + 1).filter { $0 >= 0 })
    }
  }

  private func fact(_ fact: CheckedFact, _ values: [GivenFact]) -> [OracleRequests.Change] {
    let name = fact.name
    return values.map { value in
      switch fact.origin {
      case .key: { $0.keyFacts[name] = value }
      case .metadata, .header: { $0.metadata[name] = value }
      }
    }
  }

  // MARK: Axes

  var axes: [[OracleRequests.Change]] {
    var axes = plain.sorted { $0.key < $1.key }.map(\.value)
    axes += [moments, offers, keys].filter { !$0.isEmpty }
    for (field, values) in numbers {
      let made = axis(field, values.sorted())
      if !made.isEmpty { axes.append(made) }
    }
    for (field, values) in names {
      let made = axis(field, values.sorted() + ["other"])
      if !made.isEmpty { axes.append(made) }
    }
    for (budget, values) in budgets {
      axes.append(values.sorted().map { used in { $0.state.budgetUse[budget] = used } })
    }
    return axes
  }

  private func axis(_ field: NumberField, _ values: [Int64]) -> [OracleRequests.Change] {
    switch field {
    case .maxTokens:
      return [{ $0.maxTokens = nil }]
        + values.filter { $0 > 0 }.map { number in { $0.maxTokens = number } }
    case .temperature:
      return values.filter { (0...2_000_000).contains($0) }.map { number in
        { $0.temperature = number }
      }
    case .images: return values.filter { $0 >= 0 }.map { number in { $0.imageCount = Int(number) } }
    case .fact(let id):
      guard let name = facts[id] else { return [] }
      return values.filter { $0 >= 0 }.map { number in { $0.metadata[name] = .integer(number) } }
    case .tools, .messages, .turn, .chars, .tokens, .lines, .hour, .date, .points, .budgetUsed,
      .budgetLeft, .budgetUsedShare, .budgetLeftShare:
      return []
    }
  }

  private func axis(_ field: NameField, _ values: [String]) -> [OracleRequests.Change] {
    switch field {
    case .model: return values.map { name in { $0.model = name } }
    case .fact(let id):
      guard let fact = facts[id] else { return [] }
      return values.map { name in { $0.metadata[fact] = .text(name) } }
    case .identity(.user): return (values + [nil]).map { name in { $0.user = name } }
    case .identity(.conversation):
      return (values + [nil]).map { name in { $0.conversation = name } }
    case .identity(.key), .identity(.tenant), .language: return []
    }
  }

  /// Key and tenant together: a tenant that is not named is the key.
  private var keys: [OracleRequests.Change] {
    let (key, tenant) = (names[.identity(.key)], names[.identity(.tenant)])
    guard key != nil || tenant != nil else { return [] }
    let values: [String?] = (key ?? []).union(tenant ?? []).sorted() + ["other", nil]
    return values.flatMap { key in values.map { tenant in Self.keyed(key, tenant) } }
  }

  private static func keyed(_ key: String?, _ tenant: String?) -> OracleRequests.Change {
    { input in
      input.key = key
      input.tenant = tenant
    }
  }

  private var offers: [OracleRequests.Change] {
    guard !tools.isEmpty || numbers[.tools] != nil else { return [] }
    let named = tools.sorted()
    let most = Int(numbers[.tools]?.max() ?? 0)
    return (0..<(1 << named.count)).flatMap { set in
      let offered = named.indices.filter { set >> $0 & 1 == 1 }.map { named[$0] }
      return (0...max(0, most - offered.count)).map { more in
        Self.offering(offered + (0..<more).map { "other\($0)" })
      }
    }
  }

  private static func offering(_ tools: [String]) -> OracleRequests.Change {
    { $0.toolNames = tools }
  }

  private var moments: [OracleRequests.Change] {
    let dates = numbers[.date] ?? []
    let hours = (numbers[.hour] ?? []).filter { (0...23).contains($0) }.sorted()
    guard readsWeekday || !dates.isEmpty || !hours.isEmpty else { return [] }
    var days: [Int64] = dates.isEmpty ? [20_778] : dates.sorted()
    if readsWeekday, let low = days.first, let high = days.last { days = Array(low - 6...high + 6) }
    return days.flatMap { day in
      (hours.isEmpty ? [12] : hours).map { hour in
        { $0.moment = OracleRequests.moment(day, hour: Int(hour)) }
      }
    }
  }
}
