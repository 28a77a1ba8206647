/// Why an entry of a list does not become a model.
package enum ImportRefusal: Error, Hashable {
  case notAnObject
  /// The list says what kind of service this is, and it is none a policy can route to.
  case otherMode(String)
  case noMode
  case noProvider
  /// A name no catalog can hold: control characters, far too long, or like a secret.
  case badName
  /// In other code points the name of an earlier entry: `é` in one or in two.
  case sameName
  /// A line of a price table, not a model.
  case priceClass
  /// Prices that have to be there are not; `instead` are the keys that price it in another way.
  case unpriced(missing: [String], instead: [String])
  case wrongType(key: String, expected: String)
  case negative(key: String)
  /// Finer than a millionth of a millionth a token.
  case tooFine(key: String, written: String)
  case tooLarge(key: String)
  /// What a chat costs depends on these, and a catalog cannot say them.
  case billedApart([String])
  /// Keys about money that nobody here knows.
  case unknownPrices([String])
  /// Two keys for one price that differ.
  case conflict([String])
  /// A threshold with one of its prices missing.
  case incompleteStep(threshold: Int64, missing: String)
  /// Not offered where chat completions are.
  case otherEndpoint
  /// A price of an embedder that would have to be confirmed.
  case freeEmbedder

  /// Stable, in snake case: what summaries count by.
  package var code: String {
    switch self {
    case .notAnObject: "not_an_object"
    case .otherMode: "other_mode"
    case .noMode: "no_mode"
    case .noProvider: "no_provider"
    case .badName: "bad_name"
    case .sameName: "same_name"
    case .priceClass: "price_class"
    case .unpriced: "unpriced"
    case .wrongType: "wrong_type"
    case .negative: "negative"
    case .tooFine: "too_fine"
    case .tooLarge: "too_large"
    case .billedApart: "billed_apart"
    case .unknownPrices: "unknown_prices"
    case .conflict: "conflict"
    case .incompleteStep: "incomplete_step"
    case .otherEndpoint: "other_endpoint"
    case .freeEmbedder: "free_embedder"
    }
  }
}

/// What a catalog cannot say of a model it has, where no chat costs more for it.
package enum ImportNote: Hashable, Sendable {
  /// `images` is left out of its capabilities.
  case imagesApart([String])
  case audioApart([String])
  case videoApart([String])
  /// Its answers are text, so the price of other answers does not matter.
  case otherAnswers([String])
  /// For callers who ask for a faster or slower service.
  case serviceTiers([String])
  case search([String])
  case tools([String])
  case otherUnit([String])
  case uplift([String])
  /// The list's output cap was above the window and was cut to it.
  case outputCut(from: Int64, to: Int64)
  /// A limit of zero is none.
  case limitOfZero(String)
  case endsOn(String)
  /// Its provider's own name is no word of the policy language.
  case renamed

  /// The keys of prices that chats of some kinds are billed by; none where no bill is higher for it.
  package var keysOfBills: [String] {
    switch self {
    case .imagesApart(let keys), .audioApart(let keys), .videoApart(let keys),
      .serviceTiers(let keys), .search(let keys), .tools(let keys), .uplift(let keys):
      keys
    case .otherAnswers, .otherUnit, .outputCut, .limitOfZero, .endsOn, .renamed: []
    }
  }

  package var code: String {
    switch self {
    case .imagesApart: "images_billed_apart"
    case .audioApart: "audio_billed_apart"
    case .videoApart: "video_billed_apart"
    case .otherAnswers: "other_answers"
    case .serviceTiers: "service_tiers"
    case .search: "web_search"
    case .tools: "provider_tools"
    case .otherUnit: "other_unit"
    case .uplift: "regional_uplift"
    case .outputCut: "output_cut"
    case .limitOfZero: "limit_of_zero"
    case .endsOn: "deprecation"
    case .renamed: "renamed"
    }
  }
}
