import OpenAIWire
import PolicyUnits
import RoutingBatches
import RoutingRuntime

/// Fifty requests made one prompt, the one answer made fifty, and the bill shared: per item.
enum ComposeBench {
  static func run(_ report: inout Report) {
    let count = 50
    let questions: [String] = (0..<count).map { question($0) }
    var state: UInt64 = 1
    func random() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
    let composer = BatchComposer(questions, .text, random: random)
    let ids = composer.ids
    let entries: [String] = ids.map { #"{"id":"\#($0)","answer":"delivery"}"# }
    let answer = #"{"items":[\#(entries.joined(separator: ","))]}"#
    let usage = Usage(input: 2_400, output: 900)
    let cost = CostByKind(
      input: 2_400 * 133, cachedInput: 0, cacheWrite: 0, cacheWriteLong: 0, output: 900 * 577,
      reasoning: 0, fee: 0, isExact: true)
    let bill = CallBill(usage: usage, parts: cost, cost: cost.cost, tokens: .exact(3_300))
    let parts: [BatchShares.Part] = (0..<count).map { part($0) }
    var sum = 0
    let all = Stopwatch.median(runs: 301) {
      let composer = BatchComposer(questions, .text, random: random)
      let read = BatchAnswers(answer, for: ids, .text)
      sum &+= composer.text.utf8.count &+ read.items.count
      sum &+= BatchShares.of(bill, among: parts).count
    }
    report.add(
      "batch of \(count): compose, read, share, per item", all / Double(count) / 1_000, "µs",
      atMost: 10)
    if sum == .min { print(sum) }
  }

  private static func question(_ number: Int) -> String {
    """
    Ticket \(number): my parcel has not arrived, "again", and nobody answers the telephone.
    Order \(number * 7919), placed last week; please say where it is.
    """
  }

  private static func part(_ number: Int) -> BatchShares.Part {
    BatchShares.Part(
      input: Int64(30 + number % 9), output: Int64(1 + number % 3), money: Money(nanos: 90_000),
      tokens: 900)
  }
}
