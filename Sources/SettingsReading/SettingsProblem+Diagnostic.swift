import PolicyDiagnostics
import PolicyLint
import PolicySource
import YAMLReading

/// What is wrong with a settings file.
enum SettingsProblem {
  case unknownKey(String, near: String?)
  /// Nil for a list or a mapping.
  case unknownLevel(String?, near: String?)
  case unknownRule(String, near: String?)
  case belowFloor(String, level: String, floor: Severity)
  case notAMapping(String)
  case notAList(String)
  case noEvidence(String)
  /// With the command that writes such a file.
  case brokenEvidence(String, EvidenceProblem, String)

  func diagnostic(at span: Span) -> Diagnostic {
    switch self {
    case .unknownKey(let key, let near):
      Diagnostic(
        .settingsUnknownKey, .error, "settings have no key \(quoted(key))", at: span,
        notes: near == nil ? [Note("the keys are `rules` and `evidence`")] : [],
        fixIts: Self.meant(near, span))
    case .unknownRule(let rule, let near):
      Diagnostic(
        .settingsUnknownRule, .error, "there is no rule \(quoted(rule))", at: span,
        notes: near == nil ? [Note("`rung rule` lists them all")] : [],
        fixIts: Self.meant(near, span))
    case .unknownLevel(let level, let near):
      Diagnostic(
        .settingsUnknownLevel, .error, Self.message(level), at: span,
        notes: near == nil ? [Note("write `off`, `note`, `warning` or `error`")] : [],
        fixIts: Self.meant(near, span))
    case .belowFloor(let rule, let level, let floor):
      Diagnostic(
        .settingsBelowFloor, .error,
        "`\(rule)` cannot be `\(level)`: its findings are never less than \(floor.inWords)",
        at: span,
        fixIts: [
          FixIt("write `\(floor.rawValue)`", edits: [Edit(span, floor.rawValue)])
        ])
    case .notAList(let name):
      Diagnostic(
        .settingsNotAMapping, .error, "\(name) must be a list of files", at: span,
        notes: [Note("write `evidence: [faq.evidence.json]`")])
    case .noEvidence(let file):
      Diagnostic(
        .settingsNoEvidence, .error, "the evidence file \(quoted(file)) cannot be read", at: span,
        notes: [
          Note("files are named from the folder of `rung.yaml`"), Note(EvidenceReader.makers),
        ])
    case .brokenEvidence(let file, let problem, let maker):
      Diagnostic(
        .settingsBrokenEvidence, .error,
        "the evidence file \(quoted(file)) cannot be used: \(problem.words)", at: span,
        notes: [Note(maker)])
    case .notAMapping(let name):
      Diagnostic(
        .settingsNotAMapping, .error, "\(name) must be a mapping", at: span,
        notes: [Note("write `rules:` and below it lines such as `unused_declaration: error`")])
    }
  }

  private static func message(_ level: String?) -> String {
    guard let level else { return "a severity is one word" }
    return level.isEmpty ? "a severity is missing" : "there is no severity \(quoted(level))"
  }

  private static func meant(_ near: String?, _ span: Span) -> [FixIt] {
    near.map { [FixIt("did you mean `\($0)`?", edits: [Edit(span, $0)])] } ?? []
  }
}
