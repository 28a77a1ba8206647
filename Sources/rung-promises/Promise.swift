/// One promise of the project, tried from outside.
protocol Promise: Sendable {
  /// As in `A1`.
  static var name: String { get }
  /// One line of what is promised.
  static var text: String { get }

  /// Tries it; what it throws could not be tried, and counts as not held.
  static func tried(_ trial: Trial) async throws -> Verdict
}

/// What became of a promise.
struct Verdict {
  enum State: Hashable {
    case held
    /// What was found first.
    case broken(String)
    /// Why not; never counts as held.
    case notRun(String)
  }

  let state: State
  /// The counts and figures, in words.
  let figures: String

  static func held(_ figures: String) -> Verdict { Verdict(state: .held, figures: figures) }

  static func notRun(_ reason: String) -> Verdict {
    Verdict(state: .notRun(reason), figures: "")
  }

  /// Held if nothing was found.
  static func of(_ findings: [String], _ figures: String) -> Verdict {
    guard let first = findings.first else { return held(figures) }
    let more = findings.count > 1 ? " (and \(findings.count - 1) more)" : ""
    return Verdict(state: .broken(first + more), figures: figures)
  }

  /// `A1  held     figures`.
  func line(_ name: String) -> String {
    switch state {
    case .held: "\(name)  held     \(figures)"
    case .broken(let finding):
      "\(name)  BROKEN   \(finding)\(figures.isEmpty ? "" : " · ")\(figures)"
    case .notRun(let reason): "\(name)  not run  \(reason)"
    }
  }
}
