import CallerKeys
import Foundation
import PolicyDiagnostics
import PolicySource
import PolicyUnits

/// A keys file read from text, and its findings as text.
struct KeysText {
  let file: SourceFile
  let keys: KeysFile?
  let diagnostics: [Diagnostic]

  /// The secret the tests' digests are held against.
  static let secret = "an environment keeps this secret: 0123456789"
  static let today = CalendarDate(year: 2026, month: 11, day: 21)

  init(_ text: String, withPolicy: Bool = false) throws {
    try self.init(bytes: Array(text.utf8), path: "keys.yaml", withPolicy: withPolicy)
  }

  init(bytes: [UInt8], path: String, withPolicy: Bool = false) throws {
    file = SourceFile(id: SourceID(7), path: path, bytes: bytes)
    let parsed = KeysReader.read(file, today: Self.today)
    keys = parsed.value
    var found = parsed.diagnostics
    if let keys {
      found += keys.findings(against: try KeySecret(Self.secret))
      if withPolicy { found += keys.findings(against: try KeyPolicy.mixed().policy, in: file) }
    }
    diagnostics = found
  }

  var codes: [String] { diagnostics.map(\.code.rawValue) }

  /// Every finding as a person would be shown it.
  var report: String {
    diagnostics.map { finding in
      var lines = [
        "\(place(finding.span)): \(finding.severity): \(finding.message) [\(finding.code.rawValue)]"
      ]
      lines.append(finding.hidesSource ? "  (source hidden)" : "  | \(excerpt(finding.span))")
      for note in finding.notes {
        let at = note.span.map { $0.file == file.id ? " \(place($0))" : " in the policy" } ?? ""
        lines.append("  note\(at): \(note.message)")
      }
      for fixIt in finding.fixIts { lines.append("  fix: \(fixIt.message)") }
      return lines.joined(separator: "\n") + "\n"
    }.joined()
  }

  private func place(_ span: Span) -> String {
    let location = file.location(of: span.start)
    return "\(location.line):\(location.column)"
  }

  private func excerpt(_ span: Span) -> String {
    let text = file.text(of: span).split(whereSeparator: \.isNewline).first ?? ""
    return text.count > 80 ? text.prefix(80) + "…" : String(text)
  }
}

/// The cases beside these tests.
enum KeyCases {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Cases")

  static var names: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted()
  }

  static func text(_ name: String) throws -> KeysText {
    let bytes = Array(try Data(contentsOf: folder.appending(path: name)))
    return try KeysText(bytes: bytes, path: name, withPolicy: name.hasPrefix("policy_"))
  }
}
