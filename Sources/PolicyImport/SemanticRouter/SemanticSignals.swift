import PolicySyntax
import PolicyUnits

/// What rules of decisions may name, as conditions.
struct SemanticSignals {
  /// By kind and name: `keyword urgent`.
  var conditions: [String: ConditionDraft] = [:]
  /// Names of declared kinds for which there is no condition, and why.
  var refused: [String: String] = [:]
  /// Labels of the domain classifier by the router's names of categories.
  var domains: [String: String] = [:]
  /// The classifier of domains; nil where no model answers for it.
  var classifier: String?

  static func key(_ kind: String, _ name: String) -> String { "\(kind) \(name)" }
}

extension SemanticRouterReader {
  mutating func readSignals(_ fields: inout SourceFields, _ grouped: SourceNode?) {
    var inner = grouped.map { SourceFields($0) }
    let keywords = fields.take("keyword_rules") ?? inner?.take("keywords")
    for rule in keywords?.elements ?? [] { readKeywords(rule) }
    let contexts = fields.take("context_rules") ?? inner?.take("context")
    for rule in contexts?.elements ?? [] { readLength(rule) }
    let languages = fields.take("language_rules") ?? inner?.take("language")
    for rule in languages?.elements ?? [] { readLanguage(rule) }
    _ = inner?.take("domains")
    if let inner { leaveOut(inner) }
  }

  private mutating func readKeywords(_ rule: SourceNode) {
    guard let name = rule["name"]?.name else { return }
    let key = SemanticSignals.key("keyword", name)
    if let method = rule["method"]?.text, method != "regex" {
      return refuse(key, rule, "keywords are found as they stand, not by their likeness")
    }
    if rule["fuzzy_match"]?.bool == true {
      return refuse(key, rule, "keywords are found as they are spelt, not nearly so")
    }
    let words = (rule["keywords"]?.elements ?? []).compactMap(\.text)
      .filter { $0.contains { !$0.isWhitespace } }
    guard !words.isEmpty else { return refuse(key, rule, "it has no keywords") }
    let isExact = rule["case_sensitive"]?.bool == true
    let one: (String) -> ConditionDraft = { word in
      // A word with no letter at its edge has no edge of a word there.
      let isWord = [word.first, word.last].allSatisfy {
        $0.map { $0.isLetter || $0.isNumber } ?? false
      }
      if isExact, isWord {
        return .matches("question", pattern: "\\b\(PolicyText.escaped(word))\\b")
      }
      if isExact { return .contains("question", [word]) }
      if isWord { return .mentions("question", [word]) }
      return .matches("question", pattern: "(?i)\(PolicyText.escaped(word))")
    }
    let parts = words.map(one)
    switch rule["operator"]?.text?.uppercased() ?? "OR" {
    case "AND": signals.conditions[key] = .and(parts)
    case "NOR": signals.conditions[key] = .not(Self.anyOf(parts))
    case "OR": signals.conditions[key] = Self.anyOf(parts)
    default: return refuse(key, rule, "this importer does not know the operator")
    }
    findings.carriedOver()
  }

  /// Words that are looked for in the same way stand in one list.
  private static func anyOf(_ parts: [ConditionDraft]) -> ConditionDraft {
    var words: [String] = []
    var others: [ConditionDraft] = []
    for part in parts {
      if case .mentions(_, let list) = part { words += list } else { others.append(part) }
    }
    return .or((words.isEmpty ? [] : [.mentions("question", words)]) + others).simplified
  }

  private mutating func readLength(_ rule: SourceNode) {
    guard let name = rule["name"]?.name else { return }
    let key = SemanticSignals.key("context", name)
    let least = rule["min_tokens"].map(Self.tokens)
    let most = rule["max_tokens"].map(Self.tokens)
    guard least.map({ $0 != nil }) ?? true, most.map({ $0 != nil }) ?? true else {
      return refuse(key, rule, "its limits are no counts of tokens")
    }
    var parts: [ConditionDraft] = []
    if let least = least ?? nil, least > 0 {
      parts.append(.number("prompt.tokens", .greaterOrEqual, least))
    }
    if let most = most ?? nil { parts.append(.number("prompt.tokens", .lessOrEqual, most)) }
    signals.conditions[key] = .and(parts)
    findings.carriedOver()
  }

  /// `4K`, `1M`, `500`.
  private static func tokens(_ node: SourceNode) -> Int64? {
    guard let text = node.text, let last = text.last else { return nil }
    let scale: Int64? = ["k": 1000, "K": 1000, "m": 1_000_000, "M": 1_000_000][last]
    let digits = scale == nil ? text : String(text.dropLast())
    guard let count = Int64(digits), (0...1_000_000_000).contains(count) else { return nil }
    return count * (scale ?? 1)
  }

  private mutating func readLanguage(_ rule: SourceNode) {
    guard let name = rule["name"]?.name else { return }
    let key = SemanticSignals.key("language", name)
    let isCode = name.utf8.count == 2 && name.utf8.allSatisfy { (0x61...0x7A).contains($0) }
    guard isCode else { return refuse(key, rule, "languages are told by two letters, as `de`") }
    signals.conditions[key] = .label("language", [name])
    findings.carriedOver()
  }

  private mutating func refuse(_ key: String, _ node: SourceNode, _ why: String) {
    signals.refused[key] = why
    findings.leftOut(node, why, cure: "write the condition with the text tests of the language")
  }
}
