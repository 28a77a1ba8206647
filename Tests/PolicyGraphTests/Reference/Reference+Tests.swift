import PolicySemantics
import PolicySyntax
import PolicyUnits

@testable import PolicyGraph

extension Reference {
  func truth(_ test: RequestTest) -> ReferenceTruth {
    switch test {
    case .flag(.stream): ReferenceTruth(input.stream)
    case .flag(.fact(let id)): ReferenceTruth(facts[id.index] == .bool(true))
    case .flag(.healthy(let model)): ReferenceTruth(!input.state.unhealthy.contains(model))
    case .label(let field, let labels): truth(field, labels)
    case .number(.points(let id), let comparison, let number):
      points(pointsRange(policy[id]), comparison, number)
    case .number(let field, let comparison, let number):
      ReferenceTruth(holds(value(of: field), comparison, number))
    case .name(let field, let names):
      ReferenceTruth(name(of: field).map { name in names.contains { same($0, name) } } ?? false)
    case .text(let part, let test): ReferenceTruth(texts.holds(test, of: part))
    case .offersTool(let names):
      ReferenceTruth(input.toolNames.contains { tool in names.contains { same($0, tool) } })
    }
  }

  private func truth(_ field: LabelField, _ labels: [Int]) -> ReferenceTruth {
    switch field {
    case .task:
      let inside = possibleTasks().map { task in task.map { labels.contains($0) } ?? false }
      return !inside.contains(false) ? .yes : !inside.contains(true) ? .no : .unknown
    case .format:
      return ReferenceTruth(labels.contains { RequestFormat.allCases[$0] == input.format })
    case .weekday:
      return ReferenceTruth(labels.contains { Weekday.allCases[$0] == input.moment.weekday })
    case .fact(let id):
      return ReferenceTruth(labels.contains { facts[id.index] == .label($0) })
    case .classifier(let id):
      if let label = input.state.classifiers[id] {
        return ReferenceTruth(labels.contains(label))
      }
      return Set(labels) == Set(policy[id].labels.indices) ? .yes : .unknown
    }
  }

  /// A comparison of a sum that is only known to lie in a range: it is certain if it comes out the
  /// same at both ends and, for equality, nowhere differently between.
  private func points(
    _ range: ClosedRange<Int64>, _ comparison: Comparison, _ number: Int64
  ) -> ReferenceTruth {
    var outcomes: Set<Bool> = [
      holds(range.lowerBound, comparison, number), holds(range.upperBound, comparison, number),
    ]
    if range.contains(number), range.count > 1 {
      outcomes.insert(holds(number, comparison, number))
    }
    return outcomes.count > 1 ? .unknown : ReferenceTruth(outcomes.contains(true))
  }

  private func holds(_ value: Int64, _ comparison: Comparison, _ number: Int64) -> Bool {
    switch comparison {
    case .equal: value == number
    case .notEqual: value != number
    case .less: value < number
    case .lessOrEqual: value <= number
    case .greater: value > number
    case .greaterOrEqual: value >= number
    }
  }

  private func value(of field: NumberField) -> Int64 {
    switch field {
    case .maxTokens: input.maxTokens ?? Int64.max
    case .temperature: input.temperature ?? 1_000_000
    case .tools: Int64(input.toolNames.count)
    case .images: Int64(input.imageCount)
    case .messages: Int64(input.messages.count)
    case .turn: Int64(input.messages.filter { $0.role == .user }.count)
    case .chars(let part): texts.chars(of: part)
    case .tokens(let part): texts.tokens(of: part, as: policy.vocabulary.referenceTokenizer)
    case .lines(let part): texts.lines(of: part)
    case .hour: Int64(input.moment.hour)
    case .date: input.moment.date.daysSince1970
    case .points: 0
    case .fact(let id): count(facts[id.index])
    case .budgetUsed(let id): used(id)
    case .budgetLeft(let id): max(0, cap(id) - used(id))
    case .budgetUsedShare(let id): Int64(Int128(used(id)) * 1_000_000 / Int128(cap(id)))
    case .budgetLeftShare(let id):
      Int64(Int128(max(0, cap(id) - used(id))) * 1_000_000 / Int128(cap(id)))
    }
  }

  private func count(_ value: FactValue) -> Int64 {
    if case .count(let count) = value { return count }
    return -1
  }

  private func used(_ id: BudgetID) -> Int64 { input.state.budgetUse[id] ?? 0 }

  private func cap(_ id: BudgetID) -> Int64 {
    switch policy[id].cap {
    case .money(let money): money.nanos
    case .requests(let count), .tokens(let count), .atOnce(let count): count
    }
  }

  private func name(of field: NameField) -> String? {
    switch field {
    case .model: input.model
    case .language: texts.language
    case .identity(.tenant): input.tenant ?? input.key
    case .identity(.user): input.user
    case .identity(.key): input.key
    case .identity(.conversation): input.conversation
    case .fact(let id): if case .text(let text) = facts[id.index] { text } else { nil }
    }
  }

  private func same(_ a: String, _ b: String) -> Bool { Array(a.utf8) == Array(b.utf8) }
}
