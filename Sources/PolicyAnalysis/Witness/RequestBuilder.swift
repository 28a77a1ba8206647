import PolicyGraph
import PolicySemantics
import PolicySource
import PolicyUnits

/// Builds a concrete request from an assignment of cells.
///
/// What is built is not to be believed: it is read again by ``RequestReader`` before anyone sees it.
/// Fields without a cell are as in a plain request.
package final class RequestBuilder {
  let space: FieldSpace
  let graphs: [DecisionGraph]
  let texts: TextComposer
  /// Names no test of the policies mentions, by field.
  private var otherNames: [Int: String] = [:]

  /// Whether filling up texts has taken so long that only easy ones should be tried.
  var isTired: Bool { texts.effort.isTired }

  /// What stood in the way of a request.
  package struct Failure: Error, Hashable, Sendable {
    /// The levels whose cells could not be met together.
    package let levels: [Int]
  }

  init(_ space: FieldSpace, _ graphs: [DecisionGraph], _ probes: TextProbes) {
    self.space = space
    self.graphs = graphs
    texts = TextComposer(space, graphs, probes)
  }

  /// A request whose cells should be the model's.
  ///
  /// `variation` picks among words, samples of patterns and filler texts: 0 are the plainest.
  /// O(bytes of the texts + tests), a few times over.
  package func request(
    of model: DiagramModel, variation: Int = 0
  ) throws(Failure) -> RequestDraft {
    var draft = RequestDraft()
    for level in space.variables.indices {
      guard let cell = model[level] else { continue }
      let variable = space.variables[level]
      guard variable.cells.indices.contains(cell) else { continue }
      try set(level, variable.cells[cell], &draft)
    }
    try setMoment(of: &draft, model)
    setFacts(of: &draft, model)
    try setTools(of: &draft, model)
    draft.messages = try texts.messages(of: model, variation: variation)
    return draft
  }

  /// What a request may hold of what is counted; more is no request anyone sends.
  static let mostItems: Int64 = 20_000

  private func set(
    _ level: Int, _ cell: FieldCell, _ draft: inout RequestDraft
  ) throws(Failure) {
    let field = space.variables[level].field
    switch field {
    case .stream: draft.stream = cell == .yes
    case .healthy(let model): if cell == .no { draft.unhealthy.append(model) }
    case .format:
      if case .label(let label) = cell { draft.format = RequestFormat(rawValue: label) ?? .text }
    case .maxTokens:
      if let number = cell.number(nearest: .max), number < .max { draft.maxTokens = number }
    case .temperature:
      if let number = cell.number(nearest: 1_000_000), number != 1_000_000 {
        draft.temperature = number
      }
    case .images:
      let count = cell.number(nearest: 0) ?? 0
      guard count <= Self.mostItems else { throw Failure(levels: [level]) }
      draft.imageCount = Int(clamping: count)
    case .budgetUsed(let budget):
      if let used = cell.number(nearest: 0), used > 0 { draft.budgets[budget] = used }
    case .model:
      // A name nobody mentions; where `auto` is mentioned, it is not that.
      switch cell {
      // A request that names no model asks for `auto`.
      case .name(let name): draft.model = name.text == "auto" ? nil : name.text
      case .otherName: draft.model = isMentioned("auto", level) ? otherName(level) : nil
      case .no, .yes, .range, .label, .absent: break
      }
    case .identity(let identity):
      switch cell {
      case .name(let name): draft.identities[identity] = name.text
      case .otherName: draft.identities[identity] = otherName(level)
      case .no, .yes, .range, .label, .absent: break
      }
    case .fact(let name): draft.facts[name] = factValue(name, cell, level)
    case .classifier(let name):
      if case .label(let label) = cell { draft.classifiers[name] = label }
    // Set together with what they depend on.
    case .weekday, .hour, .date, .tool, .tools, .messages, .turn, .language, .chars, .tokens,
      .lines, .text:
      break
    }
  }

  // MARK: Names

  private func isMentioned(_ name: String, _ level: Int) -> Bool {
    space.variables[level].cells.contains(.name(ExactText(name)))
  }

  /// A name no test mentions, as a caller might have it.
  private func otherName(_ level: Int) -> String {
    if let known = otherNames[level] { return known }
    let candidates = Self.otherNames(for: space.variables[level].field)
    let numbered = (1...).lazy.map { "other-\($0)" }
    let name =
      candidates.first { !isMentioned($0, level) }
      ?? numbered.first { !self.isMentioned($0, level) } ?? "other"
    otherNames[level] = name
    return name
  }

  private static func otherNames(for field: AnalysisField) -> [String] {
    guard case .identity(let identity) = field else { return ["other", "another"] }
    return switch identity {
    case .tenant: ["acme", "globex"]
    case .user: ["sam", "kim"]
    case .key: ["key-1", "key-2"]
    case .conversation: ["c-1", "c-2"]
    }
  }

  // MARK: Facts

  private func factValue(_ name: String, _ cell: FieldCell, _ level: Int) -> RequestDraft.Value? {
    let byDefault = declarations(of: name).first.flatMap(Self.byDefault)
    switch cell {
    case .no: return .bool(false)
    case .yes: return .bool(true)
    case .label(let label): return .text(label)
    case .name(let text): return .text(text.text)
    case .otherName:
      if case .text(let text)? = byDefault, !isMentioned(text, level) { return byDefault }
      return .text(otherName(level))
    case .range:
      let usual: Int64 = if case .count(let count)? = byDefault { count } else { 0 }
      return cell.number(nearest: usual).map(RequestDraft.Value.count)
    case .absent: return nil
    }
  }

  /// Leaves out the facts that have their default anyway, and adds the required ones.
  ///
  /// A fact the model leaves out stays out, whatever the policies say to that.
  private func setFacts(of draft: inout RequestDraft, _ model: DiagramModel) {
    var seen: Set<String> = []
    for fact in graphs.flatMap(\.policy.facts) where seen.insert(fact.name).inserted {
      if cell(.fact(fact.name), model) == .absent { continue }
      let declared = declarations(of: fact.name)
      let defaults = declared.map(Self.byDefault)
      if let value = draft.facts[fact.name] {
        if defaults.allSatisfy({ $0 == value }) { draft.facts[fact.name] = nil }
      } else if defaults.contains(nil) || Set(defaults).count > 1 {
        let common = declared.compactMap(Self.byDefault).first
        draft.facts[fact.name] = common ?? Self.plain(of: declared)
      }
    }
  }

  private func declarations(of fact: String) -> [CheckedFact] {
    graphs.compactMap { graph in graph.policy.facts.first { $0.name == fact } }
  }

  private static func byDefault(of fact: CheckedFact) -> RequestDraft.Value? {
    switch fact.byDefault {
    case nil: return nil
    case .bool(let flag): return .bool(flag)
    case .count(let count): return .count(count)
    case .text(let text): return .text(text)
    case .label(let label):
      guard case .labels(let labels) = fact.type else { return nil }
      return .text(labels[label])
    }
  }

  /// A value of a required fact that every declaration of it takes.
  private static func plain(of declared: [CheckedFact]) -> RequestDraft.Value? {
    switch declared.first?.type {
    case nil: return nil
    case .bool: return .bool(false)
    case .count: return .count(0)
    case .text: return .text("other")
    case .labels(let labels):
      let common = labels.first { label in
        declared.allSatisfy { fact in
          guard case .labels(let others) = fact.type else { return false }
          return others.contains(label)
        }
      }
      return (common ?? labels.first).map(RequestDraft.Value.text)
    }
  }

  // MARK: Moment and tools

  private func setMoment(
    of draft: inout RequestDraft, _ model: DiagramModel
  ) throws(Failure) {
    let plain = RequestDraft.plainHour
    let (hours, dates) = (cell(.hour, model), cell(.date, model))
    let start = dates?.number(nearest: RequestDraft.plainDay) ?? RequestDraft.plainDay
    // The weeks after, then the weeks before.
    var days = (0..<28).map { start + Int64($0) } + (1..<28).map { start - Int64($0) }
    if let dates { days.removeAll { !dates.holds($0) } }
    if case .label(let label)? = cell(.weekday, model),
      let wanted = Weekday.allCases.firstIndex(where: { $0.rawValue == label })
    {
      days.removeAll { Weekday.index(ofDay: $0) != wanted }
    }
    let open = (0..<24).filter { hours?.holds(Int64($0)) ?? ($0 == plain) }
      .sorted { abs($0 - plain) < abs($1 - plain) }
    for day in days {
      guard let hour = open.first(where: { isShown($0, on: day) }) else { continue }
      draft.day = dates == nil && cell(.weekday, model) == nil ? nil : day
      draft.hour = hours == nil ? nil : hour
      return
    }
    let fields: [AnalysisField] = [.hour, .date, .weekday]
    throw Failure(levels: fields.filter { cell($0, model) != nil }.compactMap(space.level))
  }

  /// Whether the clocks of the policies show an hour.
  private func isShown(_ hour: Int, on day: Int64) -> Bool {
    guard let date = CalendarDate(daysSince1970: day) else { return false }
    return graphs.allSatisfy { $0.policy.shows(hour, on: date) }
  }

  private func setTools(of draft: inout RequestDraft, _ model: DiagramModel) throws(Failure) {
    var mentioned: Set<String> = []
    for level in space.variables.indices {
      guard case .tool(let name) = space.variables[level].field else { continue }
      mentioned.insert(name.text)
      if model[level] == 1 { draft.toolNames.append(name.text) }
    }
    guard let level = space.level(of: .tools), let cell = cell(.tools, model),
      let count = cell.number(nearest: Int64(draft.toolNames.count))
    else { return }
    guard count <= Self.mostItems else { throw Failure(levels: [level]) }
    var number = 1
    while draft.toolNames.count < count {
      let name = "tool_\(number)"
      number += 1
      if !mentioned.contains(name) { draft.toolNames.append(name) }
    }
  }

  private func cell(_ field: AnalysisField, _ model: DiagramModel) -> FieldCell? {
    space.cell(of: field, in: model)
  }
}

extension FieldSpace {
  /// The cell a model gives a field; nil where it gives none.
  func cell(of field: AnalysisField, in model: DiagramModel) -> FieldCell? {
    guard let level = level(of: field), let cell = model[level],
      variables[level].cells.indices.contains(cell)
    else { return nil }
    return variables[level].cells[cell]
  }
}

extension FieldCell {
  /// The number of a range that is nearest to one; nil for any other cell.
  func number(nearest number: Int64) -> Int64? {
    guard case .range(let range) = self else { return nil }
    return min(max(number, range.lowerBound), range.upperBound)
  }

  /// Whether a range has a number.
  func holds(_ number: Int64) -> Bool {
    guard case .range(let range) = self else { return false }
    return range.contains(number)
  }
}
