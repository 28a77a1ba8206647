import Foundation
import PolicyDiagnostics
import PolicyGraph
import PolicySemantics
import PolicySource
import PolicySyntax
import PolicyUnits
import RoutingCatalog
import RoutingRuntime

/// A policy compiled from text, with the catalog of `Corpus/catalog.yaml`.
struct TestPolicy {
  let decider: Decider

  struct Refused: Error, CustomStringConvertible {
    let description: String
  }

  static let corpus = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Corpus")

  /// `rung 1` and `catalog` are put in front.
  init(_ text: String, files: [String: String] = [:]) throws {
    let path = Self.corpus.appending(path: "catalog.yaml")
    let catalog = try String(contentsOf: path, encoding: .utf8)
    try self.init(
      "rung 1 catalog \"catalog.yaml\"\n" + text, catalog: catalog, files: files)
  }

  init(_ policy: String, catalog: String, files: [String: String] = [:]) throws {
    let read = CatalogReader.read(
      SourceFile(id: SourceID(1), path: "catalog.yaml", text: catalog))
    guard let vocabulary = read.value?.vocabulary, !read.diagnostics.hasErrors else {
      throw Refused(description: "\(read.diagnostics.map(\.message))")
    }
    let parsed = PolicyParser.parse(SourceFile(path: "policy.rung", text: policy))
    let named = files.map { ($0.key, PolicyTextFile(path: $0.key, text: $0.value)) }
    let checked = PolicyChecker.check(
      files: [parsed.value], vocabulary: vocabulary,
      files: Dictionary(named, uniquingKeysWith: { a, _ in a }))
    guard let sound = checked.value else {
      let all = parsed.diagnostics + checked.diagnostics
      throw Refused(description: "\(all.map(\.message))")
    }
    decider = Decider(try DecisionGraph(sound))
  }

  var policy: CheckedPolicy { decider.frozen.policy }

  /// One request from `key value` lines.
  func request(_ text: String) throws -> RequestInput {
    guard let date = CalendarDate(year: 2026, month: 11, day: 20) else {
      throw Refused(description: "date")
    }
    var input = RequestInput(moment: LocalMoment(date: date, weekday: .friday, hour: 12))
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1)
      try set(String(parts[0]), parts.count > 1 ? String(parts[1]) : "", &input)
    }
    return input
  }

  private func set(_ key: String, _ value: String, _ input: inout RequestInput) throws {
    switch key {
    case "system": input.messages.append(.init(role: .system, text: value))
    case "question": input.messages.append(.init(role: .user, text: value))
    case "context": input.messages.insert(.init(role: .user, text: value), at: 0)
    case "long": input.messages.append(.init(role: .user, text: Self.long(value)))
    case "model": input.model = value
    case "max_tokens": input.maxTokens = Int64(value)
    case "tools": input.toolNames = value.split(separator: " ").map(String.init)
    case "schema": input.schemaBytes = Int64(value) ?? 0
    case "images": input.imageCount = Int(value) ?? 0
    case "format": input.format = RequestFormat(rawValue: value) ?? .text
    case "user": input.user = value
    case "key": input.key = value
    case "conversation": input.conversation = value
    case "last":
      input.state.lastModel = policy.vocabulary.models.firstIndex {
        $0.name == value
      }.map(ModelID.init)
    case "used":
      let parts = value.split(separator: " ")
      guard let budget = policy.budgets.firstIndex(where: { $0.name == parts[0] }) else {
        throw Refused(description: line(key, value))
      }
      input.state.budgetUse[BudgetID(budget)] = Int64(parts[1])
    case "classified":
      let parts = value.split(separator: " ")
      guard let id = policy.classifiers.firstIndex(where: { $0.name == parts[0] }) else {
        throw Refused(description: line(key, value))
      }
      input.state.classifiers[ClassifierID(id)] = policy.classifiers[id].labels.firstIndex {
        $0 == parts[1]
      }
    case "fact":
      let parts = value.split(separator: " ")
      input.metadata[String(parts[0])] = .text(String(parts[1]))
    default: throw Refused(description: line(key, value))
    }
  }

  private func line(_ key: String, _ value: String) -> String { "\(key) \(value)" }

  private static func long(_ words: String) -> String {
    Array(repeating: "word", count: Int(words) ?? 0).joined(separator: " ")
  }
}
