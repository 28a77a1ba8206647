import PolicyDiagnostics
import PolicySource
import PolicySyntax
import TextPatterns

/// Tests of a text: of the request, of an answer, or of an answer as it runs.
extension Checker {
  mutating func checkText(_ term: Term) -> TextTest? {
    let subject = term.subject.text
    switch term.check {
    case nil:
      add(
        TypeProblem.missingComparison(subject, example: "\(subject) mentions \"…\""),
        at: term.span)
      return nil
    case .text(.mentions, _, let list):
      // Canonical equivalents are one keyword, as they are one string.
      return readTexts(list, of: "\(subject) mentions", as: \.self) { .mentions([$0]) }
        .map { .mentions($0) }
    case .text(.contains, _, let list):
      return readTexts(list, of: "\(subject) contains", as: ExactText.init) { .contains([$0]) }
        .map { .contains($0.texts) }
    case .text(.has, _, let list):
      return readFeatures(list, of: "\(subject) has").map { .has($0) }
    case .startsWith(let text, _):
      guard nonEmpty(text, "the text to start with"),
        isSound(text.value, as: { .startsWith($0) }, at: text.span)
      else { return nil }
      return .startsWith(text.value)
    case .matches(let regex, _):
      return isSound(regex) ? .matches(regex.pattern) : nil
    case .some(let check):
      refuse(
        check, of: subject,
        allowed: "`mentions`, `contains`, `has`, `starts with` and `matches`")
      return nil
    }
  }

  private mutating func readTexts<Item: Hashable & Comparable>(
    _ list: ValueList, of subject: String, as item: (String) -> Item,
    _ pattern: (String) -> TextPattern
  ) -> [Item]? {
    guard !list.values.isEmpty else {
      add(ValueProblem.emptyText("the list"), at: list.span)
      return nil
    }
    return readList(list.values) { checker, value -> Item? in
      guard let text = checker.readString(value, of: subject),
        checker.isSound(text, as: pattern, at: value.span)
      else { return nil }
      return item(text)
    }?.sorted()
  }

  private mutating func readFeatures(_ list: ValueList, of subject: String) -> [TextFeature]? {
    guard !list.values.isEmpty else {
      add(ValueProblem.emptyText("the list"), at: list.span)
      return nil
    }
    let features = readList(list.values) { checker, value -> TextFeature? in
      let word = checker.readWord(value, of: subject, expected: "a word such as `code`")
      return word.flatMap { checker.choose($0, for: subject, among: TextFeature.self) }
    }
    return features.map { found in TextFeature.allCases.filter(found.contains) }
  }
}
