import PolicyAnalysis
import PolicyGraph
import PolicySemantics
import PolicyWorkspace
import RoutingCatalog
import Testing

@Suite struct `Regions` {
  /// A policy's routes by name with whether some request takes each.
  static func reachability(_ text: String) throws -> [String: Bool] {
    let graph = try SamplePolicy(text).graph
    let study = PolicyStudy(graph)
    var found: [String: Bool] = [:]
    for index in graph.policy.routes.indices {
      found[graph.policy.routes[index].name] = try study.ask {
        regions throws(DiagramsTooLarge) in
        try regions.isFeasible(try regions.decides(RouteID(index)))
      }
    }
    return found
  }

  @Test(arguments: [
    ("route a when prompt.tokens >= 10 { use m }\nroute b when prompt.tokens > 12 { use m }", "b"),
    (
      "route a when plan = free { use m }\nroute b when plan != pro and plan != enterprise { use m }",
      "b"
    ),
    (
      "route a when prompt mentions (\"refund\") { use m }\nroute b when prompt mentions (\"refund policy\") { use m }",
      "b"
    ),
    (
      "route a when prompt mentions (\"refund\") { use m }\nroute b when question mentions (\"refund\") { use m }",
      "b"
    ),
    (
      "route a when prompt contains \"ab\" { use m }\nroute b when prompt starts with \"cab\" { use m }",
      "b"
    ),
    (
      "route a when prompt contains \"ab\" { use m }\nroute b when prompt matches /ab/ { use m }",
      "b"
    ),
    (
      "route a when plan = free { use m }\nroute b when plan in (pro, enterprise) { use m }",
      "otherwise"
    ),
    (
      "route a when plan = free { use m }\nroute b when difficulty >= 30 and plan = pro { use m }\nroute c when stream and plan = pro and prompt.tokens >= 8k { use m }",
      "c"
    ),
    ("route a when prompt.chars < 3 and prompt mentions (\"classification\") { use m }", "a"),
    ("route a when weekday = monday and date = 2026-11-21 { use m }", "a"),
  ])
  func `a route nothing can take is found`(text: String, dead: String) throws {
    let found = try Self.reachability(
      """
      rung 1
      catalog "catalog.yaml"
      zone "UTC"
      facts { plan : free | pro | enterprise = free }
      points difficulty { 20 when stream  10 when prompt.tokens >= 8k }
      \(text)
      otherwise { use m }
      """)
    #expect(found.filter { !$0.value }.keys.sorted() == [dead])
  }

  /// Texts and names are compared byte for byte; only keywords are folded.
  @Test(arguments: [
    ("prompt contains", true), ("question starts with", true), ("prompt matches", true),
    ("tenant =", true), ("brand =", true), ("tools has", true), ("prompt mentions", false),
  ])
  func `two spellings of a text are two texts`(test: String, bothAreTaken: Bool) throws {
    let routes = ["caf\u{E9}", "cafe\u{301}"].enumerated().map { number, text in
      let value = test.hasSuffix("matches") ? "/\(text)s?/" : "\"\(text)\""
      return "route r\(number) when \(test) \(value) { use m }"
    }
    let policy = """
      rung 1
      catalog "catalog.yaml"
      facts { brand : text = "none" }
      \(routes.joined(separator: "\n"))
      otherwise { use m }
      """
    #expect(try Self.reachability(policy)["r1"] == bothAreTaken)
    let graph = try SamplePolicy(policy).graph
    guard bothAreTaken else { return }
    let witness = try PolicyStudy(graph).ask { regions throws(DiagramsTooLarge) in
      try regions.witness(in: try regions.decides(RouteID(1)))
    }
    guard case .found = witness else {
      Issue.record("\(test): \(witness)")
      return
    }
  }
}
