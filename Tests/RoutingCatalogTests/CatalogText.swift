import Foundation
import PolicyDiagnostics
import PolicySource
import RoutingCatalog

/// A catalog read from text, and its findings as text.
struct CatalogText {
  let file: SourceFile
  let catalog: Catalog?
  let diagnostics: [Diagnostic]

  init(_ text: String, path: String = "catalog.yaml") {
    self.init(bytes: Array(text.utf8), path: path)
  }

  init(bytes: [UInt8], path: String) {
    file = SourceFile(id: SourceID(0), path: path, bytes: bytes)
    let parsed = CatalogReader.read(file)
    catalog = parsed.value
    diagnostics = parsed.diagnostics
  }

  /// One model `m` with these lines under it.
  init(model: String, providers: String = "{p: {base_url: \"https://p.example\"}}") {
    self.init(
      "currency: USD\nproviders: \(providers)\nmodels:\n  m:\n"
        + model.split(separator: "\n").map { "    \($0)\n" }.joined())
  }

  /// One model `m` with these prices.
  init(prices: String) {
    self.init(model: "provider: p\nprices: {\(prices)}")
  }

  var codes: [String] { diagnostics.map(\.code.rawValue) }

  /// Every finding as a person would be shown it, with its notes and fix-its.
  var report: String {
    diagnostics.map { finding in
      var lines = [
        "\(place(finding.span)): \(finding.severity): \(finding.message) [\(finding.code.rawValue)]"
      ]
      lines.append(finding.hidesSource ? "  (source hidden)" : "  | \(excerpt(finding.span))")
      for note in finding.notes {
        lines.append("  note\(note.span.map { " \(place($0))" } ?? ""): \(note.message)")
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

/// Folders of the checkout, found from this file.
enum Checkout {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static var cases: [String] {
    let folder = root.appending(path: "Tests/RoutingCatalogTests/Cases")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted()
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: root.appending(path: path)))
  }

  /// The catalogs we ship.
  static var catalogs: [String] {
    let names =
      (try? FileManager.default.contentsOfDirectory(
        atPath: root.appending(path: "policies").path)) ?? []
    return names.sorted().map { "policies/\($0)/catalog.yaml" }
      .filter { FileManager.default.fileExists(atPath: root.appending(path: $0).path) }
  }
}
