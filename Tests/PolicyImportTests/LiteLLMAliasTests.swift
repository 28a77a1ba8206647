import PolicyImport
import RoutingTestSupport
import Testing

@Suite struct `Aliases of LiteLLM` {
  private static func text(_ groups: [String], _ settings: String) -> String {
    var text = "model_list:\n"
    for name in groups {
      text +=
        "  - {model_name: \(name), litellm_params: {model: openai/\(name), api_key: os.environ/K}}\n"
    }
    return text + settings
  }

  @Test(arguments: [["cheap", "big", "other"], ["big", "other", "cheap"]])
  func `go before a group of their name, in any order of the file`(groups: [String]) throws {
    let ask = try ImportedAsk(
      .litellm,
      Self.text(groups, "router_settings: {model_group_alias: {cheap: big, nick: other}}\n"))
    #expect(try ask.route(of: ask.decide("cheap")) == "to_big")
    #expect(try ask.route(of: ask.decide("big")) == "to_big")
    #expect(try ask.route(of: ask.decide("nick")) == "to_other")
    #expect(
      ask.imported.findings.contains {
        "\($0)".contains("`model_group_alias` sends `cheap` to `big`: nobody asks it")
      }, "\(ask.imported.findings)")
  }

  @Test func `that change places are followed once`() throws {
    let ask = try ImportedAsk(
      .litellm,
      Self.text(
        ["cheap", "big"], "router_settings: {model_group_alias: {cheap: big, big: cheap}}\n"))
    #expect(try ask.route(of: ask.decide("cheap")) == "to_big")
    #expect(try ask.route(of: ask.decide("big")) == "to_cheap")
  }

  @Test func `of a group that is not there take no name away`() throws {
    let ask = try ImportedAsk(
      .litellm, Self.text(["cheap"], "router_settings: {model_group_alias: {cheap: gone}}\n"))
    #expect(try ask.route(of: ask.decide("cheap")) == "to_cheap")
  }

  /// The router's time holds, and a setting that cannot be read hides none behind it.
  @Test(arguments: [
    ("router_settings: {timeout: 30}\nlitellm_settings: {request_timeout: 10}\n", "30s"),
    ("litellm_settings: {request_timeout: 10}\nrouter_settings: {timeout: 30}\n", "30s"),
    ("router_settings: {allowed_fails: many, timeout: 30}\n", "30s"),
    ("litellm_settings: {request_timeout: 10}\n", "10s"),
  ])
  func `stand beside times of which the router's hold`(settings: String, time: String) throws {
    let ask = try ImportedAsk(.litellm, Self.text(["cheap"], settings))
    #expect(try #require(ask.imported.catalog).contains("whole: \(time)"))
    #expect(!ask.imported.findings.contains { "\($0)".contains("does not know") })
  }
}
