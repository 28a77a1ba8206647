import PolicySemantics
import PolicyUnits

/// What a configuration says, in Rung's own terms: every format ends here, and one writer goes on.
struct RouterDraft {
  var providers: [ProviderDraft] = []
  var models: [CatalogEntryDraft] = []
  var embedders: [CatalogEntryDraft] = []
  var facts: [FactDraft] = []
  var budgets: [BudgetDraft] = []
  var classifiers: [ClassifierDraft] = []
  /// Tried in this order.
  var routes: [RouteDraft] = []
  /// For requests no route takes.
  var otherwise = RouteDraft.Action.refuse("")
  /// Where the file says it; nil if it does not.
  var otherwisePlace: SourcePlace?
  /// Effects of `otherwise`.
  var otherwiseEffects: [EffectDraft] = []

  /// A provider of the catalog.
  struct ProviderDraft: Hashable {
    let word: String
    let url: String
    let keyVariable: String?
    let wholeTimeout: Milliseconds?
    let usage: UsageWords
  }

  /// What its usage figures include, as a catalog writes it.
  struct UsageWords: Hashable {
    var cachedTokens: String?
    var reasoningTokens: String?
  }

  /// A model or an embedder of the catalog.
  struct CatalogEntryDraft {
    let word: String
    var deployments: [DeploymentDraft]
    var balance: String?
    var cooldown: (failures: Int64, pause: Milliseconds)?
    var facts: ModelFacts
  }

  struct DeploymentDraft: Hashable {
    let provider: String
    let upstream: String
    var region: String?
    var weight: Int64?
    var requestsPerMinute: Int64?
    var tokensPerMinute: Int64?
  }

  /// A fact of the callers' `metadata`.
  struct FactDraft {
    let name: String
    let type: FactType

    enum FactType {
      case text(byDefault: String)
      case count(byDefault: Int64)
    }
  }

  struct BudgetDraft {
    let name: String
    let amount: Money
    /// `hour`, `day`, `week` or `month`.
    let window: String
    let place: SourcePlace
  }

  /// A model is asked which label a request has.
  struct ClassifierDraft {
    let name: String
    let labels: [String]
    let model: String
    let question: String
    let onFailure: String
  }
}

/// Where in the configuration something stands.
struct SourcePlace: Hashable {
  let what: String
  let line: Int

  init(_ what: String, _ line: Int) {
    self.what = what
    self.line = line
  }

  init(_ node: SourceNode) { self.init(node.path, node.line) }
}

/// What is known of a model, wherever it was said.
struct ModelFacts: Hashable {
  var window: Int64?
  var maxOutput: Int64?
  var capabilities: [Capability]?
  var tokenizer: TokenizerFamily?
  var prices = ModelPrices()
  /// Where the prices were read; nil where there are none.
  var source: String?
  var date: CalendarDate?
  var dimensions: Int64?

  /// Whether a budget can be held over it.
  var isPriced: Bool { prices.input != nil && prices.output != nil }

  /// The same of an embedder, which writes nothing; a price of zero is known once it was confirmed.
  var isPricedToRead: Bool { (prices.input?.picosPerToken ?? 0) > 0 }
}

/// A route, or `otherwise`.
struct RouteDraft {
  var name: String
  /// What stood there, in a few words of ours.
  var documentation: String?
  var condition: ConditionDraft
  var effects: [EffectDraft] = []
  var action: Action
  let place: SourcePlace

  enum Action {
    case plan(PlanDraft)
    case refuse(String)
  }
}

enum EffectDraft: Hashable {
  case cacheExact(Milliseconds)
  case cacheSimilar(Score, encoder: String, Milliseconds)
  /// The caller wins.
  case standard(parameter: String, value: String)
  /// The configuration wins.
  case fixed(parameter: String, value: String)
  /// Stands before the caller's system text.
  case prependSystem(String)
  case replaceSystem(String)
}

/// Who is asked, and who next.
struct PlanDraft {
  /// More than one are a split.
  var arms: [Arm]

  struct Arm {
    /// Its part of the requests: parts of the sum of all arms; from 1.
    var weight: Int64
    /// The first is asked, the others follow failures.
    ///
    /// Not empty.
    var steps: [Step]
    /// Parameters of its calls, where other arms have others.
    var shapes: [EffectDraft] = []
  }

  struct Step: Hashable {
    var model: String
    var options = Options()
    /// The failures it follows; of the first step nothing.
    var follows: Set<Failure> = Failure.ordinary
    /// What the configuration sets for this call.
    var parameters: [ParameterDraft] = []
  }

  struct Options: Hashable {
    var attempts: Int64?
    var timeout: Milliseconds?
    var maxOutput: Int64?
    var effort: String?
  }

  enum Failure: String, Hashable, CaseIterable {
    case unavailable, limited, tooLong = "too_long", filtered

    /// What a bare `fallback` follows.
    static let ordinary: Set<Failure> = [.unavailable, .limited, .tooLong]
    static let every = Set(Failure.allCases)
  }
}
