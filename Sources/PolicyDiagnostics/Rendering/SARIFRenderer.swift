import JSONWriting
import PolicySource

/// Writes findings in SARIF 2.1.0, which code scanning services read.
///
/// One run for all policies. Lines and columns count from 1, columns in UTF-16 units as the run
/// declares; the end of a region is one past its last. Notes with a place are related locations,
/// others follow the message; every fix-it is a fix, and says if it may change a decision. The rules
/// are those that found something, with their pages as help.
package struct SARIFRenderer: Sendable {
  private let toolVersion: String
  private let pages: [DiagnosticCode: DiagnosticPage]

  private static let schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

  /// - Parameters:
  ///   - toolVersion: of Rung, such as `0.1.0`.
  ///   - pages: the pages of all codes; a code without one is a rule without help.
  package init(toolVersion: String, pages: some Sequence<DiagnosticPage>) {
    self.toolVersion = toolVersion
    self.pages = Dictionary(pages.map { ($0.code, $0) }) { first, _ in first }
  }

  /// One JSON object with a newline at its end; equal findings are equal bytes.
  ///
  /// A finding that several policies share, as one about their common catalog, is written once.
  package func render(_ reports: [DiagnosticReport]) -> String {
    let found = Set(reports.flatMap { $0.diagnostics.map(\.code) })
    let codes = found.sorted { $0.rawValue < $1.rawValue }
    let indices = Dictionary(uniqueKeysWithValues: zip(codes, codes.indices))
    var json = JSONWriter(.indented)
    json.object { json in
      json.member("$schema", Self.schema)
      json.member("version", "2.1.0")
      json.array("runs") { json in
        json.object { json in
          json.object("tool") { json in
            json.object("driver") { json in
              json.member("name", "rung")
              json.member("version", toolVersion)
              json.array("rules") { json in
                for code in codes { write(rule: code, to: &json) }
              }
            }
          }
          json.member("columnKind", "utf16CodeUnits")
          json.array("newlineSequences") { json in
            for sequence in ["\r\n", "\n", "\r"] { json.string(sequence) }
          }
          json.array("results") { json in write(reports, indices, to: &json) }
        }
      }
    }
    return json.text + "\n"
  }

  private func write(rule code: DiagnosticCode, to json: inout JSONWriter) {
    json.object { json in
      json.member("id", code.rawValue)
      guard let page = pages[code] else { return }
      json.object("shortDescription") { $0.member("text", page.finds) }
      json.object("fullDescription") { $0.member("text", page.why) }
      json.object("help") { json in
        json.member("text", page.text())
        json.member("markdown", page.markdown)
      }
      json.object("defaultConfiguration") { $0.member("level", page.severity.rawValue) }
    }
  }

  private func write(
    _ reports: [DiagnosticReport], _ indices: [DiagnosticCode: Int], to json: inout JSONWriter
  ) {
    var seen: Set<SharedFinding> = []
    for report in reports {
      let places = SARIFPlaces(report.sources)
      for diagnostic in report.diagnostics.sorted(by: Diagnostic.isShownBefore) {
        let path = report.sources[diagnostic.span.file]?.path
        guard seen.insert(SharedFinding(path, diagnostic)).inserted else { continue }
        json.object { json in
          json.member("ruleId", diagnostic.code.rawValue)
          if let index = indices[diagnostic.code] { json.member("ruleIndex", index) }
          json.member("level", diagnostic.severity.rawValue)
          json.object("message") { $0.member("text", DiagnosticWords.message(of: diagnostic)) }
          places.write(diagnostic, to: &json)
        }
      }
    }
  }
}

/// What makes two findings of different policies the same one.
private struct SharedFinding: Hashable {
  let path: String?
  let start: UInt32
  let end: UInt32
  let code: DiagnosticCode
  let message: String

  init(_ path: String?, _ diagnostic: Diagnostic) {
    self.path = path
    start = diagnostic.span.start
    end = diagnostic.span.end
    code = diagnostic.code
    message = diagnostic.message
  }
}
