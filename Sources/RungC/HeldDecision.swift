import CRung
import Glibc
import RungPolicy

/// What C holds of a decision: its names as C reads them, and all that has not been said of it yet.
@safe final class HeldDecision {
  let outline: DecisionOutline
  private let route: UnsafeMutablePointer<CChar>?
  private let task: UnsafeMutablePointer<CChar>?
  private let arm: UnsafeMutablePointer<CChar>?
  private let model: UnsafeMutablePointer<CChar>?

  init(_ outline: DecisionOutline) {
    self.outline = outline
    unsafe route = outline.route.flatMap { unsafe strdup($0) }
    unsafe task = outline.task.flatMap { unsafe strdup($0) }
    unsafe arm = outline.arm.flatMap { unsafe strdup($0) }
    unsafe model = outline.model.flatMap { unsafe strdup($0) }
  }

  deinit {
    unsafe Glibc.free(route)
    unsafe Glibc.free(task)
    unsafe Glibc.free(arm)
    unsafe Glibc.free(model)
  }

  /// Hands itself to C, which lets it go by ``letGo(_:)``.
  func give(to decision: UnsafeMutablePointer<rung_decision>) {
    unsafe decision.pointee = rung_decision(
      outcome: outcome, route: route, task: task, arm: arm, model: model,
      error: rung_buffer(data: nil, length: 0),
      rest: Unmanaged.passRetained(self).toOpaque())
  }

  /// What a decision of C holds; nil if it holds none.
  static func held(_ decision: UnsafePointer<rung_decision>) -> HeldDecision? {
    guard let rest = unsafe decision.pointee.rest else { return nil }
    return unsafe Unmanaged<HeldDecision>.fromOpaque(rest).takeUnretainedValue()
  }

  /// Frees all that a decision of C holds.
  static func letGo(_ decision: UnsafeMutablePointer<rung_decision>) {
    if let rest = unsafe decision.pointee.rest {
      unsafe Unmanaged<HeldDecision>.fromOpaque(rest).release()
    }
    unsafe Glibc.free(decision.pointee.error.data)
    unsafe decision.pointee = rung_decision()
  }

  private var outcome: Int32 {
    switch outline.outcome {
    case .route: Int32(RUNG_ROUTE)
    case .refused: Int32(RUNG_REFUSED)
    case .needs: Int32(RUNG_NEEDS)
    }
  }
}
