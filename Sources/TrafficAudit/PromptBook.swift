import RoutingBudgets
import RoutingRuntime
import TokenEstimates
import TrafficLog

/// System prompts that come again and again: how often, how long, and which requests could share one.
///
/// Memory: a little for each of at most 65,536 prompts, and as many callers' bursts.
struct PromptBook: Sendable {
  struct Prompt: Sendable {
    var times: Int64 = 0
    /// Nil while no row had the text.
    var estimate: TokenEstimate?
    /// The least input of a request that has it: it is not longer than that.
    var leastInput: Int64?
    /// By the catalog's model, how many calls were made with it; -1 for none.
    var calls: [Int: Int64] = [:]
    /// Requests that came close behind another one with it, so that both could be asked at once; by the
    /// catalog's model.
    var joinable: [Int: Int64] = [:]
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

  mutating func add(_ row: borrowing SpendRow, _ priced: Priced) {
    // What was refused or came out of a cache was sent to nobody.
    guard let number = row.systemPrompt, !priced.isHit, row.status != .refused else { return }
    let model = priced.model ?? -1
    let place = place(of: number, row, priced)
    // Each is changed where it stands: a copy of its tables for every row would be dear.
    prompts[place].prompt.times += 1
    prompts[place].prompt.calls[model, default: 0] += 1
    prompts[place].prompt.first = min(prompts[place].prompt.first, priced.time)
    if let input = row.input {
      prompts[place].prompt.leastInput = min(prompts[place].prompt.leastInput ?? input, input)
    }
    if prompts[place].prompt.estimate == nil, let texts = row.texts, !texts.system.isEmpty {
      prompts[place].prompt.estimate = texts.system.reduce(.zero) { sum, range in
        sum + TokenEstimate(text: texts.bytes[range].span, family: .generic)
      }
    }
    if joins(row, number, model, prompts[place].prompt.estimate?.expected ?? 0) {
      prompts[place].prompt.joinable[model, default: 0] += 1
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
