import JSONWriting
import PolicyAnalysis
import PolicyCompiler
import PolicyExplain
import PolicyMutation
import PolicySemantics
import PolicySource

/// What a policy's tests notice of mistakes made in it, laid out.
struct MutationReport {
  let findings: MutationFindings
  private let compiled: CompiledPolicy
  private let policyText: PolicyText

  init(_ findings: MutationFindings, _ compiled: CompiledPolicy) {
    self.findings = findings
    self.compiled = compiled
    policyText = PolicyText(compiled.policy)
  }

  private static let mostSurvivors = 12

  func text(_ style: Style) -> String {
    let count = findings.count
    var lines = [
      "mutants: \(findings.mutants.count) small mistakes made in the policy, one at a time",
      "  " + count.words,
    ]
    let apart = [
      (count.equivalent, "do what the policy does: proved, left out"),
      (count.rejected, "do not compile, left out"),
      (count.beyondTests, "change what no test sees: \(count.unseenWords)"),
      (count.notDecided, "not decided, counted as not noticed"),
    ]
    lines += apart.filter { $0.0 > 0 }.map { style.faint("  \($0.0) \($0.1)") }
    let survivors = findings.mutants.filter(\.isSurvivor)
    guard !survivors.isEmpty else { return lines.joined(separator: "\n") }
    lines += ["", "not noticed by any test"]
    var open = Columns()
    for entry in survivors.prefix(Self.mostSurvivors) {
      open.add([place(entry.mutant), words(entry)])
    }
    lines += open.lines
    if survivors.count > Self.mostSurvivors {
      lines.append(
        "  and \(survivors.count - Self.mostSurvivors) more; --format json lists them all")
    }
    lines += ExampleTest.lines(suggestions, compiled.policy, would: "notice")
    return lines.joined(separator: "\n")
  }

  /// The tests that would notice what none does.
  var suggestions: [PolicyCase] {
    findings.mutants.compactMap(\.fate.test)
  }

  private func place(_ mutant: Mutant) -> String {
    policyText.place(mutant.span).map { "line \($0.line)" } ?? ""
  }

  private func words(_ entry: MutationFindings.Entry) -> String {
    let words = Self.words(entry.mutant, policyText)
    guard case .notDecided(let reason) = entry.fate else { return words }
    return "\(words) (whether it does anything else is not decided: \(reason))"
  }

  private static func words(_ mutant: Mutant, _ text: PolicyText) -> String {
    let before = short(text.text(mutant.span))
    return switch mutant.change {
    case .droppedCondition, .removedGuard, .removedRoute, .removedTier, .removedFallback:
      "`\(before)` left out"
    case .droppedNot: "`\(before)` without its not"
    case .swappedConnective: "`\(mutant.after)` in `\(before)`"
    case .shiftedNumber, .widenedScope: "`\(mutant.after)` for `\(before)`"
    case .reorderedRoutes, .reorderedTasks, .reorderedTiers: "`\(before)` after the one below it"
    }
  }

  private static func short(_ text: String) -> String {
    text.count > 70 ? "\(text.prefix(69))…" : text
  }

  /// `"mutants":{"killed":…,"survived":…,"beyond_tests":…,"equivalent":…,"rejected":…,
  /// "not_decided":…,"all":[{"change":…,"file":…,"line":…,"before":…,"after":…,"fate":…,
  /// "killed_by":…,"test":…,"request_file":…,"reason":…}]}`; the test as ``ExampleTest`` says, the
  /// reason of what no test sees or is not decided.
  func members(in json: inout JSONWriter) {
    let count = findings.count
    json.object("mutants") { json in
      json.member("killed", count.killed)
      json.member("survived", count.survived)
      json.member("beyond_tests", count.beyondTests)
      json.member("equivalent", count.equivalent)
      json.member("rejected", count.rejected)
      json.member("not_decided", count.notDecided)
      json.array("all") { json in
        for entry in findings.mutants {
          json.object { json in
            json.member("change", entry.mutant.change.rawValue)
            let place = policyText.place(entry.mutant.span)
            json.member("file", orNull: place?.path)
            json.member("line", orNull: place?.line)
            json.member("before", entry.mutant.before)
            json.member("after", entry.mutant.after)
            json.member("fate", entry.fate.name)
            json.member("killed_by", orNull: entry.fate.killer)
            ExampleTest.members(entry.fate.test, compiled.policy, in: &json)
            json.member("reason", orNull: entry.fate.reason)
          }
        }
      }
    }
  }
}

extension MutationFindings.Entry {
  /// Whether a test may be missing.
  fileprivate var isSurvivor: Bool {
    switch fate {
    case .survived, .notDecided: true
    case .killed, .beyondTests, .equivalent, .rejected: false
    }
  }
}

extension MutationFindings.Fate {
  fileprivate var name: String {
    switch self {
    case .killed: "killed"
    case .survived: "survived"
    case .beyondTests: "beyond_tests"
    case .equivalent: "equivalent"
    case .rejected: "rejected"
    case .notDecided: "not_decided"
    }
  }

  fileprivate var killer: String? {
    if case .killed(let title) = self { title } else { nil }
  }

  /// One that would notice.
  fileprivate var test: PolicyCase? {
    if case .survived(let test) = self { test } else { nil }
  }

  fileprivate var reason: String? {
    switch self {
    case .notDecided(let reason): reason
    case .beyondTests(let matter): matter.words
    case .killed, .survived, .equivalent, .rejected: nil
    }
  }
}

extension MutationFindings.Count {
  /// `23 of 23 noticed (100.0 %), 12 beyond tests`.
  var words: String {
    let noticed =
      noticeable == 0
      ? "none that a test could notice"
      : "\(killed) of \(noticeable) noticed (\(share.percent))"
    return beyondTests == 0 ? noticed : "\(noticed), \(beyondTests) beyond tests"
  }

  /// `times (4), caches (2)`.
  fileprivate var unseenWords: String {
    UnseenMatter.allCases.compactMap { matter in
      unseen[matter].map { "\(matter.words) (\($0))" }
    }.joined(separator: ", ")
  }
}
