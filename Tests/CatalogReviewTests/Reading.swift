import PolicyDiagnostics
import PolicySource
import RoutingCatalog
import Testing

/// A sound catalog of these models, with one provider `p`.
func catalog(_ models: String, currency: String = "USD") throws -> Catalog {
  let text =
    "currency: \(currency)\nproviders: {p: {base_url: \"https://p.example\"}}\nmodels:\n"
    + models.split(separator: "\n").map { "  \($0)\n" }.joined()
  return try read(text)
}

/// A catalog without findings.
func read(_ text: String) throws -> Catalog {
  let parsed = CatalogReader.read(SourceFile(path: "catalog.yaml", text: text))
  #expect(parsed.diagnostics.map(\.message) == [])
  return try #require(parsed.value)
}
