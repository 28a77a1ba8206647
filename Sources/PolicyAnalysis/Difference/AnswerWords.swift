import PolicySemantics
import PolicySource
import PolicySyntax
import PolicyUnits
import RoutingRuntime

/// What is tested of an answer, written back in the policy's language.
///
/// Gates are spelled out, never named, so two gates that say the same read the same. The parts of
/// an `and` or `or` stand in one order whatever the policy's.
struct AnswerWords {
  let policy: CheckedPolicy

  /// What a gate asks, with every gate it reads spelled out.
  ///
  /// O(size of what it reads; gates cannot read themselves).
  func gate(_ id: GateID) -> String {
    let gate = policy[id]
    let body =
      switch gate.body {
      case .decides(let condition): words(condition)
      case .scores(let score): words(score)
      }
    return gate.acceptsOnFailure ? body + " on failure accept" : body
  }

  private func words(_ condition: AnswerCondition, isInside: Bool = false) -> String {
    switch condition {
    case .all(let parts, _): joined(parts, " and ", isInside)
    case .any(let parts, _): joined(parts, " or ", isInside)
    case .not(let part, _): "not " + words(part, isInside: true)
    case .gate(let id, _):
      switch policy[id].body {
      case .decides(let condition): words(condition, isInside: isInside)
      case .scores(let score): words(score)
      }
    case .test(let test, _): words(test)
    case .scored(let score, let comparison, let threshold, _):
      "\(words(score)) \(comparison.rawValue) \(Amounts.text(threshold))"
    }
  }

  private func joined(_ parts: [AnswerCondition], _ word: String, _ isInside: Bool) -> String {
    let written = Set(parts.map { words($0, isInside: true) }).sorted()
    let text = written.joined(separator: word)
    return isInside && written.count > 1 ? "(\(text))" : text
  }

  private func words(_ score: AnswerScore) -> String {
    switch score {
    case .judge(let model, let prompt): "judge(\(policy[model].name), \(prompt.asPolicyText))"
    case .agrees(let model): "agrees(\(policy[model].name))"
    case .similar(let file): "similar(\(self.file(file))\(encoder))"
    case .logprob(let percentile): "logprob(p\(percentile))"
    case .http(let url, let higher):
      "http(\(url.asPolicyText), \(higher ? "higher" : "lower")_is_better)"
    case .gate(let id):
      switch policy[id].body {
      case .decides(let condition): words(condition)
      case .scores(let score): words(score)
      }
    case .mix(let parts):
      "mix("
        + parts.map { "\(Amounts.text($0.share)) \(words($0.score))" }.sorted()
        .joined(separator: ", ") + ")"
    }
  }

  private func words(_ test: AnswerTest) -> String {
    switch test {
    case .refusal: "refusal"
    case .json: "json"
    case .sameLanguage: "same_language"
    case .citesContext: "cites_context"
    case .repeatsQuestion: "repeats_question"
    case .schema(let file): "schema(\(self.file(file)))"
    case .text(let test): "answer " + Self.words(test)
    case .length(let unit, let comparison, let count):
      "length \(comparison.rawValue) \(count) \(unit.rawValue)"
    case .finish(let reasons):
      reasons.count == 1
        ? "finish = \(reasons[0].rawValue)"
        : "finish in (\(reasons.map(\.rawValue).sorted().joined(separator: ", ")))"
    }
  }

  /// ` by minilm at local for $0.02`: what turns examples into vectors, if the catalog has it.
  var encoder: String {
    guard let id = policy.examplesEmbedder else { return "" }
    return " by \(CatalogContents(policy.vocabulary).content(id))"
  }

  /// Two files of one name are the same only if their texts are, wherever they stand.
  func file(_ path: String) -> String {
    guard let text = policy.files[path]?.text else { return path.asPolicyText }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return "\(name.asPolicyText) #\(StableHash.digest(of: text.utf8).short.prefix(8))"
  }

  func words(_ stop: StopCondition, isInside: Bool = false) -> String {
    func joined(_ parts: [StopCondition], _ word: String) -> String {
      let written = Set(parts.map { words($0, isInside: true) }).sorted()
      let text = written.joined(separator: word)
      return isInside && written.count > 1 ? "(\(text))" : text
    }
    return switch stop {
    case .all(let parts, _): joined(parts, " and ")
    case .any(let parts, _): joined(parts, " or ")
    case .not(let part, _): "not " + words(part, isInside: true)
    case .answer(let test, _): "answer " + Self.words(test)
    case .jsonComplete: "json_complete"
    case .repeating: "repeating"
    }
  }

  static func words(_ test: TextTest) -> String {
    switch test {
    case .mentions(let words): "mentions " + list(words.map(\.asPolicyText))
    case .contains(let texts): "contains " + list(texts.map(\.asPolicyText))
    case .startsWith(let text): "starts with " + text.asPolicyText
    case .matches(let pattern): "matches /\(pattern)/"
    case .has(let features): "has " + list(features.map(\.rawValue))
    }
  }

  static func list(_ items: [String]) -> String {
    items.count == 1 ? items[0] : "(\(items.joined(separator: ", ")))"
  }
}
