import PolicySource
import PolicySyntax

/// Remembers what may stand once only, and where it stood first.
struct OnceOnly {
  private var places: [String: Span] = [:]

  /// Where the part stands, if it does.
  func place(of part: String) -> Span? { places[part] }

  /// The earlier place of the same part, if there is one.
  mutating func enter(_ part: String, at span: Span) -> Span? {
    if let first = places[part] { return first }
    places[part] = span
    return nil
  }
}

extension RouteLine {
  /// `use`, `split` or `refuse`; nil for an effect.
  var actionWord: String? {
    switch self {
    case .use: "use"
    case .split: "split"
    case .refuse: "refuse"
    case .cache, .shape, .compress, .batch, .stick, .stop, .shadow: nil
    }
  }

  var word: String {
    switch self {
    case .use: "use"
    case .split: "split"
    case .refuse: "refuse"
    case .cache: "cache"
    case .shape(let line): line.word
    case .compress: "compress"
    case .batch: "batch"
    case .stick: "stick"
    case .stop: "stop"
    case .shadow: "shadow"
    }
  }

  /// What a route has at most one of; nil where it may have several.
  var uniquePart: String? {
    switch self {
    case .use, .split, .refuse, .shadow: return nil
    case .cache(let line):
      if case .exact = line.kind { return "`cache exact`" }
      return "`cache similar`"
    case .shape(let line): return line.uniquePart
    case .compress: return "`compress`"
    case .batch: return "`batch`"
    case .stick: return "`stick`"
    case .stop: return "`stop`"
    }
  }

  var span: Span {
    switch self {
    case .use(let use): use.span
    case .refuse(_, let span), .compress(_, let span), .batch(_, _, let span),
      .stick(_, let span), .shadow(_, _, let span):
      span
    case .cache(let line): line.span
    case .shape(let line): line.span
    case .stop(let line): line.span
    case .split(let line): line.span
    }
  }
}

extension ShapeLine {
  var word: String {
    switch kind {
    case .set: "set"
    case .byDefault: "default"
    case .system(let edit, _): edit.rawValue
    }
  }

  /// A parameter is set once, the system text replaced once.
  var uniquePart: String? {
    switch kind {
    case .set(let name, _), .byDefault(let name, _): "parameter \(name.text.quoted)"
    case .system(.replace, _): "`replace system`"
    case .system(.prepend, _), .system(.append, _): nil
    }
  }
}
