import RoutingBudgets
import RoutingRuntime
import TokenEstimates
import TrafficLog

/// System prompts that come again and again: how often, how long, and which requests could share one.
///
/// Memory: a little for each of at most 65,536 prompts, and as many callers' bursts.
struct PromptBook: Sendable {
  struct Prompt: Sendable {
    /// Calls it was sent in: each tier of a ladder is sent it.
    var times: Int64 = 0
    /// Nil while no row had the text.
    var estimate: TokenEstimate?
    /// The least input of a request that has it: it is not longer than that.
    var leastInput: Int64?
    /// The calls it was sent in whose tokens and bill are known.
    var sent = HeadCost()
    /// Whether the catalog has no price for a model it was sent to.
    var lacksPrice = false
    /// Requests that came close behind another one with it, so that both could be asked at once, and their
    /// calls.
    var joinable: Int64 = 0
    var joinableSent = HeadCost()
    var example = 0
    var first: Int64 = 0
  }

  private struct Burst {
    var start: Int64
    var size: Int64
  }

  private struct BurstKey: Hashable {
    let prompt: Int
    let tenant: Int
    let model: Int
  }

  /// Requests further apart are not asked together, in milliseconds.
  static let wait: Int64 = 10_000
  /// The most that are asked together.
  static let most: Int64 = 20
  /// A longer request, without its system prompt, is not batched.
  static let smallInput: Int64 = 1_000

  /// In the order they came up, and where each is by the log's number for its name.
  private(set) var prompts: [(name: Int, prompt: Prompt)] = []
  private var places: [Int: Int] = [:]
  private var bursts: [BurstKey: Burst] = [:]

  mutating func add(_ row: borrowing SpendRow, _ priced: Priced, _ prices: AuditPrices) {
    // What was refused or came out of a cache was sent to nobody.
    guard let number = row.systemPrompt, !priced.isHit, row.status != .refused else { return }
    let calls = Self.calls(row, priced)
    guard !calls.isEmpty else { return }
    let place = place(of: number, row, priced)
    // Each is changed where it stands: a copy for every row would be dear.
    prompts[place].prompt.times += Int64(calls.count)
    prompts[place].prompt.first = min(prompts[place].prompt.first, priced.time)
    for call in calls {
      guard let input = call.input else { continue }
      prompts[place].prompt.leastInput = min(prompts[place].prompt.leastInput ?? input, input)
    }
    if prompts[place].prompt.estimate == nil, let texts = row.texts, !texts.system.isEmpty {
      prompts[place].prompt.estimate = texts.system.reduce(.zero) { sum, range in
        sum + TokenEstimate(text: texts.bytes[range].span, family: .generic)
      }
    }
    let joins = joins(
      row, number, priced.model ?? -1, prompts[place].prompt.estimate?.expected ?? 0)
    if joins { prompts[place].prompt.joinable += 1 }
    for call in calls {
      guard let model = call.model else {
        prompts[place].prompt.lacksPrice = true
        continue
      }
      guard let input = call.input else { continue }
      guard let price = prices.models[model].inputPrices(at: input) else {
        prompts[place].prompt.lacksPrice = true
        continue
      }
      guard let bill = call.bill else { continue }
      let sent = HeadCost.Call(
        input: input, cached: call.cached, price: price, bill: bill, reference: call.reference)
      prompts[place].prompt.sent.add(sent)
      if joins { prompts[place].prompt.joinableSent.add(sent) }
    }
  }

  /// A call that was sent what the caller sent.
  private struct Call {
    /// The catalog's.
    var model: Int?
    var input: Int64?
    var cached: Int64?
    /// Nanos.
    var bill: Int64?
    var reference: Int128?
  }

  private static func calls(_ row: borrowing SpendRow, _ priced: Priced) -> [Call] {
    guard let split = priced.split else {
      return [
        Call(
          model: priced.model, input: row.input, cached: row.countsCached ? row.cachedInput : nil,
          bill: priced.cost, reference: priced.reference)
      ]
    }
    return split.calls.filter(\.isAnswer).map { call in
      Call(
        model: call.catalogModel, input: call.usage?.input, cached: call.usage?.cachedInput,
        bill: call.cost, reference: call.reference)
    }
  }

  private mutating func place(
    of number: Int, _ row: borrowing SpendRow, _ priced: Priced
  ) -> Int {
    if let place = places[number] { return place }
    places[number] = prompts.count
    prompts.append((number, Prompt(example: row.line, first: priced.time)))
    return prompts.count - 1
  }

  private mutating func joins(
    _ row: borrowing SpendRow, _ number: Int, _ model: Int, _ tokens: Int64
  ) -> Bool {
    guard !row.isStreamed, let input = row.input, input - tokens <= Self.smallInput else {
      return false
    }
    let key = BurstKey(prompt: number, tenant: row.tenant ?? -1, model: model)
    let time = row.time.milliseconds
    guard var burst = bursts[key] else {
      if bursts.count < GroupSums.limit { bursts[key] = Burst(start: time, size: 1) }
      return false
    }
    let (age, overflow) = time.subtractingReportingOverflow(burst.start)
    let joins = !overflow && age >= 0 && age <= Self.wait && burst.size < Self.most
    burst = joins ? Burst(start: burst.start, size: burst.size + 1) : Burst(start: time, size: 1)
    bursts[key] = burst
    return joins
  }
}
