import JSONReading
import JSONWriting
import PolicyDiagnostics
import PolicyEditing
import PolicySource

/// What a client asks for when it asks what could be done at a place.
struct ActionRequest: Sendable {
  let range: TextRange
  /// The kinds wanted; nil if all are.
  let only: [String]?
  /// The findings the client shows there: their codes and places.
  let shown: [(code: String, range: TextRange)]

  init(range: TextRange, _ context: JSONValue?) {
    self.range = range
    only = context?["only"].flatMap { $0.kind == .array ? $0.strings : nil }
    shown =
      (context?["diagnostics"]?.elements).map { list in
        list.compactMap { shown in
          guard let code = shown["code"]?.string, let range = shown["range"]?.range else {
            return nil
          }
          return (code, range)
        }
      } ?? []
  }

  /// A kind is wanted with all below it: `source` asks for `source.fixAll.rung` too.
  func wants(_ kind: String) -> Bool {
    guard let only else { return true }
    return only.contains { $0.isEmpty || kind == $0 || kind.hasPrefix($0 + ".") }
  }
}

enum ActionKind {
  static let quickFix = "quickfix"
  static let fixAll = "source.fixAll.rung"
}

extension DocumentQuestion {
  /// The fix-its of what was found at a place, safe ones first, and all the safe ones of the text.
  func actions(_ request: ActionRequest) -> [UInt8] {
    guard client.takesCodeActions else { return Self.nothing }
    return Self.list { json in
      if request.wants(ActionKind.quickFix) {
        for (finding, fixIt) in fixes(request) { write(fixIt, of: finding, &json) }
      }
      if request.wants(ActionKind.fixAll) { writeFixAll(&json) }
    }
  }

  private func fixes(_ request: ActionRequest) -> [(Diagnostic, FixIt)] {
    let asked = file.bytes(of: request.range, in: client.encoding)
    let here = findings.filter { finding in
      guard finding.span.file == file.id else { return false }
      if Int(finding.span.start) <= asked.upperBound, Int(finding.span.end) >= asked.lowerBound {
        return true
      }
      let range = range(of: finding.span)
      return request.shown.contains { $0.code == finding.code.rawValue && $0.range == range }
    }
    let all = here.flatMap { finding in finding.fixIts.map { (finding, $0) } }
    return all.filter(\.1.isSafe) + all.filter { !$0.1.isSafe }
  }

  private func write(_ fixIt: FixIt, of finding: Diagnostic, _ json: inout JSONWriter) {
    json.object { json in
      json.member("title", fixIt.message)
      json.member("kind", ActionKind.quickFix)
      json.array("diagnostics") { json in
        ShownFinding(
          finding: finding, sources: snapshot.sources, encoding: client.encoding,
          takesRelatedPlaces: client.takesRelatedPlaces
        ).write(&json)
      }
      if fixIt.isSafe { json.member("isPreferred", true) }
      json.key("edit")
      writeWorkspaceEdit(fixIt.edits, &json)
    }
  }

  private func writeFixAll(_ json: inout JSONWriter) {
    let here = findings.filter { $0.span.file == file.id }
    let plan = FixPlan(here, in: snapshot.sources, files: [file.id], includingUnsafe: false)
    guard !plan.isEmpty else { return }
    json.object { json in
      json.member("title", "Apply every fix that changes no decision")
      json.member("kind", ActionKind.fixAll)
      json.key("edit")
      writeWorkspaceEdit(plan.applied.flatMap(\.fixIt.edits), &json)
    }
  }
}
