package import PolicyDiagnostics
package import PolicySource
package import PolicyUnits

/// A policy that is known to be sound: every name resolved, every type and unit checked.
///
/// Only the checker makes one, so whoever holds one need not check again. All arrays are in written
/// order (imports first, in import order); identifiers index into them.
///
/// A class: it is made once and read by every request, and a struct of this size is copied wherever it
/// is handed on.
package final class CheckedPolicy: Sendable {
  package let sources: SourceMap
  package let vocabulary: Vocabulary
  /// IANA name; nil means UTC.
  package let zone: String?
  package let facts: [CheckedFact]
  package let classifiers: [CheckedClassifier]
  package let conditions: [CheckedNamedCondition]
  package let points: [CheckedPoints]
  package let tasks: [CheckedTask]
  package let budgets: [CheckedBudget]
  package let gates: [CheckedGate]
  package let ladders: [CheckedLadder]
  package let compressions: [CheckedCompression]
  package let guards: [CheckedGuard]
  /// The last one is `otherwise`.
  package let routes: [CheckedRoute]
  package let tests: [CheckedTest]
  package let always: [CheckedAlways]
  /// Files the policy names (system texts, schemas, gold sets, test requests) by the path as written;
  /// those an import names by ``PolicyPath/key(_:writtenIn:isPolicy:)``.
  package let files: [String: PolicyTextFile]
  /// What `@allow` covers: used ones, and those for rules of later phases.
  package let suppressions: [CheckedSuppression]

  init(
    sources: SourceMap, vocabulary: Vocabulary, zone: String?, facts: [CheckedFact],
    classifiers: [CheckedClassifier], conditions: [CheckedNamedCondition], points: [CheckedPoints],
    tasks: [CheckedTask], budgets: [CheckedBudget], gates: [CheckedGate], ladders: [CheckedLadder],
    compressions: [CheckedCompression], guards: [CheckedGuard], routes: [CheckedRoute],
    tests: [CheckedTest], always: [CheckedAlways], files: [String: PolicyTextFile],
    suppressions: [CheckedSuppression]
  ) {
    self.sources = sources
    self.vocabulary = vocabulary
    self.zone = zone
    self.facts = facts
    self.classifiers = classifiers
    self.conditions = conditions
    self.points = points
    self.tasks = tasks
    self.budgets = budgets
    self.gates = gates
    self.ladders = ladders
    self.compressions = compressions
    self.guards = guards
    self.routes = routes
    self.tests = tests
    self.always = always
    self.files = files
    self.suppressions = suppressions
  }

  package subscript(id: ModelID) -> ModelEntry { vocabulary.models[id.index] }
  package subscript(id: EmbedderID) -> EmbedderEntry { vocabulary.embedders[id.index] }
  package subscript(id: FactID) -> CheckedFact { facts[id.index] }
  package subscript(id: ClassifierID) -> CheckedClassifier { classifiers[id.index] }
  package subscript(id: ConditionID) -> CheckedNamedCondition { conditions[id.index] }
  package subscript(id: PointsID) -> CheckedPoints { points[id.index] }
  package subscript(id: TaskID) -> CheckedTask { tasks[id.index] }
  package subscript(id: BudgetID) -> CheckedBudget { budgets[id.index] }
  package subscript(id: GateID) -> CheckedGate { gates[id.index] }
  package subscript(id: LadderID) -> CheckedLadder { ladders[id.index] }
  package subscript(id: CompressionID) -> CheckedCompression { compressions[id.index] }
  package subscript(id: GuardID) -> CheckedGuard { guards[id.index] }
  package subscript(id: RouteID) -> CheckedRoute { routes[id.index] }
}

/// A file a policy names, read by whoever loads the policy.
package struct PolicyTextFile: Hashable, Sendable {
  package let path: String
  package let text: String

  package init(path: String, text: String) {
    self.path = path
    self.text = text
  }
}

/// An `@allow` with its reason.
package struct CheckedSuppression: Sendable {
  package let rule: DiagnosticCode
  package let reason: String
  package let until: CalendarDate?
  /// The declaration whose findings it covers.
  package let covers: Span
  package let span: Span
}

package struct CheckedFact: Sendable {
  package let name: String
  package let type: FactType
  /// Nil means required.
  package let byDefault: FactValue?
  package let origin: Origin
  package let span: Span

  package enum FactType: Hashable, Sendable {
    case bool, count, text
    case labels([String])
  }

  package enum Origin: Hashable, Sendable {
    case metadata
    case key
    case header(String)
  }
}

/// A fact's value.
///
/// A label is its index among the fact's labels.
package enum FactValue: Hashable, Sendable {
  case bool(Bool)
  case count(Int64)
  case text(String)
  case label(Int)

  /// Texts byte for byte.
  package static func == (a: FactValue, b: FactValue) -> Bool {
    switch (a, b) {
    case (.bool(let a), .bool(let b)): a == b
    case (.count(let a), .count(let b)): a == b
    case (.text(let a), .text(let b)): ExactText.areSame(a, b)
    case (.label(let a), .label(let b)): a == b
    case (.bool, _), (.count, _), (.text, _), (.label, _): false
    }
  }
}

package struct CheckedClassifier: Sendable {
  package let name: String
  package let labels: [String]
  package let reads: TextPart
  package let method: Method
  package let timeout: Milliseconds?
  /// Index into `labels`: the answer when the method fails.
  package let onFailure: Int
  package let span: Span

  package enum Method: Sendable {
    case ask(ModelID, question: String)
    case nearest(file: String, threshold: Score, otherwise: Int)
    case http(url: String)
  }
}

package struct CheckedNamedCondition: Sendable {
  package let name: String
  package let condition: CheckedCondition
  package let span: Span
}

package struct CheckedPoints: Sendable {
  package let name: String
  package let lines: [Line]
  package let span: Span

  package struct Line: Sendable {
    package let weight: Int64
    package let condition: CheckedCondition
    package let span: Span
  }
}

package struct CheckedTask: Sendable {
  package let name: String
  /// Nil for `otherwise`.
  package let condition: CheckedCondition?
  package let span: Span
}

/// A budget of money, or a limit of requests, tokens or calls at once.
package struct CheckedBudget: Sendable {
  package let name: String
  package let cap: Cap
  /// What it is counted for; nil for all callers together.
  package let per: Owner?
  /// Nil for `at once`.
  package let window: Window?
  package let condition: CheckedCondition?
  package let span: Span

  package enum Cap: Hashable, Sendable {
    case money(Money)
    case requests(Int64)
    case tokens(Int64)
    case atOnce(Int64)
  }

  package enum Owner: Hashable, Sendable {
    case identity(Identity)
    case fact(FactID)
  }

  package enum Window: String, Hashable, Sendable, CaseIterable {
    case request, minute, hour, day, week, month
  }
}

package enum Identity: String, Hashable, Sendable, CaseIterable {
  case tenant, user, key, conversation
}

package struct CheckedCompression: Sendable {
  package let name: String
  package let targets: [TextPart]
  package let condition: CheckedCondition?
  /// Nil with `lossless` where none is named.
  package let size: Size?
  package let method: Method
  package let span: Span

  package enum Size: Hashable, Sendable {
    case share(Share)
    case tokens(Int64)
  }

  package enum Method: Hashable, Sendable {
    case model(ModelID)
    /// Sentences and blocks the question does not need are dropped; no call.
    case extractive
    /// Nothing is lost: white space, compact JSON, HTML as text, duplicates; no call.
    ///
    /// The size is what is hoped for: nothing is dropped to reach it.
    case lossless
  }
}

package struct CheckedGuard: Sendable {
  package let name: String
  package let condition: CheckedCondition?
  package let lines: [Line]
  package let span: Span

  package enum Line: Sendable {
    case onlyModels(ModelCondition, Span)
    case dropTools(Span)
    case refuse(String, Span)
  }
}
