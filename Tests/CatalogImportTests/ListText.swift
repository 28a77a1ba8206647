import CatalogImport
import PolicyDiagnostics
import PolicySource
import PolicyUnits
import RoutingCatalog
import Testing

/// A price list read from text, and the catalog it becomes.
struct ListText {
  let draft: CatalogDraft
  let yaml: String
  let catalog: Parsed<Catalog?>

  init(_ text: String, selection: ImportSelection = ImportSelection()) throws {
    try self.init(bytes: Array(text.utf8), selection: selection)
  }

  init(bytes: [UInt8], selection: ImportSelection = ImportSelection()) throws {
    draft = try LiteLLMImport.read(bytes, selection: selection)
    let date = try #require(CalendarDate(year: 2026, month: 11, day: 21))
    yaml = draft.yaml(date: date, origin: "a list")
    catalog = CatalogReader.read(SourceFile(path: "catalog.yaml", text: yaml))
  }

  /// One model `m` of a list, as JSON members beside what every chat model has.
  init(model members: String, name: String = "m", provider: String = "openai") throws {
    try self.init(
      """
      {"\(name)": {"mode": "chat", "litellm_provider": "\(provider)", \(members)}}
      """)
  }

  var only: ImportedEntry? { draft.entries.first }

  /// Findings of the catalog's own reader: none, whatever the list.
  var findings: [String] {
    catalog.diagnostics.map { "\($0.code.rawValue): \($0.message)" }
  }
}
