/// Something a text can have; every rule reads the text once and knows no language.
package enum TextFeatureKind: String, Hashable, Sendable, CaseIterable {
  /// A fenced block, a line no prose would hold (`#include <…>`, `def f(x):`, `SELECT … FROM`), or
  /// three lines that look like code (ending in `;`, `{` or `}`, an assignment, a call).
  case code
  /// A JSON object with at least one member, complete and valid, anywhere. Arrays count by the
  /// objects in them: `[1]` is more often a citation.
  case json
  /// A Markdown table (a row and its dashes), a drawn one, an HTML `<table`, or three lines in a
  /// row with the same number of tabs, or of at least two commas without a space after.
  case table
  /// `http`, `https`, `ftp`, `ws` or `wss` with `://` and a host, or `www.` and a domain.
  case url
  /// A decimal digit of any script that stands at the start of a word: `3 apples`, not `gpt4`.
  case numbers
  /// `name@domain.tld` with a top-level domain of at least two letters.
  case email
  /// `+` and 8 to 15 digits; or grouped digits as people write them: `(555) 123-4567`,
  /// `555-123-4567`, `030 901820`. Dates, addresses of the net and bare runs of digits are none.
  case phone
  /// 12 to 19 digits, bare or grouped as on a card, with an issuer's prefix and length and a right
  /// Luhn check digit.
  case card
  /// A key in the shape of a known issuer (`sk-…`, `AKIA…`, `ghp_…`, `xoxb-…`, a JWT, a private
  /// key's PEM header, …) or an assignment such as `api_key = "…"` whose value looks random.
  case secret
}

/// A set of features.
struct TextFeatures: OptionSet, Hashable, Sendable {
  let rawValue: UInt16

  init(rawValue: UInt16) { self.rawValue = rawValue }

  init(_ kind: TextFeatureKind) {
    self =
      switch kind {
      case .code: .code
      case .json: .json
      case .table: .table
      case .url: .url
      case .numbers: .numbers
      case .email: .email
      case .phone: .phone
      case .card: .card
      case .secret: .secret
      }
  }

  init(_ kinds: [TextFeatureKind]) {
    self = kinds.reduce(into: []) { $0.formUnion(TextFeatures($1)) }
  }

  static let code = TextFeatures(rawValue: 1)
  static let json = TextFeatures(rawValue: 2)
  static let table = TextFeatures(rawValue: 4)
  static let url = TextFeatures(rawValue: 8)
  static let numbers = TextFeatures(rawValue: 16)
  static let email = TextFeatures(rawValue: 32)
  static let phone = TextFeatures(rawValue: 64)
  static let card = TextFeatures(rawValue: 128)
  static let secret = TextFeatures(rawValue: 256)
  /// Those that are seen by looking at whole lines.
  static let ofLines: TextFeatures = [.code, .table]
}
