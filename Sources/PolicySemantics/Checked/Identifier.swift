/// An index into one array of a ``CheckedPolicy`` (or its vocabulary), typed by what it names.
package struct Identifier<Named>: Hashable, Comparable, Sendable {
  package let index: Int

  package init(_ index: Int) { self.index = index }

  package static func < (a: Self, b: Self) -> Bool { a.index < b.index }
}

package typealias ModelID = Identifier<ModelEntry>
package typealias EmbedderID = Identifier<EmbedderEntry>
package typealias FactID = Identifier<CheckedFact>
package typealias ClassifierID = Identifier<CheckedClassifier>
package typealias ConditionID = Identifier<CheckedNamedCondition>
package typealias PointsID = Identifier<CheckedPoints>
package typealias TaskID = Identifier<CheckedTask>
package typealias BudgetID = Identifier<CheckedBudget>
package typealias GateID = Identifier<CheckedGate>
package typealias LadderID = Identifier<CheckedLadder>
package typealias CompressionID = Identifier<CheckedCompression>
package typealias GuardID = Identifier<CheckedGuard>
package typealias RouteID = Identifier<CheckedRoute>
