import PolicySemantics
import PolicyUnits

extension RouteSkeleton {
  convenience init(_ route: CheckedRoute, in policy: CheckedPolicy) {
    switch route.action {
    case .refuse(let message, let span):
      self.init(refusal: (message, span), arms: [], split: nil)
    case .use(let use):
      let arm = ArmFreezer.freeze(route, use, shapes: [], in: policy)
      self.init(refusal: nil, arms: [arm], split: nil)
    case .split(let split):
      var ends: [Int64] = []
      for arm in split.arms { ends.append((ends.last ?? 0) + arm.share.millionths) }
      self.init(
        refusal: nil,
        arms: split.arms.map {
          ArmFreezer.freeze(route, $0.use, shapes: $0.shapes, in: policy)
        },
        split: Split(
          by: split.by, ends: ends,
          arms: split.arms.map { (name: $0.name, share: $0.share, span: $0.span) }))
    }
  }
}

extension RouteSkeleton.Split {
  /// The arm whose share covers a point in 0..<1,000,000; the last takes what is left.
  package func arm(at millionth: Int64) -> Int {
    ends.firstIndex { millionth < $0 } ?? max(0, ends.count - 1)
  }
}
