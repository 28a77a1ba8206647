import PolicyCompiler
import PolicyCoverage
import PolicyDiagnostics
import PolicySemantics
import PolicySource

/// What tests show of some policies as `lcov` tracks it: editors and review tools read this format.
///
/// A line is hit by the tests that show anything on it. Each thing to be shown is a branch of its
/// line, conditions two to a part; what no request reaches is left out, as it is of the figures.
struct CoverageTrace {
  private var files: [String: [Int: [Branch]]] = [:]

  private struct Branch {
    /// Which one it is, whatever the policy that shows it: several may import its file.
    let place: UInt32
    let words: String
    var hits: Int
  }

  mutating func add(_ report: CoverageReport) {
    for entry in report.findings.goals {
      guard let file = report.compiled.policy.sources[entry.goal.span.file] else { continue }
      let hits: Int
      switch entry.state {
      case .unreachable: continue
      case .shown(let tests): hits = tests.count
      case .missing, .notDecided: hits = 0
      }
      let line = file.location(of: entry.goal.span.start).line
      let words = entry.goal.words(in: report.compiled.policy)
      var branches = files[file.path, default: [:]][line, default: []]
      let place = entry.goal.span.start
      if let known = branches.firstIndex(where: { $0.place == place && $0.words == words }) {
        branches[known].hits += hits
      } else {
        branches.append(Branch(place: place, words: words, hits: hits))
      }
      files[file.path, default: [:]][line] = branches
    }
  }

  /// With a newline at its end.
  var text: String {
    var lines: [String] = []
    for (path, found) in files.sorted(by: { $0.key < $1.key }) {
      lines += ["TN:", "SF:\(path)"]
      var (branches, taken, hit) = (0, 0, 0)
      for (line, goals) in found.sorted(by: { $0.key < $1.key }) {
        for (index, goal) in goals.enumerated() {
          lines.append("BRDA:\(line),0,\(index),\(goal.hits)")
          branches += 1
          if goal.hits > 0 { taken += 1 }
        }
      }
      lines += ["BRF:\(branches)", "BRH:\(taken)"]
      for (line, goals) in found.sorted(by: { $0.key < $1.key }) {
        let hits = goals.map(\.hits).max() ?? 0
        lines.append("DA:\(line),\(hits)")
        if hits > 0 { hit += 1 }
      }
      lines += ["LF:\(found.count)", "LH:\(hit)", "end_of_record"]
    }
    return lines.joined(separator: "\n") + (lines.isEmpty ? "" : "\n")
  }
}
