package import PolicyGraph
import PolicySemantics
import PolicySource
import PolicyUnits
package import TextPatterns

/// Reads which cell of every variable a concrete request is in, as the evaluator would read it.
///
/// This ties the diagrams to the evaluator: a request is in a region if, and only if, its cells are.
package final class RequestReader {
  private let space: FieldSpace
  private let graph: DecisionGraph
  private let probes: TextProbes
  private let finders: [CellFinder]
  /// What the policy declares under the names of the space; nil for what only the other one has.
  private let facts: [String: FactID]
  private let classifiers: [String: ClassifierID]
  private let budgets: [String: BudgetID]
  private let models: [String: ModelID]

  /// Why a request has no cells.
  package enum Failure: Error, Hashable, Sendable {
    /// The policy refuses the request before any condition is looked at.
    case refused(FactProblem)
    case unreadable(ScanFailure)
  }

  package convenience init(_ space: FieldSpace, _ graph: DecisionGraph) {
    self.init(space, graph, TextProbes(space))
  }

  init(_ space: FieldSpace, _ graph: DecisionGraph, _ probes: TextProbes) {
    self.space = space
    self.graph = graph
    self.probes = probes
    finders = space.variables.map(CellFinder.init)
    let policy = graph.policy
    facts = Self.byName(policy.facts.map(\.name), FactID.init)
    classifiers = Self.byName(policy.classifiers.map(\.name), ClassifierID.init)
    budgets = Self.byName(policy.budgets.map(\.name), BudgetID.init)
    models = Self.byName(policy.vocabulary.models.map(\.name), ModelID.init)
  }

  private static func byName<ID>(_ names: [String], _ id: (Int) -> ID) -> [String: ID] {
    Dictionary(names.enumerated().map { ($1, id($0)) }) { first, _ in first }
  }

  /// What of a request is known, where a log tells of it.
  package struct KnownParts: Sendable {
    /// Its messages.
    package var texts: Bool
    /// Its tools, images and temperature.
    package var parameters: Bool
    /// Of the prompt, where they were counted and the texts are not known.
    package var promptTokens: Int64?

    package static let all = KnownParts(texts: true, parameters: true)

    package init(texts: Bool, parameters: Bool, promptTokens: Int64? = nil) {
      self.texts = texts
      self.parameters = parameters
      self.promptTokens = promptTokens
    }
  }

  /// The cell of each variable; -1 for what this policy does not declare, for a classifier whose
  /// answer the request does not come with, and for what is not known.
  ///
  /// O(bytes of the texts + variables).
  package func cells(
    of input: RequestInput, knowing known: KnownParts = .all
  ) throws(Failure) -> DiagramModel {
    let values = try values(of: input, knowing: known)
    return DiagramModel(
      cells: values.indices.map { level in
        values[level].flatMap { finders[level].cell(of: $0) }.map(Int32.init) ?? -1
      })
  }

  /// The value of each variable; nil where it has no cell.
  func values(
    of input: RequestInput, knowing known: KnownParts = .all
  ) throws(Failure) -> [FieldValue?] {
    let facts: RequestFacts
    do throws(FactProblem) {
      facts = try graph.facts(of: input)
    } catch {
      throw .refused(error)
    }
    var reading = Reading(input: input, facts: facts, texts: RequestTexts(input.messages))
    var values: [FieldValue?] = []
    values.reserveCapacity(space.variables.count)
    for level in space.variables.indices {
      guard space.variables[level].field.isKnown(of: known) else {
        values.append(value(of: level, counted: known))
        continue
      }
      do throws(ScanFailure) {
        values.append(try value(of: level, &reading))
      } catch {
        throw .unreadable(error)
      }
    }
    return values
  }

  /// A length that was counted, though the text is gone.
  private func value(of level: Int, counted known: KnownParts) -> FieldValue? {
    guard case .tokens(.prompt) = space.variables[level].field else { return nil }
    return known.promptTokens.map { .number($0) }
  }

  private struct Reading {
    let input: RequestInput
    let facts: RequestFacts
    var texts: RequestTexts
    var passed: [TextPart: Set<Int>] = [:]
  }

  private func value(
    of level: Int, _ reading: inout Reading
  ) throws(ScanFailure) -> FieldValue? {
    let input = reading.input
    switch space.variables[level].field {
    case .stream: return .flag(input.stream)
    case .healthy(let name):
      return models[name].map { .flag(!input.state.unhealthy.contains($0)) }
    case .format: return .label(input.format.rawValue)
    case .weekday: return .label(input.moment.weekday.rawValue)
    case .hour: return .number(Int64(input.moment.hour))
    case .date: return .number(input.moment.date.daysSince1970)
    case .maxTokens: return .number(input.maxTokens ?? .max)
    case .temperature: return .number(input.temperature ?? 1_000_000)
    case .tools: return .number(Int64(input.toolNames.count))
    case .images: return .number(Int64(input.imageCount))
    case .messages: return .number(Int64(input.messages.count))
    case .turn: return .number(Int64(input.messages.count { $0.role == .user }))
    case .budgetUsed(let name):
      return budgets[name].map { .number(max(0, input.state.budgetUse[$0] ?? 0)) }
    case .model: return .name(ExactText(input.model))
    case .identity(let identity):
      return reading.facts.identities[identity].map { .name(ExactText($0)) } ?? .absent
    case .tool(let name):
      return .flag(input.toolNames.contains { ExactText.areSame($0, name.text) })
    case .fact(let name):
      guard let id = facts[name] else { return nil }
      if space.variables[level].cells.contains(.absent), !isGiven(id, in: input) { return .absent }
      return value(of: id, reading.facts)
    case .classifier(let name):
      guard let id = classifiers[name], let label = reading.facts.label(of: id) else { return nil }
      return .label(graph.policy[id].labels[label])
    case .chars(let part):
      return .number(Int64(TextMeasure.scalars(of: reading.texts.bytes(of: part))))
    case .lines(let part):
      return .number(Int64(TextMeasure.lines(of: reading.texts.bytes(of: part))))
    case .tokens(let part): return .number(graph.tokens(of: reading.texts.bytes(of: part)))
    case .language:
      return .name(ExactText(TextLanguage.code(of: reading.texts.bytes(of: .question).span)))
    case .text(let part, _): return .flag(try passed(part, &reading).contains(level))
    }
  }

  private func isGiven(_ fact: FactID, in input: RequestInput) -> Bool {
    let declared = graph.policy[fact]
    return switch declared.origin {
    case .metadata: input.metadata[declared.name] != nil
    case .key: input.keyFacts[declared.name] != nil
    case .header(let header): input.headers[header] != nil
    }
  }

  private func value(of fact: FactID, _ facts: RequestFacts) -> FieldValue {
    switch facts.value(of: fact, in: graph) {
    case .bool(let flag): return .flag(flag)
    case .count(let count): return .number(count)
    case .text(let text): return .name(ExactText(text))
    case .label(let label):
      guard case .labels(let labels) = graph.policy[fact].type else { return .absent }
      return .label(labels[label])
    }
  }

  private func passed(
    _ part: TextPart, _ reading: inout Reading
  ) throws(ScanFailure) -> Set<Int> {
    if let known = reading.passed[part] { return known }
    let found = try probes.passed(by: reading.texts.bytes(of: part), as: part)
    reading.passed[part] = found
    return found
  }
}

/// The value a request has in a field.
enum FieldValue: Hashable {
  case flag(Bool)
  case number(Int64)
  case label(String)
  case name(ExactText)
  case absent
}

/// Finds the cell of a variable that a value falls into.
struct CellFinder {
  /// Of numbers: the first of each cell, ascending.
  private var starts: [Int64] = []
  private var labelled: [String: Int] = [:]
  private var named: [ExactText: Int] = [:]
  private let variable: FieldVariable

  init(_ variable: FieldVariable) {
    self.variable = variable
    for (index, cell) in variable.cells.enumerated() {
      switch cell {
      case .range(let range): starts.append(range.lowerBound)
      case .label(let label): labelled[label] = index
      case .name(let name): named[name] = index
      case .no, .yes, .otherName, .absent: continue
      }
    }
  }

  /// Nil where the variable has no such cell.
  func cell(of value: FieldValue) -> Int? {
    switch value {
    case .flag(let flag): return flag ? 1 : 0
    case .number(let number):
      var (low, high) = (0, starts.count)
      while low < high {
        let middle = (low + high) / 2
        if starts[middle] <= number { low = middle + 1 } else { high = middle }
      }
      return low > 0 ? low - 1 : (starts.isEmpty ? nil : 0)
    case .label(let label): return labelled[label]
    case .name(let name):
      return named[name] ?? variable.cells.firstIndex(of: .otherName)
    case .absent: return variable.cells.firstIndex(of: .absent)
    }
  }
}

extension AnalysisField {
  fileprivate func isKnown(of known: RequestReader.KnownParts) -> Bool {
    switch self {
    case .messages, .turn, .chars, .lines, .tokens, .language, .text: known.texts
    case .temperature, .tools, .tool, .images: known.parameters
    case .stream, .healthy, .format, .weekday, .hour, .date, .maxTokens, .budgetUsed, .model,
      .identity, .fact, .classifier:
      true
    }
  }
}
