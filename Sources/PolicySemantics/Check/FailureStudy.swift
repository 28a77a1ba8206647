import PolicySyntax

/// Whether a condition that reads a classifier still holds when the classifier fails.
///
/// For each label it compares two worlds that differ in the classifier's answer only: in one it says
/// the label, in the other what it says when it fails. A guard fails open if it may hold in the first
/// world and not in the second, whatever else is true of the request. The comparison follows the
/// shape of the condition: it never passes a guard that can open, and may ask for a plainer spelling
/// of one that cannot.
struct FailureStudy {
  /// What conditions can lead to; nil where a part did not check.
  struct Parts {
    let classifiers: [CheckedClassifier?]
    let conditions: [CheckedNamedCondition?]
    let points: [CheckedPoints?]
    let tasks: [CheckedTask?]
  }

  /// What is known of a condition in both worlds.
  struct Finding {
    /// Its value with the label, and with the failure value; nil if the request decides.
    var labelled: Bool?
    var failed: Bool?
    /// Holding with the label implies holding at failure, and the reverse.
    var forward = true
    var backward = true

    static let open = Finding(labelled: nil, failed: nil)

    static func fixed(_ labelled: Bool, _ failed: Bool) -> Finding {
      Finding(
        labelled: labelled, failed: failed, forward: !labelled || failed,
        backward: !failed || labelled)
    }

    var negated: Finding {
      Finding(
        labelled: labelled.map { !$0 }, failed: failed.map { !$0 }, forward: backward,
        backward: forward)
    }

    /// The findings joined by `and` (`unit` true) or by `or` (false).
    static func joined(_ parts: [Finding], unit: Bool) -> Finding {
      func value(_ read: (Finding) -> Bool?) -> Bool? {
        let values = parts.map(read)
        if values.contains(!unit) { return !unit }
        return values.allSatisfy { $0 == unit } ? unit : nil
      }
      let labelled = value(\.labelled)
      let failed = value(\.failed)
      return Finding(
        labelled: labelled, failed: failed,
        forward: labelled == false || failed == true || parts.allSatisfy(\.forward),
        backward: failed == false || labelled == true || parts.allSatisfy(\.backward))
    }
  }

  let parts: Parts
  /// Conditions, points and tasks, each after what it reads.
  let order: [Dependency]
  let classifier: ClassifierID

  /// For each condition the first label for which it may hold although it does not at the failure
  /// value.
  ///
  /// O(labels × size of all conditions).
  func labelsThatOpen(_ conditions: [CheckedCondition]) -> [Int?] {
    var opening = [Int?](repeating: nil, count: conditions.count)
    guard let checked = parts.classifiers[classifier.index] else { return opening }
    for label in checked.labels.indices where label != checked.onFailure {
      var world = World(study: self, label: label, failure: checked.onFailure)
      world.settle()
      for (index, condition) in conditions.enumerated() where opening[index] == nil {
        if !world.finding(condition).forward { opening[index] = label }
      }
    }
    return opening
  }

  /// One label beside the failure value.
  private struct World {
    let study: FailureStudy
    let label: Int
    let failure: Int
    var conditions: [ConditionID: Finding] = [:]
    var lines: [PointsID: [Finding]] = [:]
    /// For each task, whether the request is of it.
    var tasks: [Finding] = []

    mutating func settle() {
      for dependency in study.order {
        switch dependency {
        case .condition(let id):
          if let named = study.parts.conditions[id.index] {
            conditions[id] = finding(named.condition)
          }
        case .points(let id):
          lines[id] = study.parts.points[id.index]?.lines.map { finding($0.condition) }
        case .tasks: settleTasks()
        case .classifier, .budget: break
        }
      }
    }

    /// A task is taken if its condition holds and none above it does.
    private mutating func settleTasks() {
      var noneAbove = Finding.fixed(true, true)
      for task in study.parts.tasks {
        let own = task.map { $0.condition.map(finding) ?? .fixed(true, true) } ?? .open
        tasks.append(.joined([noneAbove, own], unit: true))
        noneAbove = .joined([noneAbove, own.negated], unit: true)
      }
    }

    func finding(_ condition: CheckedCondition) -> Finding {
      switch condition {
      case .all(let parts, _): .joined(parts.map(finding), unit: true)
      case .any(let parts, _): .joined(parts.map(finding), unit: false)
      case .not(let inner, _): finding(inner).negated
      case .named(let id, _): conditions[id] ?? .open
      case .test(let test, _): finding(test)
      }
    }

    private func finding(_ test: RequestTest) -> Finding {
      switch test {
      case .label(.classifier(let id), let labels) where id == study.classifier:
        return .fixed(labels.contains(label), labels.contains(failure))
      case .label(.task, let chosen):
        let found = chosen.compactMap { $0 < tasks.count ? tasks[$0] : nil }
        return found.count == chosen.count ? .joined(found, unit: false) : .open
      case .number(.points(let id), let comparison, let bound):
        return finding(id, comparison, bound)
      case .flag, .label, .number, .name, .text, .offersTool:
        return .open
      }
    }

    /// A sum grows if each of its lines implies itself in the other world.
    private func finding(_ id: PointsID, _ comparison: Comparison, _ bound: Int64) -> Finding {
      guard let found = lines[id], let points = study.parts.points[id.index] else { return .open }
      func range(_ read: (Finding) -> Bool?) -> ClosedRange<Int64> {
        var (low, high): (Int64, Int64) = (0, 0)
        for (line, finding) in zip(points.lines, found) {
          let value = read(finding)
          if value == true { low = low.addingReportingOverflow(line.weight).partialValue }
          if value != false { high = high.addingReportingOverflow(line.weight).partialValue }
        }
        return min(low, high)...max(low, high)
      }
      let labelled = comparison.outcome(of: bound, in: range(\.labelled))
      let failed = comparison.outcome(of: bound, in: range(\.failed))
      let grows = found.allSatisfy(\.forward)
      let shrinks = found.allSatisfy(\.backward)
      let (forward, backward): (Bool, Bool) =
        switch comparison {
        case .greater, .greaterOrEqual: (grows, shrinks)
        case .less, .lessOrEqual: (shrinks, grows)
        case .equal, .notEqual: (grows && shrinks, grows && shrinks)
        }
      return Finding(
        labelled: labelled, failed: failed,
        forward: labelled == false || failed == true || forward,
        backward: failed == false || labelled == true || backward)
    }
  }
}
