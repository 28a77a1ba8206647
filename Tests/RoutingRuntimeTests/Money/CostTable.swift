import Foundation
import PolicySemantics
import PolicyUnits
import RoutingRuntime
import Testing

/// One row of `Corpus/costs.txt`.
struct CostRow: CustomTestStringConvertible {
  let name: String
  let prices: ModelPrices
  let usage: Usage
  let inBatch: Bool
  /// Nil for unknown.
  let nanos: Int64?
  let isExact: Bool

  var testDescription: String { "\(name): \(usage)" }

  struct Malformed: Error, CustomStringConvertible {
    let description: String
  }

  static let all: [CostRow] = {
    let path = TestPolicy.corpus.appending(path: "costs.txt")
    guard let text = try? String(contentsOf: path, encoding: .utf8) else { return [] }
    return (try? rows(text)) ?? []
  }()

  static func rows(_ text: String) throws -> [CostRow] {
    var rows: [CostRow] = []
    var name = ""
    var prices = ModelPrices()
    var used: (usage: Usage, inBatch: Bool)?
    for line in text.split(separator: "\n") {
      var words = Words(line)
      switch words.next() {
      case "==":
        name = line.dropFirst(3).split(separator: ":").first.map(String.init) ?? ""
        var words = Words(line.drop { $0 != ":" }.dropFirst())
        prices = try ModelPrices(&words)
      case "use": used = try usage(&words)
      case "=", "<=":
        guard let (usage, inBatch) = used else { throw Malformed(description: String(line)) }
        let result = try words.required()
        rows.append(
          CostRow(
            name: name, prices: prices, usage: usage, inBatch: inBatch, nanos: Int64(result),
            isExact: line.hasPrefix("=")))
        used = nil
      default: continue
      }
    }
    return rows
  }

  private static func usage(_ words: inout Words) throws -> (Usage, Bool) {
    var usage = Usage(input: 0, output: 0)
    var inBatch = false
    while let word = words.next() {
      switch word {
      case "batch": inBatch = true
      case "input": usage.input = try words.integer()
      case "cached": usage.cachedInput = try words.integer()
      case "written": usage.cacheWrite = try words.integer()
      case "long": usage.cacheWriteLong = try words.integer()
      case "output": usage.output = try words.integer()
      case "reasoning": usage.reasoning = try words.integer()
      default: throw Malformed(description: word)
      }
    }
    return (usage, inBatch)
  }
}

extension ModelPrices {
  fileprivate init(_ words: inout Words) throws {
    self.init()
    while let word = words.next() {
      switch word {
      case "output": output = try words.price()
      case "reasoning": reasoning = try words.price()
      case "batch_input": batchInput = try words.price()
      case "batch_output": batchOutput = try words.price()
      case "fee": perRequest = try words.money()
      case "batch_cached":
        switch try words.required() {
        case "stacks": batchCachedInput = .stacks
        case "none": batchCachedInput = BatchCachedInput.none
        case let text: batchCachedInput = .price(try Words.price(text))
        }
      case "step": try addSteps(&words)
      default: try set(word, try words.price())
      }
    }
  }

  private mutating func set(_ word: String, _ price: Price) throws {
    switch word {
    case "input": input = price
    case "cached": cachedInput = price
    case "written": cacheWrite = price
    case "long": cacheWriteLong = price
    default: throw CostRow.Malformed(description: word)
    }
  }

  /// The steps stand last.
  private mutating func addSteps(_ words: inout Words) throws {
    let zero = Price(picosPerToken: 0)
    repeat {
      var step = LongContextStep(
        threshold: try words.integer(), input: zero, output: zero,
        appliesToWholeRequest: try words.required() == "request")
      defer { longContext.append(step) }
      while let word = words.next() {
        if word == "step" { break }
        let price = try words.price()
        switch word {
        case "input": step.input = price
        case "output": step.output = price
        case "cached": step.cachedInput = price
        case "written": step.cacheWrite = price
        case "long": step.cacheWriteLong = price
        default: throw CostRow.Malformed(description: word)
        }
      }
    } while !words.isEmpty
  }
}

extension Words {
  var isEmpty: Bool {
    var copy = self
    return copy.next() == nil
  }

  static func price(_ text: String) throws -> Price {
    guard let picos = Decimal(text)?.scaled(by: 6) else {
      throw CostRow.Malformed(description: text)
    }
    return Price(picosPerToken: picos)
  }
}
