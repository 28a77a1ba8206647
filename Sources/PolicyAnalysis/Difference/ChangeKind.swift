/// What kind of change a difference is: what `--fail-on` names.
package enum ChangeKind: String, Hashable, Sendable, CaseIterable, Comparable {
  /// Another route takes the request, whatever it does with it.
  case rerouted
  /// Refused now, or by another declaration, or with another message.
  case refused
  /// Served now.
  case served
  /// Another model answers first.
  case first
  /// Tiers, their options and bounds, or what their gates ask.
  case ladder
  case fallback
  case split
  /// The worst case costs more, or is no longer known.
  case dearer
  case cheaper
  /// Scope, lifetime or kind of a cache.
  case cache
  /// The text reaches other providers or regions, more or fewer.
  case place
  /// The text reaches a provider or region it did not reach.
  case wider
  case compression
  /// `set` and `default`.
  case parameters
  /// The system text.
  case system
  case tools
  case batch
  case stop
  case stick
  case shadow
  /// A budget or limit that binds.
  case budgets
  /// What the catalog asks for a model.
  case price
  /// What the catalog says a model can do.
  case models
  /// Where or how the catalog sends the calls; what is decided stays the same.
  case calls
  /// A fact is declared differently.
  case facts
  /// A classifier is declared differently, or asked about other requests.
  case classifiers
  /// The clock or the counting of tokens.
  case units
  /// Routes with another name that do the same.
  case renamed
  /// Something was not decided.
  case undecided

  package static func < (a: Self, b: Self) -> Bool {
    (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
  }

  init(_ aspect: Aspect) {
    self =
      switch aspect {
      case .refusal: .refused
      case .first: .first
      case .split: .split
      case .ladder, .gates: .ladder
      case .fallback: .fallback
      case .cache: .cache
      case .compression: .compression
      case .parameters: .parameters
      case .system: .system
      case .tools: .tools
      case .batch: .batch
      case .stop: .stop
      case .stick: .stick
      case .shadow: .shadow
      case .place: .place
      case .budgets: .budgets
      case .classifiers: .classifiers
      case .price: .price
      case .models: .models
      }
  }
}
