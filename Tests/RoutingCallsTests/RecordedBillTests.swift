import OpenAIWire
import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingCalls
import RoutingCatalog
import RoutingRequests
import RoutingRuntime
import RoutingTestSupport
import Testing
import TokenEstimates

/// What providers billed, held against what would have been set aside for it.
@Suite struct `Recorded bills` {
  /// Three ways of pricing, each dear where the others are cheap.
  static let tariffs: [(name: String, prices: ModelPrices)] = [
    ("plain", ModelPrices(input: .dollars("2.50"), output: .dollars("10"))),
    (
      "cached apart",
      ModelPrices(
        input: .dollars("3"), output: .dollars("15"), cachedInput: .dollars("0.30"),
        cacheWrite: .dollars("3.75"), cacheWriteLong: .dollars("6"))
    ),
    (
      "in steps",
      ModelPrices(
        input: .dollars("1.25"), output: .dollars("10"), cachedInput: .dollars("0.31"),
        reasoning: .dollars("12"), perRequest: Money(nanos: 5_000_000),
        longContext: [
          LongContextStep(
            threshold: 100, input: .dollars("2.50"), output: .dollars("15"),
            cachedInput: .dollars("0.625"), appliesToWholeRequest: true)
        ])
    ),
  ]
  /// What is sent along where a request does not limit its answer.
  static let cap: Int64 = 16_384

  @Test func `never exceed what is set aside for the request`() throws {
    guard let all = try RecordedExchange.all(for: "recorded bills") else { return }
    var (bills, refused, unmetered) = (0, 0, 0)
    for exchange in all where exchange.isChat && exchange.status == 200 {
      guard let request = try? ChatRequest(exchange.request), let moment = Self.moment else {
        continue
      }
      let input = RequestInput(request, moment: moment)
      // Nothing bounds images here: under a hard cap such a request is not called.
      guard input.imageCount == 0 else {
        refused += 1
        continue
      }
      guard let usage = Self.usage(of: exchange) else {
        unmetered += 1
        continue
      }
      var measure = InputMeasure(input, dropsTools: false)
      let bound = measure.parts(.generic).total.bound
      #expect(usage.input <= bound, "\(exchange.file)")
      for (name, prices) in Self.tariffs {
        let tariff = Tariff(prices)
        let cap = request.maxTokens ?? Self.cap
        let billed = try #require(tariff.cost(of: usage), "\(exchange.file) \(name)")
        let reserved = try #require(tariff.atMost(input: bound, output: cap))
        #expect(billed <= reserved, "\(exchange.file) \(name): \(usage)")
      }
      bills += 1
    }
    SharedData.say(
      "recorded bills: \(bills) within what is set aside, under \(Self.tariffs.count) tariffs; "
        + "\(refused) with images not called, \(unmetered) without figures count at their bound")
    #expect(bills > 100)
  }

  private static let moment = CalendarDate(year: 2026, month: 11, day: 20).map {
    LocalMoment(date: $0, weekday: .friday, hour: 12)
  }

  private static func usage(of exchange: RecordedExchange) -> RoutingRuntime.Usage? {
    var response: ChatResponse?
    if exchange.isStream {
      var stream = ChatStream()
      _ = stream.feed(exchange.answer)
      response = try? stream.finish()
    } else {
      response = try? ProviderAnswer(status: exchange.status, body: exchange.answer).read()
    }
    return response?.usage.flatMap { RoutingRuntime.Usage($0, UsageConventions()) }
  }
}

/// A provider's figures in the one convention of the runtime.
@Suite struct `Usage conventions` {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let usage: OpenAIWire.Usage
    var cached: UsageConventions.Inclusion?
    var reasoning: UsageConventions.Inclusion?
    let expected: RoutingRuntime.Usage?
  }

  static let cases = [
    Case(
      testDescription: "parts are inside without a word",
      usage: .init(prompt: 10, completion: 5, cached: 4, cacheWritten: 3, reasoning: 2),
      expected: .init(input: 10, cachedInput: 4, cacheWrite: 3, output: 5, reasoning: 2)),
    Case(
      testDescription: "outside adds what was cached and written",
      usage: .init(prompt: 10, completion: 5, cached: 40, cacheWritten: 3, cacheWrittenLong: 2),
      cached: .outside,
      expected: .init(input: 55, cachedInput: 40, cacheWrite: 3, cacheWriteLong: 2, output: 5)),
    Case(
      testDescription: "what a total told is not added twice",
      usage: .init(prompt: 50, completion: 5, cached: 40, addedCached: true), cached: .outside,
      expected: .init(input: 50, cachedInput: 40, output: 5)),
    Case(
      testDescription: "outside adds reasoning",
      usage: .init(prompt: 10, completion: 5, reasoning: 20), reasoning: .outside,
      expected: .init(input: 10, output: 25, reasoning: 20)),
    Case(
      testDescription: "reasoning a total told is not added twice",
      usage: .init(prompt: 10, completion: 25, reasoning: 20, addedReasoning: true),
      reasoning: .outside, expected: .init(input: 10, output: 25, reasoning: 20)),
    Case(
      testDescription: "more cached than sent is not believed",
      usage: .init(prompt: 10, completion: 5, cached: 11), cached: .inside, expected: nil),
    Case(
      testDescription: "more written than is left is not believed",
      usage: .init(prompt: 10, completion: 5, cached: 5, cacheWritten: 3, cacheWrittenLong: 3),
      expected: nil),
    Case(
      testDescription: "more reasoning than answer is not believed",
      usage: .init(prompt: 10, completion: 5, reasoning: 6), expected: nil),
  ]

  @Test(arguments: cases)
  func `become one`(_ told: Case) {
    let convention = UsageConventions(cachedTokens: told.cached, reasoningTokens: told.reasoning)
    #expect(RoutingRuntime.Usage(told.usage, convention) == told.expected)
  }
}

extension Price {
  fileprivate static func dollars(_ perMillion: String) -> Price {
    Price(picosPerToken: Decimal(perMillion)?.scaled(by: 6) ?? -1)
  }
}
