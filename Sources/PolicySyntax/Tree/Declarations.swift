package import PolicySource

package struct ConditionDeclaration: Sendable {
  package let name: Name
  package let condition: Condition
}

package struct FactDeclaration: Sendable {
  package let name: Name
  package let type: FactType
  package let presence: Presence?
  package let origin: Origin?
  package let span: Span

  package enum FactType: Sendable {
    case bool(Span)
    case count(Span)
    case text(Span)
    case labels([Name])
  }

  package enum Presence: Sendable {
    case byDefault(Value)
    case required(Span)
  }

  /// Where the value comes from; without one, the request's `metadata`.
  package enum Origin: Sendable {
    case key(Span)
    case header(StringLiteral)
  }
}

package struct ClassifierDeclaration: Sendable {
  package let name: Name
  package let labels: [Name]
  package let reads: Name?
  package let method: Method?
  package let timeout: Value?
  package let onFailure: Name?

  package enum Method: Sendable {
    case ask(model: Name, question: StringLiteral)
    case nearest(file: StringLiteral, threshold: Value, otherwise: Name)
    case http(url: StringLiteral)
  }
}

package struct PointsDeclaration: Sendable {
  package let name: Name
  package let lines: [Line]

  package struct Line: Sendable {
    package let weight: Value
    package let condition: Condition
    package let span: Span
  }
}

package struct TaskDeclaration: Sendable {
  package let name: Name
  /// Nil for `otherwise`.
  package let condition: Condition?
}

/// A `budget` (money) or a `limit` (requests, tokens, at once).
package struct BudgetDeclaration: Sendable {
  package let name: Name
  package let amount: Amount
  /// The words after each `per`: an identity, a fact, or a window.
  package let per: [Name]
  package let condition: Condition?

  package enum Amount: Sendable {
    case money(Value)
    case requests(Value)
    case tokens(Value)
    case atOnce(Value)
  }
}

package struct GateDeclaration: Sendable {
  package let name: Name
  package let condition: Condition
  /// `reject` or `accept`, with its span; nil if not written.
  package let onFailure: Name?
}

package struct CompressionDeclaration: Sendable {
  package let name: Name
  package let targets: [Name]
  package let condition: Condition?
  /// A share or a number of tokens; `lossless` needs none.
  package let size: Value?
  package let method: Name?
}

package struct GuardDeclaration: Sendable {
  package let name: Name
  package let condition: Condition?
  package let lines: [Line]

  package enum Line: Sendable {
    case onlyModels(Condition, Span)
    case dropTools(Span)
    case refuse(StringLiteral, Span)
  }
}

package struct LadderDeclaration: Sendable {
  package let name: Name
  package let bounds: [Bound]
  package let tiers: [Tier]
  package let outcomes: [Outcome]

  package struct Bound: Sendable {
    /// `max_budget` or `max_time`.
    package let name: Name
    package let value: Value
  }

  package struct Tier: Sendable {
    package let model: Name
    package let accepts: [Pass]
    package let options: [CallOption]
    package let span: Span
  }

  /// `NAME [ (">=" | "<=") NUMBER ]`.
  package struct Pass: Sendable {
    package let gate: Name
    package let comparison: Comparison?
    package let threshold: Value?
    package let span: Span
  }

  package enum Outcome: Sendable {
    case exhausted(Exhausted, Span)
    case filteredClimb(Span)
    case failedStop(Span)
  }

  package enum Exhausted: String, Hashable, Sendable {
    case best, last, fail
  }
}

/// An option of a call, such as `timeout 10s`, `attempts 2` or `max_output 2k tokens`.
package struct CallOption: Sendable {
  package let kind: Kind
  package let value: Value
  package let span: Span

  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case timeout, firstToken = "first_token", attempts, maxOutput = "max_output"
    case minOutput = "min_output", effort
  }
}
