extension ImportRefusal {
  /// The kind of refusal in one clause, the same for all models of its code.
  package var kindWords: String {
    switch self {
    case .notAnObject: "the entry is no object"
    case .otherMode: "no chat model and no embedder"
    case .noMode: "the list does not say what it is"
    case .noProvider: "the list does not say whose it is"
    case .badName: "a name no catalog can hold"
    case .sameName: "a name that reads as an earlier one's"
    case .priceClass: "a line of a price table, not a model"
    case .unpriced: "no price for input or output tokens"
    case .wrongType: "a value of the wrong type"
    case .negative: "a number below zero"
    case .tooFine: "a price too fine to be kept exactly"
    case .tooLarge: "a number too large to be kept"
    case .billedApart: "billed by something no catalog says"
    case .unknownPrices: "a price nobody here knows"
    case .conflict: "two prices for one thing"
    case .incompleteStep: "a long-context step without one of its prices"
    case .otherEndpoint: "not offered as chat completions"
    case .freeEmbedder: "an embedder priced zero or over 0.001 a token"
    }
  }

  /// Why this one is refused, in one clause.
  package var words: String {
    switch self {
    case .notAnObject, .noMode, .noProvider, .badName, .sameName, .priceClass, .otherEndpoint:
      kindWords
    case .otherMode(let mode): "its mode is `\(mode.shown)`"
    case .unpriced(let missing, let instead):
      "it has no \(missing.listed())"
        + (instead.isEmpty ? "" : "; it is priced by \(instead.listed())")
    case .wrongType(let key, let expected): "`\(key.shown)` is not \(expected)"
    case .negative(let key): "`\(key.shown)` is below zero"
    case .tooFine(let key, let written):
      "`\(key.shown)` is \(written.shown), finer than "
        + (CostKey(key)?.subject == .price(.perRequest)
          ? "a thousand-millionth per request" : "a millionth per million tokens")
    case .tooLarge(let key): "`\(key.shown)` is too large to be kept"
    case .billedApart(let keys): "its bill also depends on \(keys.listed())"
    case .unknownPrices(let keys): "nobody here knows \(keys.listed())"
    case .conflict(let keys): "\(keys.listed()) differ"
    case .incompleteStep(let threshold, let missing):
      "above \(threshold) tokens it has no \(missing) price"
    case .freeEmbedder: "\(kindWords): write it into the catalog by hand, with its `confirm`"
    }
  }
}

extension ImportNote {
  package var words: String {
    switch self {
    case .imagesApart(let keys):
      "images are billed by \(keys.listed()), so `images` is left out of its capabilities"
    case .audioApart(let keys): "audio in a prompt is billed by \(keys.listed())"
    case .videoApart(let keys): "video in a prompt is billed by \(keys.listed())"
    case .otherAnswers(let keys): "answers other than text are billed by \(keys.listed())"
    case .serviceTiers(let keys): "other service tiers are billed by \(keys.listed())"
    case .search(let keys): "web search is billed by \(keys.listed())"
    case .tools(let keys): "the provider's own tools are billed by \(keys.listed())"
    case .otherUnit(let keys): "\(keys.listed()) is the same price in another unit"
    case .uplift(let keys): "some regions and modes cost more, by \(keys.listed())"
    case .outputCut(let from, let to): "its output cap of \(from) is cut to its window of \(to)"
    case .limitOfZero(let key): "`\(key.shown)` is zero and was left out"
    case .endsOn(let date): "its provider ends it on \(date.shown)"
    case .renamed: "its own name is no word of the policy language and stands under `upstream`"
    }
  }
}

extension [String] {
  /// In backticks with commas, the rest past six counted.
  func listed() -> String {
    let words = prefix(6).map { "`\($0.shown)`" }
    guard let last = words.last else { return "none" }
    if count > 6 { return words.joined(separator: ", ") + " and \(count - 6) more" }
    return words.count == 1 ? last : words.dropLast().joined(separator: ", ") + " and " + last
  }
}

extension String {
  /// Safe in one line of a message: short, without control characters.
  package var shown: String { shown(upTo: 80) }

  func shown(upTo limit: Int) -> String {
    let line = String(
      String.UnicodeScalarView(
        unicodeScalars.prefix(limit).map { $0.properties.isShown ? $0 : "\u{FFFD}" }))
    return line.unicodeScalars.count < unicodeScalars.count ? line + "…" : line
  }
}

extension Unicode.Scalar.Properties {
  /// Neither a control nor a mark that changes how a line reads.
  fileprivate var isShown: Bool {
    switch generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned,
      .privateUse:
      false
    default: true
    }
  }
}
