import OpenAIWire
import PolicyCompiler
import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingLedger
import RoutingService

/// What a run of a batch has to do, by what earlier ones have left in its answers and in the ledger.
struct BatchPlan: Sendable {
  /// An item to be sent.
  struct Ask: Sendable {
    let item: BatchItem
    let request: String
    let key: String
    /// From 1: which asking of the item this is.
    let asked: Int
    let before: [BatchLine.Earlier]
    /// False for one nobody has to be called for: it is left where somebody would have to be after all.
    var mayCall = true
  }

  /// A line that can be written without asking anybody, with the answer it tells.
  struct Recovered: Sendable {
    let line: BatchLine
    let body: [UInt8]
  }

  /// Lines that stay as they are.
  var kept: [BatchLine] = []
  /// The numbers of lines that make room for another asking.
  var removed: Set<Int> = []
  var recovered: [Recovered] = []
  var asks: [Ask] = []
  /// Items whose call is in a provider's batch already, by their rows.
  var placed: [RequestID: Ask] = [:]
  /// Answers to items the requests do not have.
  var strangers = 0
  /// Items whose call is in a provider's batch of which no journal tells.
  var unjournaled = 0
}

/// Which items without an answer are asked again.
struct BatchRetries: Sendable {
  var failed = false
  var lost = false
}

/// Makes the plan of a run.
struct BatchPlanner: Sendable {
  let requests: BatchRequests
  let answers: AnswersFile
  let name: BatchName
  /// Who asks, for all items.
  let caller: String
  let retries: BatchRetries
  let desk: DecisionDesk
  let service: RequestService
  let reader: LedgerReader
  let moment: LocalMoment
  /// Rows whose call is in a provider's batch that nobody has ended, with how often each was asked.
  var underWay: [RequestID: Int] = [:]

  /// Names items that were asked with another request before, the first ten and how many more; and
  /// refuses what is in providers' batches nobody has the names of.
  func plan() async throws(CommandFailure) -> BatchPlan {
    var plan = BatchPlan()
    var known: [[UInt8]: (number: Int, line: BatchLine)] = [:]
    for (number, line) in answers.found.lines {
      known[Array(line.customID.utf8)] = (number, line)
    }
    var changed: [String] = []
    for item in requests.items {
      let digest = item.digest(asking: caller)
      guard let (number, line) = known.removeValue(forKey: Array(item.customID.utf8)) else {
        if let problem = try await add(item, digest, after: nil, to: &plan) {
          changed.append(problem)
        }
        continue
      }
      guard line.request == digest else {
        changed.append(
          "\(item.file.name): `\(item.shownID)` is another request than the one answered in "
            + "\(answers.path):\(number)")
        continue
      }
      guard isAskedAgain(line) else {
        plan.kept.append(line)
        continue
      }
      plan.removed.insert(number)
      if let problem = try await add(item, digest, after: line, to: &plan) {
        changed.append(problem)
      }
    }
    plan.strangers = known.count
    guard plan.unjournaled == 0 else {
      throw CommandFailure(
        "\(plan.unjournaled) requests are in providers' batches, and `\(answers.path).batches`, which "
          + "says in which, is not there: bring it back beside the answers; --retry-lost gives those "
          + "batches up, and pays again")
    }
    guard changed.isEmpty else {
      throw CommandFailure(
        BatchRequests.list(changed)
          + "\ngive changed requests another custom_id, or the batch another --name and -o")
    }
    return plan
  }

  private func isAskedAgain(_ line: BatchLine) -> Bool {
    if line.isAnswered { return false }
    return line.isLost ? retries.lost : retries.failed
  }

  /// Adds what has to be done for an item without an answer; what is wrong with it, if anything is.
  private func add(
    _ item: BatchItem, _ digest: String, after line: BatchLine?, to plan: inout BatchPlan
  ) async throws(CommandFailure) -> String? {
    var input = try desk.input(for: item.file)
    input.moment = moment
    var asked = AskedRequest(request: item.file.request, input: input)
    var before = line.map { $0.before + ($0.cost == .exact(.zero) ? [] : [$0.asEarlier]) } ?? []
    var number = line?.asked ?? 1
    // Every asking that may have been billed holds a key; the last of them is how it stands.
    var last: (asked: Int, standing: KeyStanding)?
    while true {
      asked.idempotencyKey = name.key(of: item.customID, asked: number)
      let standing = service.standing(of: asked)
      if standing == .free { break }
      if case .otherBody(let row) = standing {
        return "\(item.file.name): `\(item.shownID)` is another request than the one asked as row "
          + "\(row)"
      }
      if let (place, earlier) = last, place != line?.asked {
        before.append(try await self.line(item, digest, earlier, place, asked).asEarlier)
      }
      last = (number, standing)
      number += 1
    }
    // Keys are forgotten in time; what was paid for under one stays in the line.
    if let line, number == line.asked, line.cost != .exact(.zero) { number += 1 }
    guard let (place, standing) = last, place != line?.asked else {
      plan.asks.append(ask(item, digest, number, before))
      return nil
    }
    if let row = standing.unended, underWay[row] == place {
      plan.placed[row] = ask(item, digest, place, before)
      return nil
    }
    if let row = standing.unended, !retries.lost,
      let lasting = service.lasting(of: row), lasting >= ProviderBatches.lasting
    {
      plan.unjournaled += 1
    }
    var found = try await self.line(item, digest, standing, place, asked)
    guard !isAskedAgain(found) else {
      plan.asks.append(ask(item, digest, number, before + [found.asEarlier]))
      return nil
    }
    found.asked = place
    found.before = before
    var body: [UInt8] = []
    if case .answered(let answer, _) = standing { body = answer.body }
    plan.recovered.append(BatchPlan.Recovered(line: found, body: body))
    return nil
  }

  private func ask(
    _ item: BatchItem, _ digest: String, _ asked: Int, _ before: [BatchLine.Earlier]
  ) -> BatchPlan.Ask {
    BatchPlan.Ask(
      item: item, request: digest, key: name.key(of: item.customID, asked: asked), asked: asked,
      before: before)
  }

  /// How an item stands by what the ledger has under its key.
  private func line(
    _ item: BatchItem, _ digest: String, _ standing: KeyStanding, _ number: Int,
    _ asked: AskedRequest
  ) async throws(CommandFailure) -> BatchLine {
    switch standing {
    case .answered(let answer, let row):
      var line = BatchLine(item, request: digest, entry: try entry(row, isAnswer: answer.isAnswer))
      line.status = answer.status
      line.isRepeated = true
      if hasShadows(line.route) {
        line.shadows = await service.worstCost(of: asked).map { .atMost($0) } ?? .unknown
      }
      if !answer.isAnswer {
        line.problem =
          "got no answer and may have been billed: --retry-failed asks again, and pays again"
      }
      return line
    case .lost(let row), .running(let row), .otherBody(let row):
      return try await lost(item, digest, row, asked)
    case .free: preconditionFailure("a free key stands for nothing")
    }
  }

  private func hasShadows(_ route: String?) -> Bool {
    desk.compiled.policy.routes.contains { other in
      other.name == route
        && other.effects.contains { if case .shadow = $0 { true } else { false } }
    }
  }

  private func entry(
    _ row: RequestID, isAnswer: Bool
  ) throws(CommandFailure) -> LedgerEntry {
    if let entry = try recorded(row) { return entry }
    return LedgerEntry(
      id: row, time: Timestamp(milliseconds: 0), status: isAnswer ? .answered : .failed,
      currency: desk.compiled.policy.vocabulary.currency, cost: .unknown)
  }

  private func recorded(_ row: RequestID) throws(CommandFailure) -> LedgerEntry? {
    try reading { () throws(LedgerFailure) in
      try reader.rows(named: row.description, limit: 1).first?.entry
    }
  }

  /// Whoever asked it died meanwhile: it counts at what its row says, or at the most it may cost.
  private func lost(
    _ item: BatchItem, _ digest: String, _ row: RequestID, _ asked: AskedRequest
  ) async throws(CommandFailure) -> BatchLine {
    var cost = try recorded(row)?.cost ?? .unknown
    if cost.money == nil {
      cost = await service.worstCost(of: asked).map { .atMost($0) } ?? .unknown
    }
    let currency = desk.compiled.policy.vocabulary.currency
    let most = cost.money.map { " at most " + Amounts.text($0, currency: currency) }
    var line = BatchLine(
      customID: item.customID, line: item.line, request: digest, ending: .lost,
      row: row.description, cost: cost)
    line.problem =
      "was under way when an earlier run died, and may have been billed\(most ?? ""): "
      + "--retry-lost asks again, and pays again"
    return line
  }
}

extension KeyStanding {
  /// The request that holds the key and has not ended, or never will.
  fileprivate var unended: RequestID? {
    switch self {
    case .running(let row), .lost(let row): row
    case .free, .answered, .otherBody: nil
    }
  }
}
