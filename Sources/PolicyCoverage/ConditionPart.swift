import PolicySemantics
import PolicySource

/// The smallest part of a condition that has a value of its own: one test, or the name of another
/// condition.
///
/// A `not` that stands right before it belongs to it, as in `!=`.
struct ConditionPart {
  let condition: CheckedCondition
  /// The condition it is a part of, if the part always held.
  let whereItHolds: CheckedCondition
  /// The same if it never did.
  let whereItFails: CheckedCondition

  var span: Span { condition.span }
}

extension CheckedCondition {
  /// The parts, in written order.
  var coverageParts: [ConditionPart] {
    places.map { place in
      let part = self[place]
      return ConditionPart(
        condition: part,
        whereItHolds: replacing(place, with: .all([], part.span)),
        whereItFails: replacing(place, with: .not(.all([], part.span), part.span)))
    }
  }

  /// The way down to each part: which child at each step.
  private var places: [[Int]] {
    switch self {
    case .test, .named: [[]]
    case .not(let inner, _): inner.isOneTest ? [[]] : inner.places.map { [0] + $0 }
    case .all(let children, _), .any(let children, _):
      children.enumerated().flatMap { index, child in child.places.map { [index] + $0 } }
    }
  }

  private var isOneTest: Bool {
    switch self {
    case .test, .named: true
    case .all, .any, .not: false
    }
  }

  private subscript(place: [Int]) -> CheckedCondition {
    guard let index = place.first else { return self }
    let rest = Array(place.dropFirst())
    switch self {
    case .all(let children, _), .any(let children, _): return children[index][rest]
    case .not(let inner, _): return inner[rest]
    case .test, .named: return self
    }
  }

  private func replacing(_ place: [Int], with part: CheckedCondition) -> CheckedCondition {
    guard let index = place.first else { return part }
    let rest = Array(place.dropFirst())
    switch self {
    case .all(var children, let span):
      children[index] = children[index].replacing(rest, with: part)
      return .all(children, span)
    case .any(var children, let span):
      children[index] = children[index].replacing(rest, with: part)
      return .any(children, span)
    case .not(let inner, let span): return .not(inner.replacing(rest, with: part), span)
    case .test, .named: return self
    }
  }

  /// Whether it is a test of this classifier.
  func reads(_ id: ClassifierID) -> Bool {
    switch self {
    case .not(let inner, _): inner.reads(id)
    case .test(.label(.classifier(id), oneOf: _), _): true
    case .test, .named, .all, .any: false
    }
  }

  /// The conditions and points it reads.
  var mentions: [SharedCondition] {
    switch self {
    case .all(let children, _), .any(let children, _): children.flatMap(\.mentions)
    case .not(let inner, _): inner.mentions
    case .named(let id, _): [.named(id)]
    case .test(.number(.points(let id), _, _), _): [.points(id)]
    case .test: []
    }
  }
}

/// What several conditions may read.
enum SharedCondition: Hashable {
  case named(ConditionID)
  case points(PointsID)
}
