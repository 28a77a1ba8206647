import ArgumentParser
import PolicyCoverage
import PolicyMutation

/// `--at-least routes=100%`: the least share of something that the tests have to show or notice.
struct TestFloor: ExpressibleByArgument {
  let measure: Measure
  /// Millionths.
  let share: Int64
  let written: String

  enum Measure: Equatable {
    case coverage(CoverageGoal.Kind)
    case mutants

    init?(_ name: String) {
      if name == "mutants" {
        self = .mutants
      } else if let kind = CoverageGoal.Kind(rawValue: name) {
        self = .coverage(kind)
      } else {
        return nil
      }
    }
  }

  init?(argument: String) {
    let parts = argument.split(separator: "=", omittingEmptySubsequences: false)
    guard parts.count == 2, let measure = Measure(String(parts[0])),
      let share = Self.share(parts[1])
    else { return nil }
    self.measure = measure
    self.share = share
    written = String(parts[1])
  }

  /// `87.5%` in millionths, exact; nil for anything else.
  private static func share(_ text: Substring) -> Int64? {
    guard text.hasSuffix("%") else { return nil }
    let parts = text.dropLast().split(separator: ".", omittingEmptySubsequences: false)
    let fraction = parts.count == 2 ? parts[1] : ""
    guard (1...2).contains(parts.count),
      parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isDigit) }),
      fraction.count <= 4, parts[0].count <= 3, let whole = Int64(parts[0]),
      let part = Int64(fraction + String(repeating: "0", count: 4 - fraction.count))
    else { return nil }
    let share = whole * 10_000 + part
    return share <= 1_000_000 ? share : nil
  }

  /// What is short of it; nil if nothing is.
  func shortfall(_ report: TestReport) -> String? {
    let asked = "and at least \(written) is asked for"
    switch measure {
    case .coverage(let kind):
      guard let count = report.coverage?.findings.count(kind),
        !count.share.isAtLeast(millionths: share)
      else { return nil }
      return "\(count.shown) of \(count.reachable) \(kind.rawValue) are shown"
        + " (\(count.share.percent)), \(asked)"
    case .mutants:
      guard let count = report.mutation?.findings.count,
        !count.share.isAtLeast(millionths: share)
      else { return nil }
      let beyond = count.beyondTests == 0 ? "" : ", \(count.beyondTests) more are beyond tests"
      return "\(count.killed) of \(count.noticeable) mutants are noticed"
        + " (\(count.share.percent))\(beyond), \(asked)"
    }
  }

  static var allValueStrings: [String] {
    (CoverageGoal.Kind.allCases.map(\.rawValue) + ["mutants"]).map { "\($0)=SHARE%" }
  }
}

extension Character {
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}
