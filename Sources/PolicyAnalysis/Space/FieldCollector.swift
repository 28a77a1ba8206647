import PolicyGraph
import PolicySemantics
import PolicySource
import PolicySyntax

/// Gathers what the tests of policies read, and where they cut it.
struct FieldCollector {
  /// In the order they are first written, which is one of the orders tried.
  private(set) var fields: [AnalysisField] = []
  private var seen: Set<AnalysisField> = []
  /// Of number fields: each first number of a cell but the least.
  private(set) var cuts: [AnalysisField: Set<Int64>] = [:]
  private(set) var names: [AnalysisField: Set<ExactText>] = [:]
  /// Labels by name, in declared order; of two policies the union.
  private(set) var labels: [AnalysisField: [String]] = [:]
  /// The lists of each kind of text test on each part, as written.
  private(set) var lists: [TextListKey: Set<[ExactText]>] = [:]
  private(set) var listOrder: [TextListKey] = []

  struct TextListKey: Hashable {
    let part: TextPart
    let kind: Kind
    enum Kind: Hashable { case mentions, contains }
  }

  mutating func add(_ graph: DecisionGraph) {
    for atom in 0..<graph.atomCount {
      add(graph.test(of: AtomID(atom)), graph.policy)
    }
  }

  private mutating func note(_ field: AnalysisField) {
    if seen.insert(field).inserted { fields.append(field) }
  }

  mutating func add(_ test: RequestTest, _ policy: CheckedPolicy) {
    switch test {
    case .flag(let flag): note(AnalysisField(flag, policy))
    case .label(let field, _): add(field, policy)
    case .number(let field, let comparison, let number):
      guard let measured = NumberTest(field, comparison, number, policy) else { return }
      note(measured.field)
      cuts[measured.field, default: []].formUnion(measured.cuts)
    case .name(let field, let list):
      let field = AnalysisField(field, policy)
      note(field)
      names[field, default: []].formUnion(list.exact)
    case .text(let part, let text): add(PlainTextTest(text), part)
    case .offersTool(let tools): for tool in tools.exact { note(.tool(tool)) }
    }
  }

  private mutating func add(_ field: LabelField, _ policy: CheckedPolicy) {
    guard let (field, all) = AnalysisField.labels(field, policy) else { return }
    note(field)
    let known = Set(labels[field] ?? [])
    labels[field, default: []] += all.filter { !known.contains($0) }
  }

  private mutating func add(_ test: PlainTextTest, _ part: TextPart) {
    switch test {
    case .list(let kind, let words):
      let key = TextListKey(part: part, kind: kind)
      if lists[key] == nil { listOrder.append(key) }
      lists[key, default: []].insert(words)
    case .probe(let probe): note(.text(part, probe))
    case .any(let probes): for probe in probes { note(.text(part, probe)) }
    }
  }
}

extension AnalysisField {
  init(_ flag: Flag, _ policy: CheckedPolicy) {
    switch flag {
    case .stream: self = .stream
    case .fact(let id): self = .fact(policy[id].name)
    case .healthy(let model): self = .healthy(model: policy[model].name)
    }
  }

  init(_ field: NameField, _ policy: CheckedPolicy) {
    switch field {
    case .model: self = .model
    case .language: self = .language
    case .identity(let identity): self = .identity(identity)
    case .fact(let id): self = .fact(policy[id].name)
    }
  }

  /// A field with a closed list of values, and the list; nil for the task, which is its conditions.
  static func labels(
    _ field: LabelField, _ policy: CheckedPolicy
  ) -> (field: AnalysisField, all: [String])? {
    switch field {
    case .task: return nil
    case .format: return (.format, RequestFormat.allCases.map(\.rawValue))
    case .weekday: return (.weekday, Weekday.allCases.map(\.rawValue))
    case .classifier(let id):
      return (.classifier(policy[id].name), policy[id].labels)
    case .fact(let id):
      guard case .labels(let all) = policy[id].type else { return nil }
      return (.fact(policy[id].name), all)
    }
  }
}

/// A text test as the analysis knows it: regular expressions that are plain text are read as text.
enum PlainTextTest {
  case list(FieldCollector.TextListKey.Kind, [ExactText])
  case probe(TextProbe)
  case any([TextProbe])

  init(_ test: TextTest) {
    switch test {
    case .mentions(let words): self = .list(.mentions, words.exact)
    case .contains(let texts): self = .list(.contains, texts.exact)
    case .startsWith(let text): self = .probe(.startsWith(ExactText(text)))
    case .has(let features): self = .any(features.map(TextProbe.has))
    case .matches(let pattern):
      switch PlainPattern(pattern) {
      case .containing(let texts): self = .list(.contains, texts.exact)
      case .starting(let text): self = .probe(.startsWith(ExactText(text)))
      case nil: self = .probe(.matches(ExactText(pattern)))
      }
    }
  }
}

/// A regular expression that is a text, perhaps anchored at the start, or one of several texts.
enum PlainPattern: Hashable {
  case containing([String])
  case starting(String)

  /// Nil for what is more than that; then nothing is known of the pattern.
  ///
  /// O(scalars).
  init?(_ pattern: String) {
    // By scalar, as RE2 reads: an accent on an operator leaves it one.
    var rest = pattern.unicodeScalars[...]
    let isAnchored = rest.first == "^" || pattern.utf8.starts(with: "\\A".utf8)
    if isAnchored { rest = rest.dropFirst(rest.first == "^" ? 1 : 2) }
    let isGroup = !isAnchored && rest.first == "("
    if isGroup {
      // A group at the end of which the pattern ends: any other `)` is refused below.
      guard rest.last == ")" else { return nil }
      rest = rest.dropFirst(pattern.utf8.starts(with: "(?:".utf8) ? 3 : 1).dropLast()
    }
    var texts: [String] = []
    var text = String.UnicodeScalarView()
    while let scalar = rest.popFirst() {
      if scalar == "\\" {
        // An escaped mark is itself; an escaped letter or digit means something.
        guard let escaped = rest.popFirst(), Self.marks.contains(escaped) else { return nil }
        text.append(escaped)
      } else if scalar == "|", !isAnchored {
        guard !text.isEmpty else { return nil }
        texts.append(String(text))
        text = String.UnicodeScalarView()
      } else if Self.marks.contains(scalar), scalar != "-" && scalar != "/" {
        return nil
      } else {
        text.append(scalar)
      }
    }
    guard !text.isEmpty else { return nil }
    texts.append(String(text))
    self = isAnchored ? .starting(String(text)) : .containing(texts)
  }

  /// Operators of the syntax, and the marks a policy escapes for safety.
  private static let marks = Set("\\^$.[]|()?*+{}-/".unicodeScalars)
}
