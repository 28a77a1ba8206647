package import PolicySemantics
package import PolicyUnits
import RoutingRuntime

/// What one call costs, with the products it is made of.
package struct WorkedCost: Hashable, Sendable {
  /// `1,000 × 0.15 per million`.
  package struct Part: Hashable, Sendable {
    package let tokens: Int64
    package let price: Price
    /// In pico-units.
    package let picos: Int128
  }

  package let input: Int64
  package let output: Int64
  /// Empty where steps within the prompt make it no plain sum.
  package let parts: [Part]
  package let fee: Money?
  /// As ``Tariff`` settles it: rounded up once.
  package let total: Money

  /// Nil without a price for input and output.
  package init?(_ prices: ModelPrices, input: Int64 = 1000, output: Int64 = 300) {
    let usage = Usage(input: input, output: output)
    guard let basis = prices.input, let answer = prices.output,
      let total = Tariff(prices).cost(of: usage)
    else { return nil }
    self.input = input
    self.output = output
    self.total = total
    fee = prices.perRequest
    guard !prices.longContext.contains(where: { $0.threshold < input }) else {
      parts = []
      return
    }
    parts = [(input, basis), (output, answer)].map { tokens, price in
      Part(
        tokens: tokens, price: price, picos: Int128(tokens) * Int128(price.picosPerToken))
    }
  }
}
