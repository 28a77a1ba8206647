import Foundation
import Testing

@Suite struct `Findings past all reading` {
  private static func shell() throws -> Shell {
    let shell = try Shell()
    let routes = (1...300).map { "route r\($0) when nope\($0) { use a }\n" }.joined()
    try shell.write(
      """
      currency: USD
      providers: {p: {base_url: "https://p.example"}}
      models: {a: {provider: p, max_output: 1k}}

      """, to: "catalog.yaml")
    try shell.write(
      "rung 1\ncatalog \"catalog.yaml\"\n\(routes)otherwise { use a }\n", to: "many.rung")
    return shell
  }

  @Test(arguments: [
    ("json", #""severity":"error","#), ("github", "::error "), ("sarif", #""level": "error""#),
    ("junit", "<failure "),
  ])
  func `are cut at two hundred, and the rest is counted`(format: String, mark: String) throws {
    let shell = try Self.shell()
    defer { shell.remove() }
    let cut = try shell.run("rung check many.rung --format \(format)")
    let all = try shell.run("rung check many.rung --format \(format) --all")
    for (lines, wanted) in [(cut, 201), (all, 300)] {
      let text = lines.joined(separator: "\n")
      // The page of a rule has its severity too.
      let rules =
        format == "sarif" ? text.components(separatedBy: "defaultConfiguration").count - 1 : 0
      #expect(text.components(separatedBy: mark).count - 1 - rules == wanted, "\(format)")
      #expect(text.contains("100 more findings are left out") == (wanted == 201))
      #expect(lines.last == "[exit 1]")
    }
    if format == "json" {
      #expect(cut.first?.contains(#""left_out":100}"#) == true)
      #expect(all.first?.contains("left_out") == false)
    }
  }
}
