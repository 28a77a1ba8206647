import PolicySemantics
import PolicySyntax

/// A word of the language that is compared or set: its type and unit, and what it is.
struct FieldWord: Sendable {
  let word: String
  let type: FieldType
  /// One or two sentences.
  let documentation: String
  /// What is inserted for it where the word alone is no use; a snippet.
  let usage: String?

  init(_ word: String, _ type: FieldType, _ documentation: String, usage: String? = nil) {
    self.word = word
    self.type = type
    self.documentation = documentation
    self.usage = usage
  }
}

/// What a field can be held against.
enum FieldType: Hashable, Sendable {
  case flag
  case words([String])
  case count
  case counted(CountUnit)
  /// A length in any unit of text.
  case length
  /// A plain number within these limits.
  case number(String)
  case date
  case text
  /// A text compared as a whole.
  case name
  case language
  case task, route, model, refuser
  case tools
  case money, price
  /// A score in 0…1.
  case score
  /// A share of a budget, or an amount in its unit.
  case budget
  case ofCatalog(CatalogWord)

  enum CatalogWord: Hashable, Sendable { case provider, region, tag }

  /// With its unit, as a hover shows it.
  var words: String {
    switch self {
    case .flag: "yes or no"
    case .words(let words): words.joined(separator: " | ")
    case .count: "a count"
    case .counted(let unit): "a count of \(unit.rawValue)"
    case .length: "a length in `tokens`, `chars`, `bytes` or `lines`"
    case .number(let limits): limits
    case .date: "a date, such as `2027-01-31`"
    case .text: "a text"
    case .name: "a text in quotes, compared as a whole"
    case .language: "a two-letter code such as `de`, or `unknown`"
    case .task: "a task"
    case .route: "a route"
    case .model: "a model of the catalog"
    case .refuser: "a guard, a budget, a ladder, a fact or a route"
    case .tools: "a count, and `tools has \"name\"`"
    case .money: "money, such as `$0.05`"
    case .price: "a price, such as `$1 per 1M tokens`"
    case .score: "a score in 0…1, which needs a threshold"
    case .budget: "a share such as `80%`, or an amount in the budget's unit"
    case .ofCatalog(.provider): "a provider of the catalog"
    case .ofCatalog(.region): "a region of the catalog"
    case .ofCatalog(.tag): "a tag of the catalog"
    }
  }
}
