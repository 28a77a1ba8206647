package import PolicySemantics
package import PolicySource

/// Why a call of the plan will not be made.
package enum DropReason: Hashable, Sendable {
  /// The guard's line keeps none of the model's deployments.
  case keptOut(GuardID, Span)
  /// Not even the least estimate of the prompt fits.
  case windowTooSmall(least: Int64, window: Int64)
  /// `requested`, and the catalog has no model of this name.
  case notInCatalog(String)
  /// The request needs what the model cannot do.
  case lacks(Capability)
  /// Even with nothing spent the bound leaves fewer output tokens than `least`.
  case tooLittleLeft(MoneyBound, tokens: Int64, least: Int64)
  /// The limit leaves fewer output tokens than `least` after the prompt and its judges.
  case tooFewTokensLeft(TokenBound, tokens: Int64, least: Int64)
  /// A bound on money is meaningless over an unknown price.
  case unknownPrice(under: MoneyBound)
  /// Images without a tariff cannot be bounded.
  case unboundedImages(under: MoneyBound)
  /// Nothing bounds the tokens it uses: images without a tariff, an answer without a cap.
  case unboundedTokens(under: TokenBound)
  /// A judge of a tier that is itself dropped.
  case tierDropped
  /// It serves a line of the route that does not apply to this request.
  case lineDoesNotApply

  /// The failure a fallback sees when this step is skipped.
  package var failure: CallFailure {
    switch self {
    case .windowTooSmall: .tooLong
    case .keptOut, .notInCatalog, .lacks, .tooLittleLeft, .tooFewTokensLeft, .unknownPrice,
      .unboundedImages, .unboundedTokens, .tierDropped, .lineDoesNotApply:
      .unavailable
    }
  }

  /// Whether more money or more tokens would have kept it.
  package var isShortOfBudget: Bool {
    switch self {
    case .tooLittleLeft, .tooFewTokensLeft: true
    case .keptOut, .windowTooSmall, .notInCatalog, .lacks, .unknownPrice, .unboundedImages,
      .unboundedTokens, .tierDropped, .lineDoesNotApply:
      false
    }
  }

  /// Whether a guard lost it.
  package var isGuard: Bool {
    switch self {
    case .keptOut: true
    case .tooLittleLeft, .tooFewTokensLeft, .windowTooSmall, .notInCatalog, .lacks, .unknownPrice,
      .unboundedImages, .unboundedTokens, .tierDropped, .lineDoesNotApply:
      false
    }
  }
}
