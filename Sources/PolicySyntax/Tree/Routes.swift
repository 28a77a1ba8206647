package import PolicySource

/// `route NAME when cond { … }` or `otherwise { … }`.
package struct RouteDeclaration: Sendable {
  /// Nil for `otherwise`.
  package let name: Name?
  package let condition: Condition?
  package let lines: [RouteLine]
}

package enum RouteLine: Sendable {
  case use(Use)
  case refuse(StringLiteral, Span)
  case cache(CacheLine)
  case shape(ShapeLine)
  case compress(Name, Span)
  case batch(size: Value, within: Value, Span)
  case stick(Value, Span)
  case stop(StopLine)
  case shadow(Value, Target, Span)
  case split(SplitLine)
}

/// `use target { fallback [ on … ] target }`.
package struct Use: Sendable {
  package let target: Target
  package let fallbacks: [Fallback]
  package let span: Span

  package struct Fallback: Sendable {
    /// The failures after `on`, or nil for a bare `fallback`.
    package let on: [Name]?
    package let target: Target
    package let span: Span
  }
}

/// A model, a ladder or `requested`, with options.
package struct Target: Sendable {
  package let name: Name
  package let options: [CallOption]
  package let span: Span
}

package struct CacheLine: Sendable {
  package let kind: Kind
  package let lifetime: Value
  package let scope: Scope?
  package let span: Span

  package enum Kind: Sendable {
    case exact
    case similar(threshold: Value, encoder: Name)
  }

  package enum Scope: Sendable {
    case per(Name)
    case shared(Span)
  }
}

/// A line that changes the request: `set temperature 0`, `prepend system file "terse.md"`.
package struct ShapeLine: Sendable {
  package let kind: Kind
  package let span: Span

  package enum Kind: Sendable {
    case set(Name, Value)
    case byDefault(Name, Value)
    case system(SystemEdit, Text)
  }

  package enum SystemEdit: String, Hashable, Sendable {
    case prepend, append, replace
  }

  package enum Text: Sendable {
    case inline(StringLiteral)
    case file(StringLiteral)
  }
}

package struct StopLine: Sendable {
  /// The count of `after N tokens`.
  package let after: Value?
  package let condition: Condition
  package let span: Span
}

package struct SplitLine: Sendable {
  package let by: Name
  package let arms: [Arm]
  package let span: Span

  package struct Arm: Sendable {
    package let share: Value
    /// The name after `as`.
    package let name: Name?
    package let shapes: [ShapeLine]
    package let use: Use
    package let span: Span
  }
}
