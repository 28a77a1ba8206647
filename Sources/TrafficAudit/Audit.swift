import PolicyUnits
import RoutingBudgets
import RoutingRuntime
import TrafficLog

/// Finds where the money of a log went, in one pass.
///
/// What no row says is unknown, and counted as such. Memory is bounded whatever the log: names, groups,
/// repeats and questions are each kept to a limit their own types name, and past it the report says so.
struct Audit: Sendable {
  private let options: AuditOptions
  private var report = AuditReport()
  private var tasks = NameSums()
  private var models = NameSums()
  private var routes = NameSums()
  private var tenants = NameSums()
  private var span = LogSpan()
  private var days = DaySums()
  private var groups = GroupSums()
  private var curve = CostCurve()
  private var statuses = Array(repeating: AuditSum(), count: SpendRow.Status.allCases.count)
  private var table = RepeatTable()
  private var repeats = RepeatSums()
  /// By the log's number for a route plus one.
  private var routeRepeats: [RepeatSums] = []
  private var nearTable = NearTable()
  private var near: (compared: Int64, near: Int64, cost: Int128, withHistory: Int64) = (0, 0, 0, 0)
  private(set) var prompts = PromptBook()
  private(set) var tiers = TierBook()
  private(set) var moves: MoveBook
  private var before = PeriodBook()
  private var after = PeriodBook()
  /// Of the input at the catalog's prices, in picos, and whether every row with tokens had one.
  private var inputPicos: Int128 = 0
  private var modelNames: ModelNames

  var prices: AuditPrices { options.prices }

  /// The catalog's model by the log's number for its name.
  func model(ofName name: Int) -> Int? { modelNames.model(of: name) }

  /// As the catalog has it, else as the log does.
  func modelName(_ number: Int, _ log: borrowing SpendLog) -> String {
    modelNames.name(number, log)
  }

  init(_ options: AuditOptions) {
    self.options = options
    moves = MoveBook(options.prices)
    modelNames = ModelNames(options.prices)
  }

  /// Takes in a row of a time that was asked for; all must be in one currency.
  mutating func add(
    _ row: borrowing SpendRow, in period: AuditOptions.Period, of log: borrowing SpendLog
  ) {
    let priced = price(row, log)
    guard period == .counted else {
      before.add(row, priced)
      return
    }
    if priced.isByCatalog { report.pricedByCatalog += 1 }
    if priced.isTooDear { report.tooDear += 1 }
    if options.against != nil { after.add(row, priced) }
    count(row, priced)
    compare(row, priced)
  }

  private mutating func price(
    _ row: borrowing SpendRow, _ log: borrowing SpendLog
  ) -> Priced {
    var priced = Priced(isHit: row.isHit, time: row.time.milliseconds)
    let named = row.model.map { modelNames.look($0, log) }
    let model = named?.model
    (priced.model, priced.modelName) = (model, named?.name)
    // What a cache gave out used no tokens of a model.
    if !row.isHit, let input = row.input, let output = row.output {
      let usage = Usage(input: input, cachedInput: row.cachedInput, output: output)
      priced.usage = usage
      if let model, let price = options.prices.models[model].tariff.price(usage) {
        priced.reference = price.exact.picos
        if row.calls == nil { inputPicos += price.input + price.cachedInput }
        if row.cost == nil, row.calls == nil { priced.charge(price.total) }
      }
    }
    if let cost = row.cost {
      priced.cost = cost.nanos
    } else if row.isHit {
      // Nothing was called, and the log names no other cost.
      priced.cost = 0
    }
    priced.wasCalled = !row.isHit && row.status != .refused
    if let calls = row.calls { priced.split = split(calls, bill: priced.cost, log) }
    return priced
  }

  private mutating func split(
    _ logged: LoggedCalls, bill: Int64?, _ log: borrowing SpendLog
  ) -> CallSplit {
    var split = CallSplit(logged, bill: bill)
    for place in split.calls.indices {
      let named = split.calls[place].model.map { modelNames.look($0, log) }
      let model = named?.model
      (split.calls[place].catalogModel, split.calls[place].model) = (model, named?.name)
      guard let model, let usage = split.calls[place].usage,
        let price = options.prices.models[model].tariff.price(usage)
      else { continue }
      split.calls[place].reference = price.exact.picos
      inputPicos += price.input + price.cachedInput
    }
    return split
  }

  private mutating func count(_ row: borrowing SpendRow, _ priced: Priced) {
    span.add(row.time)
    report.total.add(priced)
    if row.isBound { report.bounds += 1 }
    if row.isShadow { report.shadows.add(priced) }
    statuses[row.status.rawValue].add(priced)
    tasks.add(priced, row.task)
    if let split = priced.split {
      models.add(priced, split, answering: priced.modelName)
    } else {
      models.add(priced, priced.modelName)
    }
    routes.add(priced, row.route)
    tenants.add(priced, row.tenant)
    days.add(priced, model: priced.modelName)
    if options.by.count > 1 { addGroup(row, priced) }
    if let cost = priced.cost { curve.add(cost) }
    switch row.ending {
    case .unknown: if !row.isHit, row.gaveAnswer { report.unknownEndings += 1 }
    case .truncated: if row.gaveAnswer { report.truncated.add(priced) }
    case .refused: report.refused.add(priced)
    case .whole: break
    }
    if let calls = row.calls {
      report.withCalls += 1
      tiers.add(calls)
    }
    prompts.add(row, priced, options.prices)
    moves.add(row, priced)
  }

  private mutating func addGroup(_ row: borrowing SpendRow, _ priced: Priced) {
    let key = key(row, priced)
    guard let split = priced.split, options.by.contains(.model) else {
      groups.add(key) { $0.add(priced) }
      return
    }
    groups.add(key) { $0.add(withoutCalls: priced, split) }
    for call in split.calls {
      var own = key
      own.model = Int32(call.model ?? priced.modelName ?? -1)
      groups.add(own) { $0.add(call) }
    }
  }

  private func key(_ row: borrowing SpendRow, _ priced: Priced) -> GroupSums.Key {
    var key = GroupSums.Key()
    for dimension in options.by {
      switch dimension {
      case .task: key.task = Int32(row.task ?? -1)
      case .model: key.model = Int32(priced.modelName ?? -1)
      case .route: key.route = Int32(row.route ?? -1)
      case .tenant: key.tenant = Int32(row.tenant ?? -1)
      case .day: key.day = Int32(clamping: DaySums.day(of: row.time.milliseconds))
      }
    }
    return key
  }

  /// Holds a request against those before it; only those a model was asked for could be spared.
  private mutating func compare(_ row: borrowing SpendRow, _ priced: Priced) {
    guard !row.isHit, !row.isShadow, row.status == .answered || row.status == .notAccepted else {
      return
    }
    guard let fingerprint = row.fingerprint else {
      report.repeats.uncompared += 1
      return
    }
    let caller = RepeatTable.mix(fingerprint, UInt64(bitPattern: Int64(row.tenant ?? -1)))
    let found = table.look(caller, at: row.time.milliseconds, asking: row.cache)
    if let found {
      repeats.add(found, cost: priced.cost)
      let route = (row.route ?? -1) + 1
      while routeRepeats.count <= route { routeRepeats.append(RepeatSums()) }
      routeRepeats[route].add(found, cost: priced.cost)
    }
    guard let texts = row.texts, !texts.question.isEmpty else { return }
    guard !texts.hasHistory else {
      near.withHistory += 1
      return
    }
    near.compared += 1
    var context = UInt64(bitPattern: Int64(row.tenant ?? -1))
    context = RepeatTable.mix(context, UInt64(bitPattern: Int64(row.systemPrompt ?? -1)))
    let isNear = nearTable.look(texts.bytes, texts.question, context: context)
    guard isNear, found?.isRepeated == false else { return }
    near.near += 1
    near.cost += Int128(priced.cost ?? 0)
  }
}

// MARK: The report

extension Audit {
  /// What came of all rows; `log` has their names.
  func report(_ log: borrowing SpendLog) -> AuditReport {
    var report = report
    report.by = options.by
    (report.first, report.last, report.gaps) = (span.first, span.last, span.gaps)
    report.statuses = SpendRow.Status.allCases.map { ($0, statuses[$0.rawValue]) }
      .filter { $0.sum.requests > 0 }
    report.dimensions = [
      (.task, named(tasks) { log.name($0) }), (.model, named(models) { modelName($0, log) }),
      (.route, named(routes) { log.name($0) }), (.tenant, named(tenants) { log.name($0) }),
      (.day, days.all.map { AuditGroup(names: [Self.day($0.day)], sum: $0.sum) }),
    ]
    if let only = options.by.first, options.by.count == 1 {
      report.groups = report.groups(of: only)
    } else {
      report.groups = groupReport(log)
      report.restOfGroups = groups.rest
    }
    for (model, costs) in days.byModel {
      report.daysByModel.append((model: model.map { modelName($0, log) }, costs: costs))
    }
    for name in modelNames.shared { report.sharedModels.append(log.name(name)) }
    report.curve = curve.points
    report.repeats = repeatReport(log)
    if near.compared + near.withHistory > 0, near.compared > 0 {
      report.near = AuditNear(
        compared: near.compared, near: near.near, cost: near.cost, withHistory: near.withHistory)
    }
    report.inputCost = options.prices.isEmpty ? nil : inputPicos / 1000
    report.prompts = promptReport(log)
    report.gates = tiers.gateReport
    report.ladders = tiers.ladderReport
    report.comparison = comparison(log)
    report.cures = cures(report, log)
    report.stays = stays(report, log)
    return report
  }

  private func named(_ sums: NameSums, _ name: (Int) -> String) -> [AuditGroup] {
    sums.all.map { AuditGroup(names: [$0.name.map(name)], sum: $0.sum) }
  }

  private func groupReport(_ log: borrowing SpendLog) -> [AuditGroup] {
    var found: [AuditGroup] = []
    for (key, sum) in zip(groups.keys, groups.sums) {
      var names: [String?] = []
      for dimension in options.by {
        let number: Int32 =
          switch dimension {
          case .task: key.task
          case .model: key.model
          case .route: key.route
          case .tenant: key.tenant
          case .day: key.day
          }
        if dimension == .day {
          names.append(Self.day(Int64(number)))
        } else {
          let isModel = dimension == .model
          names.append(
            number < 0
              ? nil : isModel ? modelName(Int(number), log) : log.name(Int(number)))
        }
      }
      found.append(AuditGroup(names: names, sum: sum))
    }
    return found.sorted { ($0.sum.cost, $0.sum.requests) > ($1.sum.cost, $1.sum.requests) }
  }

  /// As `2026-11-21`; a number where the calendar has no such day.
  static func day(_ day: Int64) -> String {
    guard let date = CalendarDate(daysSince1970: day) else { return "day \(day)" }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let year = String(date.year)
    let zeros = String(repeating: "0", count: max(0, 4 - year.count))
    return "\(zeros)\(year)-\(two(date.month))-\(two(date.day))"
  }

  private func repeatReport(_ log: borrowing SpendLog) -> AuditRepeats {
    var found = report.repeats
    let sum = repeats.total(level: table.level)
    found.compared = sum.compared
    found.ever = AuditRepeats.Count(requests: sum.repeated, cost: sum.repeatedCost)
    found.hour = AuditRepeats.Count(requests: sum.hour, cost: sum.hourCost)
    found.day = AuditRepeats.Count(requests: sum.day, cost: sum.dayCost)
    found.sampling = 1 << Int64(table.level)
    for (place, route) in routeRepeats.enumerated() {
      let sum = route.total(level: table.level)
      guard sum.compared > 0 else { continue }
      found.routes.append(
        (
          name: place == 0 ? nil : log.name(place - 1), compared: sum.compared,
          hour: AuditRepeats.Count(requests: sum.hour, cost: sum.hourCost),
          day: AuditRepeats.Count(requests: sum.day, cost: sum.dayCost)
        ))
    }
    found.routes.sort { $0.day.cost > $1.day.cost }
    return found
  }

  private func comparison(_ log: borrowing SpendLog) -> AuditComparison? {
    guard options.against != nil else { return nil }
    let models = options.prices.models
    let attribution = Attribution(before: before, after: after) { name in
      model(ofName: name).map { models[$0] }
    }
    return AuditComparison(
      before: before.total, after: after.total, requestsBefore: before.requests,
      requestsAfter: after.requests, unpriced: before.unpriced + after.unpriced,
      parts: attribution.parts(), policies: versions(before.policies, after.policies, log),
      prompts: versions(before.prompts, after.prompts, log))
  }

  private func versions(
    _ before: [Int: (requests: Int64, first: Int64)],
    _ after: [Int: (requests: Int64, first: Int64)], _ log: borrowing SpendLog
  ) -> [AuditComparison.Version] {
    var found: [AuditComparison.Version] = []
    for name in Set(before.keys).union(after.keys) {
      let (old, new) = (before[name], after[name])
      found.append(
        AuditComparison.Version(
          name: log.name(name), before: old?.requests ?? 0, after: new?.requests ?? 0,
          first: min(old?.first ?? .max, new?.first ?? .max)))
    }
    return found.sorted { ($0.first, $0.name) < ($1.first, $1.name) }
  }
}
