/// What requests came to by one of their names.
struct NameSums: Sendable {
  /// By the log's number for a name plus one; the first is of requests that have none.
  private var sums: [AuditSum] = []

  mutating func add(_ row: Priced, _ name: Int?) {
    let place = place(of: name)
    sums[place].add(row)
  }

  /// By model: the request with the one that answered, each call with its own.
  mutating func add(_ row: Priced, _ split: CallSplit, answering: Int?) {
    let answered = place(of: answering)
    sums[answered].add(withoutCalls: row, split)
    for call in split.calls {
      let place = place(of: call.model ?? answering)
      sums[place].add(call)
    }
  }

  private mutating func place(of name: Int?) -> Int {
    let place = (name ?? -1) + 1
    while sums.count <= place { sums.append(AuditSum()) }
    return place
  }

  /// Those that came up, the dearest first; nil for no name.
  var all: [(name: Int?, sum: AuditSum)] {
    sums.enumerated().filter { !$0.element.isEmpty }
      .map { (name: $0.offset == 0 ? nil : $0.offset - 1, sum: $0.element) }
      .sorted { ($0.sum.cost, $0.sum.requests) > ($1.sum.cost, $1.sum.requests) }
  }
}

/// What requests came to by the day they came on, in UTC.
struct DaySums: Sendable {
  private(set) var days: [Int64: AuditSum] = [:]
  private var day: Int64 = .min
  private var sum = AuditSum()
  /// Of the day at hand, by the log's number for a model plus one.
  private var models: [Int128] = []
  private var modelsByDay: [Int64: [Int: Int128]] = [:]

  mutating func add(_ row: Priced, model: Int?) {
    let own = Self.day(of: row.time)
    if own != day {
      settle()
      day = own
    }
    sum.add(row)
    guard let split = row.split else {
      add(row.cost, model)
      return
    }
    add(split.rest, model)
    for call in split.calls { add(call.cost, call.model ?? model) }
  }

  private mutating func add(_ cost: Int64?, _ model: Int?) {
    guard let cost else { return }
    let place = (model ?? -1) + 1
    while models.count <= place { models.append(0) }
    models[place] += Int128(cost)
  }

  static func day(of milliseconds: Int64) -> Int64 {
    let (day, rest) = milliseconds.quotientAndRemainder(dividingBy: 86_400_000)
    return rest < 0 ? day - 1 : day
  }

  /// Rows mostly come day by day: one is added up before it goes into the table.
  private mutating func settle() {
    if sum.requests > 0 { days[day, default: AuditSum()].add(sum) }
    for (place, cost) in models.enumerated() where cost > 0 {
      modelsByDay[day, default: [:]][place, default: 0] += cost
      models[place] = 0
    }
    sum = AuditSum()
  }

  /// For each model its cost on each of the days of ``all``, the dearest model first.
  var byModel: [(model: Int?, costs: [Int128])] {
    var settled = self
    settled.settle()
    let days = settled.days.keys.sorted()
    var places: Set<Int> = []
    for models in settled.modelsByDay.values { places.formUnion(models.keys) }
    return places.sorted().map { place in
      let costs = days.map { settled.modelsByDay[$0]?[place] ?? 0 }
      return (model: place == 0 ? nil : place - 1, costs: costs)
    }
    .sorted { $0.costs.reduce(0, +) > $1.costs.reduce(0, +) }
  }

  var all: [(day: Int64, sum: AuditSum)] {
    var settled = self
    settled.settle()
    return settled.days.map { (day: $0.key, sum: $0.value) }.sorted { $0.day < $1.day }
  }
}

/// What requests came to by several of their names at once.
struct GroupSums: Sendable {
  /// Groups that are told apart; what comes past them is one group more.
  static let limit = 65_536

  struct Key: Hashable, Sendable {
    var task: Int32 = -1
    var model: Int32 = -1
    var route: Int32 = -1
    var tenant: Int32 = -1
    var day: Int32 = -1
  }

  private var places: [Key: Int] = [:]
  private(set) var keys: [Key] = []
  private(set) var sums: [AuditSum] = []
  private(set) var rest = AuditSum()
  private var last: (key: Key, place: Int)?

  /// Has something added to the sum of a group.
  mutating func add(_ key: Key, _ add: (inout AuditSum) -> Void) {
    if let last, last.key == key {
      add(&sums[last.place])
      return
    }
    var place = places[key]
    if place == nil, keys.count < Self.limit {
      place = keys.count
      places[key] = keys.count
      keys.append(key)
      sums.append(AuditSum())
    }
    guard let place else {
      add(&rest)
      return
    }
    last = (key, place)
    add(&sums[place])
  }
}
