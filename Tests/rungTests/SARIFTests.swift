import Foundation
import RoutingGates
import Testing

@Suite struct `What rung check writes for code scanning` {
  @Test func `keeps to the schema of SARIF`() throws {
    let url = Shell.root.appending(path: "../shared/data/sarif-schema-2.1.0.json")
    guard let text = try? String(contentsOf: url, encoding: .utf8) else {
      print("../shared/data/sarif-schema-2.1.0.json is not at hand: nothing was held against it")
      return
    }
    // The one keyword of draft 4 that is no longer one: the schema's own name.
    let schema = try JSONSchema(text.replacing(/"id": "https:[^"]*",/, with: ""))
    let shell = try Shell()
    defer { shell.remove() }
    try Data("rung 1\ncatalog \"no.yaml\"\nrout x { use \"é👩‍👩‍👧\" && }\n".utf8)
      .write(to: shell.folder.appending(path: "a b.rung"))
    let arguments = [
      "examples/01-find-mistakes", "policies/*/", "grammar/rung.ebnf", "'a b.rung'",
      "$PWD/policies/starter", "examples/01-find-mistakes 'a b.rung' policies/support",
    ]
    for argument in arguments {
      let lines = try shell.run("rung check \(argument) --format sarif")
      let sarif = lines.filter { !$0.hasPrefix("[exit ") }.joined(separator: "\n")
      #expect(schema.accepts(sarif), "\(argument)")
    }
    print("SARIF of \(arguments.count) commands held against its schema")
  }
}
