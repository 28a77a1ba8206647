package import PolicySemantics
import PolicyUnits

/// What a public price list becomes: for each of its models an outcome, in the list's order.
///
/// Nothing is lost on the way: an entry is imported, set aside until somebody confirms its price, or
/// refused with a reason, and whatever a catalog cannot say of an imported one is a note.
package struct CatalogDraft: Sendable {
  /// Of what was selected, in the order of the list.
  package let entries: [ImportedEntry]
  /// Entries of the list, whether selected or not.
  package let total: Int
  /// Entries that describe the list's own form.
  package let samples: [String]
  /// Keys of imported models that a catalog has no use for, and how often they stood there.
  package let unread: [(key: String, count: Int)]

  package init(
    entries: [ImportedEntry], total: Int, samples: [String], unread: [(key: String, count: Int)]
  ) {
    self.entries = entries
    self.total = total
    self.samples = samples
    self.unread = unread
  }
}

/// One entry of a list and what became of it.
package struct ImportedEntry: Sendable {
  /// As the list names it.
  package let name: String
  /// As the list says it; nil if it does not.
  package let mode: String?
  package let provider: String?
  package let outcome: Outcome

  package enum Outcome: Sendable {
    case imported(DraftModel)
    /// Written into the catalog, unusable until somebody writes `confirm`.
    case setAside(DraftModel, [SetAsideModel.Doubt])
    case refused(ImportRefusal)
  }

  package var model: DraftModel? {
    switch outcome {
    case .imported(let model), .setAside(let model, _): model
    case .refused: nil
    }
  }

  package var refusal: ImportRefusal? {
    if case .refused(let refusal) = outcome { refusal } else { nil }
  }

  package var doubts: [SetAsideModel.Doubt] {
    if case .setAside(_, let doubts) = outcome { doubts } else { [] }
  }
}

/// A model or an embedder as the catalog will say it.
package struct DraftModel: Sendable {
  package enum Kind: Sendable {
    case chat
    /// With the length of its vectors, where the list says it.
    case embedder(dimensions: Int64?)
  }

  package var kind: Kind
  /// A word of the policy language, used once in the list.
  package var word: String
  /// The list's name of the provider.
  package var provider: String
  /// What the provider calls the model.
  package var upstream: String
  package var window: Int64?
  package var maxOutput: Int64?
  package var capabilities: [Capability] = []
  package var tokenizer: TokenizerFamily?
  package var requestsPerMinute: Int64?
  package var tokensPerMinute: Int64?
  package var prices: ModelPrices
  /// Where the list says the prices were read.
  package var source: String?
  package var notes: [ImportNote] = []

  package var isEmbedder: Bool {
    switch kind {
    case .chat: false
    case .embedder: true
    }
  }
}

/// Which entries of a list are wanted.
package struct ImportSelection: Sendable {
  /// Names with `*` for any text and `?` for one character; empty means all.
  package var patterns: [NamePattern]
  /// Providers as the list names them; empty means all.
  package var providers: Set<String>

  package init(patterns: [NamePattern] = [], providers: Set<String> = []) {
    self.patterns = patterns
    self.providers = providers
  }

  func takes(_ name: String, provider: String?) -> Bool {
    guard providers.isEmpty || provider.map(providers.contains) ?? false else { return false }
    return patterns.isEmpty || patterns.contains { $0.matches(name) }
  }
}
