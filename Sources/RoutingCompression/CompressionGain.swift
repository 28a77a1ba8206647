package import ContextCompression
import PolicyGraph
package import PolicySemantics
package import PolicyUnits
import RoutingRuntime
import TokenEstimates

/// What a compressed request costs less at a model, by the expected number of tokens.
///
/// A provider that bills tokens it has read before at a lower price is taken to have kept everything up
/// to the question before the live one: those tokens are cheap as they came and dear once anything
/// before them has changed. A model without such a price loses nothing.
package struct CompressionGain: Sendable {
  /// Tokens of all messages, before and after.
  package let before: Int64
  package let after: Int64
  /// Of them, those the provider may have kept, before and after.
  package let keptBefore: Int64
  package let keptAfter: Int64
  /// What is spared; negative where it costs more, nil if a price is unknown.
  package let spared: Money?
  /// What of that the lost discount takes away.
  package let lostDiscount: Money?

  package init(_ made: CompressedContext, of messages: [ContextMessage], at model: ModelEntry) {
    let family = TokenFamily(model.tokenizer)
    let sizes = messages.map { message in Self.tokens(message.texts, family) }
    let left = made.messages.map { message in
      message.isDropped ? 0 : Self.tokens(message.texts.map(\.text), family)
    }
    let users = messages.indices.filter { messages[$0].role == .user }
    let sent = users.dropLast().last.map { $0 + 1 } ?? 0
    let changed =
      zip(messages, made.messages).enumerated().first { _, pair in
        pair.1.isDropped || pair.0.texts != pair.1.texts.map(\.text)
      }?.offset ?? messages.count
    before = sizes.reduce(0, +)
    after = left.reduce(0, +)
    let hasDiscount = model.prices.cachedInput != nil
    keptBefore = hasDiscount ? sizes.prefix(sent).reduce(0, +) : 0
    keptAfter = hasDiscount ? sizes.prefix(min(sent, changed)).reduce(0, +) : 0
    let tariff = Tariff(model.prices)
    func cost(_ tokens: Int64, _ kept: Int64) -> Money? {
      tariff.cost(of: Usage(input: tokens, cachedInput: kept, output: 0))
    }
    guard let asItCame = cost(before, keptBefore), let compressed = cost(after, keptAfter) else {
      spared = nil
      lostDiscount = nil
      return
    }
    let difference = asItCame.nanos.subtractingReportingOverflow(compressed.nanos)
    spared = difference.overflow ? nil : Money(nanos: difference.partialValue)
    let unkept = cost(before, keptAfter)
    lostDiscount = unkept.map { Money(nanos: max(0, $0.nanos - asItCame.nanos)) }
  }

  private static func tokens(_ texts: [String], _ family: TokenFamily) -> Int64 {
    texts.reduce(0) { $0 + TokenEstimate(text: Array($1.utf8).span, family: family).expected }
  }
}
