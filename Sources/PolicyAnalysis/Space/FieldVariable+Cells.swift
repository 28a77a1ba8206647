import PolicyGraph
import PolicySemantics
import PolicySource

extension CheckedFact {
  /// What a request that leaves it out has, by name rather than by index; nil if it is required.
  var defaultCell: FieldCell? {
    switch (byDefault, type) {
    case (.bool(let flag), _): flag ? .yes : .no
    case (.count(let count), _): .range(count...count)
    case (.text(let text), _): .name(ExactText(text))
    case (.label(let label), .labels(let labels)): .label(labels[label])
    case (.label, _), (nil, _): nil
    }
  }
}

extension FieldVariable {
  /// Cuts a field's values into cells.
  init(_ field: AnalysisField, _ collector: FieldCollector, _ graphs: [DecisionGraph]) {
    let cells: [FieldCell]
    switch field {
    case .stream, .healthy, .tool, .text:
      cells = [.no, .yes]
    case .format, .weekday, .classifier:
      cells = (collector.labels[field] ?? []).map(FieldCell.label)
    case .model, .language:
      cells = Self.names(collector.names[field]) + [.otherName]
    case .identity:
      cells = Self.names(collector.names[field]) + [.otherName, .absent]
    case .hour, .date, .maxTokens, .temperature, .tools, .images, .messages, .turn, .chars,
      .tokens, .lines, .budgetUsed:
      cells = Self.ranges(collector.cuts[field], field)
    case .fact(let name):
      let given: [FieldCell]
      if let labels = collector.labels[field] {
        given = labels.map(FieldCell.label)
      } else if let names = collector.names[field] {
        given = Self.names(names) + [.otherName]
      } else if let cuts = collector.cuts[field] {
        given = Self.ranges(cuts, field)
      } else {
        given = [.no, .yes]
      }
      cells = Self.omissionMatters(name, graphs) ? given + [.absent] : given
    }
    self.field = field
    self.cells = cells
    plain = Self.plain(field, cells, graphs)
  }

  /// Whether a request that leaves a fact out may be read in two ways: the policies that are compared
  /// fill it with different values, or one of them demands it.
  static func omissionMatters(_ name: String, _ graphs: [DecisionGraph]) -> Bool {
    let declared = graphs.compactMap { graph in graph.policy.facts.first { $0.name == name } }
    guard graphs.count > 1, let first = declared.first else { return false }
    guard declared.count == graphs.count else { return declared.contains { $0.byDefault == nil } }
    return declared.contains { $0.defaultCell != first.defaultCell }
  }

  /// The cells of these ranges of numbers; the ranges are made of the same cuts as the cells.
  func cells(in ranges: [ClosedRange<Int64>]) -> [Range<Int>] {
    Self.runs(
      cells.indices.filter { index in
        guard case .range(let cell) = cells[index] else { return false }
        return ranges.contains { $0.contains(cell.lowerBound) }
      })
  }

  /// The cells that are one of `wanted`.
  func cells(oneOf wanted: Set<FieldCell>) -> [Range<Int>] {
    Self.runs(cells.indices.filter { wanted.contains(cells[$0]) })
  }

  /// Neighbours joined.
  static func runs(_ indices: [Int]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for index in indices {
      if let last = runs.last, last.upperBound == index {
        runs[runs.count - 1] = last.lowerBound..<(index + 1)
      } else {
        runs.append(index..<(index + 1))
      }
    }
    return runs
  }

  private static func names(_ names: Set<ExactText>?) -> [FieldCell] {
    (names ?? []).sorted().map(FieldCell.name)
  }

  private static func ranges(_ cuts: Set<Int64>?, _ field: AnalysisField) -> [FieldCell] {
    let domain = field.numbers
    var cells: [FieldCell] = []
    var start = domain.lowerBound
    for cut in (cuts ?? []).sorted() where domain.contains(cut) && cut > start {
      cells.append(.range(start...(cut - 1)))
      start = cut
    }
    return cells + [.range(start...domain.upperBound)]
  }

  /// The cell of a plain request.
  private static func plain(
    _ field: AnalysisField, _ cells: [FieldCell], _ graphs: [DecisionGraph]
  ) -> Int {
    func index(of number: Int64) -> Int {
      cells.firstIndex { cell in
        guard case .range(let range) = cell else { return false }
        return range.contains(number)
      } ?? 0
    }
    switch field {
    case .stream, .tool, .text, .format: return 0
    // The plain day is a Thursday.
    case .weekday: return Weekday.index(ofDay: Self.plainDay)
    case .healthy: return 1
    case .model:
      return cells.firstIndex(of: .name(ExactText("auto"))) ?? cells.firstIndex(of: .otherName) ?? 0
    case .language: return cells.firstIndex(of: .otherName) ?? 0
    case .identity: return cells.firstIndex(of: .absent) ?? 0
    case .hour: return index(of: 12)
    case .date: return index(of: Self.plainDay)
    case .maxTokens: return index(of: .max)
    case .temperature: return index(of: 1_000_000)
    case .messages, .turn: return index(of: 1)
    case .tools, .images, .budgetUsed: return index(of: 0)
    case .chars, .tokens: return index(of: 20)
    case .lines: return index(of: 1)
    case .classifier(let name):
      let policy = graphs[0].policy
      guard let classifier = policy.classifiers.first(where: { $0.name == name }) else { return 0 }
      return cells.firstIndex(of: .label(classifier.labels[classifier.onFailure])) ?? 0
    case .fact(let name):
      let policy = graphs[0].policy
      guard let fact = policy.facts.first(where: { $0.name == name }) else { return 0 }
      switch (fact.byDefault, fact.type) {
      case (.bool(let flag), _): return flag ? 1 : 0
      case (.count(let count), _): return index(of: count)
      case (.label(let label), .labels(let labels)):
        return cells.firstIndex(of: .label(labels[label])) ?? 0
      case (.text(let text), _):
        return cells.firstIndex(of: .name(ExactText(text))) ?? cells.firstIndex(of: .otherName) ?? 0
      case (.label, _), (nil, _): return 0
      }
    }
  }

  /// 2026-01-01.
  private static let plainDay: Int64 = 20_454
}
