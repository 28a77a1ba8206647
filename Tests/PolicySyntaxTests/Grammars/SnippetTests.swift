import Foundation
import PolicyDiagnostics
import PolicySource
import PolicySyntax
import Testing

@Suite struct `Snippets of the VS Code extension` {
  struct Snippet: Decodable {
    let prefix: String
    let description: String
    let body: [String]

    /// The text with each placeholder's own words, as the editor inserts it.
    var text: String {
      body.joined(separator: "\n")
        .replacing(/\$\{\d+:([^}]*)\}/) { String($0.1) }
        .replacing("\\$", with: "$")
    }
  }

  private static func snippets() throws -> [String: Snippet] {
    let url = Checkout.folder.appending(path: "grammar/vscode/snippets/rung.json")
    return try JSONDecoder().decode([String: Snippet].self, from: try Data(contentsOf: url))
  }

  @Test func `every snippet parses as it is inserted, and is formatted`() throws {
    let snippets = try Self.snippets()
    #expect(snippets.count >= 17)
    for (name, snippet) in snippets.sorted(by: { $0.key < $1.key }) {
      var text = snippet.text + "\n"
      if snippet.prefix != "rung" { text = "rung 1\n" + text }
      // It stands above a declaration.
      if snippet.prefix == "@allow" { text += "otherwise { use deepseek-v4-flash }\n" }
      let source = SourceFile(path: "\(name).rung", text: text)
      let parsed = PolicyParser.parse(source)
      #expect(parsed.diagnostics.isEmpty, "\(name):\n\(text)")
      #expect(PolicyFormatter.format(parsed.value) == text, "\(name)")
    }
  }

  @Test func `every declaration but the one-word ones has a snippet`() throws {
    let prefixes = Set(try Self.snippets().values.map(\.prefix))
    let plain: Set<String> = ["catalog", "zone", "import"]
    for keyword in Keyword.allCases where keyword.role == .declaration {
      let word = keyword.rawValue
      #expect(prefixes.contains(word) || plain.contains(word), "no snippet `\(word)`")
    }
  }
}
