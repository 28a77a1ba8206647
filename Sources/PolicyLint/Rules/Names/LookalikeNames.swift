package import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicySyntax

/// Two names that a reader takes for one.
package enum LookalikeNames: LintRule {
  package static let page = DiagnosticPage(
    DiagnosticCode("lookalike_names"), .warning,
    finds: """
      Two names, or two labels of one fact or classifier, that differ only in case, in `_`, `-`, `.` \
      and `/`, or in `0` for `o` and `1` for `l`; likewise a ladder and a model of the catalog.
      """,
    why: """
      `free` and `Free` are two labels, and a caller who sends the other one is another customer. \
      `use qwen3_8b` may be a ladder beside the model `qwen3-8b`, and no reviewer sees it.
      """,
    wrong: LintSample.policy(
      """
      facts { plan : free | Free | pro = free }
      route paid when plan = pro { use large }
      """),
    instead: LintSample.policy(
      """
      facts { plan : free | trial | pro = free }
      route paid when plan = pro { use large }
      """),
    fix: "There is no automatic fix: callers and logs may know the name.")

  package static func check(_ subject: LintSubject, _ report: inout LintReport) {
    let declarations = subject.files.flatMap(\.declarations)
    for declared in declarations.flatMap(\.names) {
      compare(declared.labels, kind: "label", &report)
    }
    compare(declarations.flatMap { $0.names.map(\.name) + $0.arms }, kind: "name", &report)
    checkLadders(subject, &report)
  }

  private static func compare(_ names: [Name], kind: String, _ report: inout LintReport) {
    var first: [String: Name] = [:]
    for name in names {
      let look = look(of: name.text)
      guard let earlier = first[look] else {
        first[look] = name
        continue
      }
      report.add(
        "the \(kind)s `\(earlier.text)` and `\(name.text)` look alike", at: name.span,
        notes: [Note("`\(earlier.text)` stands here", at: earlier.span)])
    }
  }

  private static func checkLadders(_ subject: LintSubject, _ report: inout LintReport) {
    let models = Dictionary(
      subject.policy.vocabulary.models.map { (look(of: $0.name), $0.name) },
      uniquingKeysWith: { first, _ in first })
    for declaration in subject.files.flatMap(\.declarations) {
      guard case .ladder(let ladder) = declaration.content,
        let model = models[look(of: ladder.name.text)]
      else { continue }
      report.add(
        "the ladder `\(ladder.name.text)` looks like the model `\(model)`", at: ladder.name.span,
        notes: [Note("`use \(ladder.name.text)` climbs the ladder, `use \(model)` asks the model")])
    }
  }

  /// What a glance takes in of a name.
  ///
  /// A sign between two digits counts: `v1.0` is not `v10`.
  private static func look(of name: String) -> String {
    let scalars = Array(name.unicodeScalars)
    func isDigit(_ index: Int) -> Bool {
      scalars.indices.contains(index) && ("0"..."9").contains(scalars[index])
    }
    var look = ""
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "_", "-", ".", "/":
        if isDigit(index - 1), isDigit(index + 1) { look += "." }
      case "0": look += isDigit(index - 1) || isDigit(index + 1) ? "0" : "o"
      case "1": look += isDigit(index - 1) || isDigit(index + 1) ? "1" : "l"
      case "A"..."Z": look.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value) | 0x20))
      default: look.unicodeScalars.append(scalar)
      }
    }
    return look
  }
}
