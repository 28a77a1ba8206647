package import PolicyGraph
package import PolicySemantics
import PolicySource

/// The variables of one analysis: every field some test reads, cut into cells no test tells apart.
///
/// Two policies that are compared share one space.
package struct FieldSpace: Sendable {
  /// In the order of the diagrams' levels.
  package let variables: [FieldVariable]
  private let levels: [AnalysisField: Int]
  /// By part and kind, which class of words a word is in.
  private let classes: [FieldCollector.TextListKey: [ExactText: [ExactText]]]

  /// The order of the variables, which decides how large diagrams grow, never what they say.
  package enum Order: CaseIterable, Sendable {
    /// Names and labels first, then numbers, then texts: fields routes are told apart by.
    case structured
    /// As first written in the policy: tests that stand together stay together.
    case written
    /// The other way round.
    case reversed
  }

  /// Cuts every field that is read; `extra` are tests of the first policy's fields that cut them
  /// too, though no condition makes them.
  package init(
    _ graphs: [DecisionGraph], order: Order = .structured, reading extra: [RequestTest] = []
  ) {
    var collector = FieldCollector()
    for graph in graphs { collector.add(graph) }
    for test in extra { collector.add(test, graphs[0].policy) }
    let texts = TextClasses(collector.lists, order: collector.listOrder)
    classes = texts.classOfWord
    var fields = collector.fields + texts.fields
    switch order {
    case .structured:
      fields = fields.enumerated()
        .sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
        .map(\.element)
    case .written: break
    case .reversed: fields.reverse()
    }
    variables = fields.map { FieldVariable($0, collector, graphs) }
    levels = Dictionary(uniqueKeysWithValues: fields.enumerated().map { ($1, $0) })
  }

  package func level(of field: AnalysisField) -> Int? { levels[field] }

  /// The class a word of a policy's list is in.
  func textClass(
    of word: ExactText, _ part: TextPart, _ kind: FieldCollector.TextListKey.Kind
  ) -> AnalysisField? {
    let key = FieldCollector.TextListKey(part: part, kind: kind)
    guard let members = classes[key]?[word] else { return nil }
    switch kind {
    case .mentions: return .text(part, .mentions(members))
    case .contains: return .text(part, .contains(members))
    }
  }
}

/// Words that stand in the same lists everywhere in the policy are one variable: a list of five
/// hundred keywords that is used whole costs one, not five hundred.
private struct TextClasses {
  private(set) var fields: [AnalysisField] = []
  private(set) var classOfWord: [FieldCollector.TextListKey: [ExactText: [ExactText]]] = [:]

  init(
    _ lists: [FieldCollector.TextListKey: Set<[ExactText]>], order: [FieldCollector.TextListKey]
  ) {
    for key in order {
      let sorted = (lists[key] ?? []).sorted { $0.lexicographicallyPrecedes($1) }
      var signature: [ExactText: [Int]] = [:]
      for (index, list) in sorted.enumerated() {
        for word in list { signature[word, default: []].append(index) }
      }
      var members: [[Int]: [ExactText]] = [:]
      for (word, lists) in signature { members[lists, default: []].append(word) }
      for list in members.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
        let words = (members[list] ?? []).sorted()
        for word in words { classOfWord[key, default: [:]][word] = words }
        switch key.kind {
        case .mentions: fields.append(.text(key.part, .mentions(words)))
        case .contains: fields.append(.text(key.part, .contains(words)))
        }
      }
    }
  }
}

extension AnalysisField {
  /// What stands first in the structured order.
  fileprivate var rank: Int {
    switch self {
    case .identity, .model: 0
    case .fact, .classifier: 1
    case .stream, .format, .weekday, .hour, .date, .healthy, .language: 2
    case .maxTokens, .temperature, .tools, .images, .messages, .turn, .budgetUsed, .tool: 3
    case .chars, .tokens, .lines: 4
    case .text: 5
    }
  }
}
