/// The samples on the rules' pages: whole files in the words of the tests' catalog.
enum LintSample {
  /// A policy that ends with what stands between its first lines and `otherwise`.
  static func policy(_ middle: String, otherwise: String = "use medium") -> String {
    "rung 1\ncatalog \"catalog.yaml\"\n\(middle)\notherwise { \(otherwise) }\n"
  }
}
