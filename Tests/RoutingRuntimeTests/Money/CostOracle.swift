import Foundation
import PolicySemantics
import PolicyUnits
import RoutingRuntime

/// Prices and usage as one line of integers, `-` where there is none.
struct GeneratedCost {
  let prices: ModelPrices
  let usage: Usage
  let inBatch: Bool

  init(_ random: inout SeededGenerator) {
    var prices = ModelPrices.random(&random)
    // Small prices, so that sums end between two nano-dollars.
    if random.oneIn(2) { prices = prices.divided(by: 100_000) }
    if random.oneIn(20) { prices.input = nil }
    if random.oneIn(20) { prices.output = nil }
    if random.oneIn(2) {
      prices.batchInput = prices.input.map { Price(picosPerToken: $0.picosPerToken / 2) }
    }
    if random.oneIn(2) { prices.batchOutput = prices.output }
    self.prices = prices
    inBatch = random.oneIn(3)
    var most: Int64 = 6000
    // On a threshold, and one past it.
    if let step = prices.longContext.randomElement(using: &random), random.oneIn(3) {
      most = step.threshold + (random.oneIn(2) ? 1 : 0)
    }
    usage = Usage.random(
      input: (random.oneIn(3) ? most : 0)...most, output: 0...3000, &random)
  }

  var line: String {
    var fields: [String] = [inBatch ? "1" : "0"]
    fields += [
      usage.input, usage.cachedInput, usage.cacheWrite, usage.cacheWriteLong, usage.output,
      usage.reasoning,
    ].map { String($0) }
    fields += [
      prices.input, prices.output, prices.cachedInput, prices.cacheWrite, prices.cacheWriteLong,
      prices.reasoning, prices.batchInput, prices.batchOutput,
    ].map(Self.field)
    fields.append(prices.perRequest.map { String($0.nanos) } ?? "-")
    switch prices.batchCachedInput {
    case .price(let price): fields.append(Self.field(price))
    case .stacks: fields.append("stacks")
    case BatchCachedInput.none?: fields.append("none")
    case nil: fields.append("-")
    }
    for step in prices.longContext {
      fields += [step.appliesToWholeRequest ? "request" : "rest", String(step.threshold)]
      fields += [step.input, step.output, step.cachedInput, step.cacheWrite, step.cacheWriteLong]
        .map(Self.field)
    }
    return fields.joined(separator: " ")
  }

  private static func field(_ price: Price?) -> String {
    price.map { String($0.picosPerToken) } ?? "-"
  }

  /// `= N`, `<= N` or `?`.
  var answer: String {
    guard let parts = Tariff(prices).price(usage, inBatch: inBatch) else { return "?" }
    return "\(parts.isExact ? "=" : "<=") \(parts.total.nanos)"
  }
}

extension ModelPrices {
  fileprivate func divided(by divisor: Int64) -> ModelPrices {
    func part(_ price: Price) -> Price { Price(picosPerToken: price.picosPerToken / divisor) }
    var prices = self
    prices.input = input.map(part)
    prices.output = output.map(part)
    prices.cachedInput = cachedInput.map(part)
    prices.cacheWrite = cacheWrite.map(part)
    prices.cacheWriteLong = cacheWriteLong.map(part)
    prices.reasoning = reasoning.map(part)
    if case .price(let price) = batchCachedInput { prices.batchCachedInput = .price(part(price)) }
    prices.longContext = longContext.map { step in
      var step = step
      step.input = part(step.input)
      step.output = part(step.output)
      step.cachedInput = step.cachedInput.map(part)
      step.cacheWrite = step.cacheWrite.map(part)
      step.cacheWriteLong = step.cacheWriteLong.map(part)
      return step
    }
    return prices
  }
}

/// Asks `cost_oracle.py`.
enum CostOracle {
  /// One answer a line; nil if this machine has no python3.
  static func answers(to lines: [String]) throws -> [String]? {
    let script = TestPolicy.corpus.appending(path: "cost_oracle.py")
    let cases = FileManager.default.temporaryDirectory
      .appending(path: "rung-costs-\(UUID().uuidString)")
    try lines.joined(separator: "\n").write(to: cases, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: cases) }
    let python = Process()
    let output = Pipe()
    python.executableURL = URL(filePath: "/usr/bin/env")
    python.arguments = ["python3", script.path, cases.path]
    python.standardOutput = output
    try python.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    python.waitUntilExit()
    // 127 is what `env` says of a program it does not find.
    if python.terminationStatus == 127 { return nil }
    guard python.terminationStatus == 0 else {
      throw CostRow.Malformed(description: "the oracle ended with \(python.terminationStatus)")
    }
    return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
