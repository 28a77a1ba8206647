import Foundation
import PolicyAnalysis
import PolicyDiagnostics
import PolicyGraph
import PolicyLint
import PolicySemantics
import PolicyWorkspace
import RoutingCatalog
import RoutingTestSupport
import Testing

/// A witness is shown to be run again: its command must say what the analysis said.
@Suite struct `Witnesses of the shipped policies` {
  @Test(arguments: ["helpdesk", "research", "starter", "support"])
  func `take the route the analysis says when their command is run`(name: String) throws {
    let graph = try Self.graph(of: name)
    let shell = try Shell()
    defer { shell.remove() }
    let study = PolicyStudy(graph)
    var shown = 0
    for index in graph.policy.routes.indices {
      let route = graph.policy.routes[index].name
      let search = try study.ask { regions throws(DiagramsTooLarge) in
        try regions.witness(in: try regions.decides(RouteID(index)))
      }
      let witness = try #require(try search.get(), "\(route) is never taken")
      let request = WitnessRequest(witness.draft, graph.policy)
      let file = shell.folder.appending(path: "\(route).json")
      try request.body.write(to: file, atomically: true, encoding: .utf8)
      let command = request.command(policy: "policies/\(name)", file: "\(route).json")
      let lines = try shell.run("\(command) --format json")
      // The name stands first in the object of the route.
      let place = lines.firstIndex { $0.hasPrefix("  \"route\": {") }
      let taken = place.map { lines[$0 + 1] } ?? ""
      #expect(
        taken == "    \"name\": \"\(route)\",", "\(command)\n\(request.body)\n\(lines.prefix(12))")
      #expect(lines.last?.hasPrefix("[exit") != true, "\(command): \(lines.prefix(5))")
      shown += 1
      SharedData.say("\(name) \(route): \(WitnessText.line(witness.draft, graph.policy))")
    }
    #expect(shown >= 1)
  }

  static func graph(of name: String) throws -> DecisionGraph {
    let folder = Shell.root.appending(path: "policies").appending(path: name)
    let loaded = PolicyLoader.load(
      path: "policy.rung",
      read: { path in (try? Data(contentsOf: folder.appending(path: path))).map(Array.init) },
      catalog: { file in
        let parsed = CatalogReader.read(file)
        return (parsed.value?.vocabulary, parsed.diagnostics)
      },
      otherRules: LintRules.codes)
    return try DecisionGraph(try #require(loaded.checked))
  }
}
