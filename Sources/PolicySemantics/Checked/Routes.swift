package import PolicySource
package import PolicySyntax
package import PolicyUnits

package struct CheckedRoute: Sendable {
  /// `otherwise` for the last.
  package let name: String
  /// Nil for `otherwise`.
  package let condition: CheckedCondition?
  /// In written order.
  package let effects: [Effect]
  package let action: Action
  package let span: Span
  /// The condition's place, or the keyword of `otherwise`.
  package let conditionSpan: Span

  package enum Action: Sendable {
    case use(CheckedUse)
    case split(CheckedSplit)
    case refuse(String, Span)
  }

  package enum Effect: Sendable {
    case cache(CacheRule)
    case shape(ShapeRule)
    case compress(CompressionID, Span)
    case batch(size: Int, within: Milliseconds, Span)
    case stick(Milliseconds, Span)
    case stop(StopRule)
    case shadow(Share, CheckedTarget)
  }
}

package struct CheckedUse: Sendable {
  package let target: CheckedTarget
  package let fallbacks: [Fallback]
  package let span: Span

  package struct Fallback: Sendable {
    package let follows: Set<CallFailure>
    package let target: CheckedTarget
    package let span: Span
  }
}

/// Why a call gave no answer.
package enum CallFailure: String, Hashable, Sendable, CaseIterable {
  case unavailable, limited, tooLong = "too_long", filtered
}

package struct CheckedTarget: Sendable {
  package let kind: Kind
  package let options: CallOptions
  package let span: Span

  package enum Kind: Hashable, Sendable {
    case model(ModelID)
    case ladder(LadderID)
    /// The catalog model the caller named.
    case requested
  }
}

package struct CheckedSplit: Sendable {
  package let by: Key
  package let arms: [Arm]
  package let span: Span

  package enum Key: Hashable, Sendable {
    case identity(Identity)
    /// Each request on its own.
    case request
  }

  package struct Arm: Sendable {
    package let share: Share
    /// The name after `as`, else `arm_1`, `arm_2` and so on.
    package let name: String
    package let shapes: [ShapeRule]
    package let use: CheckedUse
    package let span: Span
  }
}

package struct CacheRule: Sendable {
  package let kind: Kind
  package let lifetime: Milliseconds
  package let scope: Scope
  package let span: Span

  package enum Kind: Hashable, Sendable {
    case exact
    case similar(threshold: Score, encoder: EmbedderID)
  }

  package enum Scope: Hashable, Sendable {
    case per(Identity)
    case shared
  }
}

package struct ShapeRule: Sendable {
  package let kind: Kind
  package let span: Span

  package enum Kind: Hashable, Sendable {
    case set(Parameter)
    case byDefault(Parameter)
    case system(ShapeLine.SystemEdit, text: String)
  }

  package enum Parameter: Hashable, Sendable {
    /// Millionths.
    case temperature(Int64)
    /// Millionths.
    case topP(Int64)
    case seed(Int64)
  }
}

/// `stop [after N tokens] when …`.
package struct StopRule: Sendable {
  package let after: Int64?
  package let condition: StopCondition
  package let span: Span
}

package indirect enum StopCondition: Sendable {
  case all([StopCondition], Span)
  case any([StopCondition], Span)
  case not(StopCondition, Span)
  case answer(TextTest, Span)
  case jsonComplete(Span)
  case repeating(Span)
}
