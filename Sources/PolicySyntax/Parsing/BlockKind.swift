/// What stands between two braces: which tokens start an item, for reading and for recovery.
struct BlockKind {
  let thing: String
  let keywords: [Keyword]
  /// Whether an item starts with a keyword; the others start as their grammar says.
  let starter: Starter

  /// Whether what follows the keywords of neighbouring lines aligns.
  var alignsKeywords = true

  enum Starter {
    case keyword, number, share
    /// A word with a comparison or a colon behind it.
    case labelled
  }

  static let routeLines = Self(
    thing: "route line",
    keywords: [
      .use, .refuse, .cache, .set, .default, .prepend, .append, .replace, .compress, .batch, .stick,
      .stop, .shadow, .split,
    ], starter: .keyword)
  static let armLines = Self(
    thing: "line of an arm", keywords: [.use, .set, .default, .prepend, .append, .replace],
    starter: .keyword)
  static let guardLines = Self(
    thing: "guard line", keywords: [.only, .drop, .refuse], starter: .keyword,
    alignsKeywords: false)
  static let ladderLines = Self(
    thing: "ladder line", keywords: [.tier, .on], starter: .keyword, alignsKeywords: false)
  static let classifierLines = Self(
    thing: "classifier line", keywords: [.reads, .ask, .nearest, .http, .timeout, .on],
    starter: .keyword)
  static let compressLines = Self(
    thing: "compress line", keywords: [.target, .when, .to, .with], starter: .keyword)
  static let testLines = Self(
    thing: "test line", keywords: [.request, .given, .expect], starter: .keyword)
  /// Never read as a block: a `fallback` may stand on a line of its own.
  static let fallbackLines = Self(thing: "fallback", keywords: [.fallback], starter: .keyword)
  static let facts = Self(thing: "fact", keywords: [], starter: .labelled)
  static let entries = Self(thing: "entry", keywords: [], starter: .labelled)
  static let points = Self(thing: "line of points", keywords: [], starter: .number)
  static let arms = Self(thing: "arm", keywords: [], starter: .share)
}
