import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingBatches
import RoutingCatalog
import RoutingRuntime
import TokenEstimates

/// How many requests fit into one call: by what its model writes at most, and by its window.
enum BatchFit {
  /// What an answer is taken to need that nobody limited.
  static let ordinaryAnswer = Expectations.ordinaryOutput
  /// What is said around the questions.
  static let frame: Int64 = 256

  /// Indices of the offers, call by call, in their order.
  static func groups(_ offers: [BatchOffer], in catalog: Catalog) -> [[Int]] {
    guard let first = offers.first,
      catalog.vocabulary.models.indices.contains(first.order.model.index)
    else { return offers.indices.map { [$0] } }
    let model = catalog.vocabulary.models[first.order.model.index]
    var groups: [[Int]] = []
    var group: [Int] = []
    var read: Int64 = 0
    var written: Int64 = 0
    for (place, offer) in offers.enumerated() {
      let question = offer.questionTokens(model.tokenizer).high
      let answer = offer.wantedOutput + BatchComposer.answerFrame
      let alone = max(0, offer.plan.calls[offer.order.call].input.high - question) + frame
      let fits =
        written + answer <= model.maxOutput ?? .max
        && read + question + written + answer <= model.window ?? .max
      if !group.isEmpty, !fits {
        groups.append(group)
        group = []
      }
      if group.isEmpty { (read, written) = (alone, 0) }
      group.append(place)
      read += min(question, 1 << 40)
      written += min(answer, 1 << 40)
    }
    if !group.isEmpty { groups.append(group) }
    return groups
  }
}

extension BatchOffer {
  func questionTokens(_ tokenizer: TokenizerFamily) -> TokenEstimate {
    TokenEstimate(text: request.question.utf8.span, family: TokenFamily(tokenizer))
  }

  /// What there has to be room for: what it may write, where somebody said so, and an ordinary answer
  /// where only its model limits it.
  var wantedOutput: Int64 {
    let most = min(order.maxOutput ?? .max, 1 << 40)
    switch plan.calls[order.call].output.limitedBy {
    case .caller, .option, .money, .tokens, .role: return most
    case .nothing, .model, .window: return min(most, BatchFit.ordinaryAnswer)
    }
  }
}
