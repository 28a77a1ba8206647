import PolicyImport
import Testing

@Suite struct `Parameters of a configuration` {
  private static func litellm(_ models: [(name: String, more: String)], _ rest: String) -> String {
    "model_list:\n"
      + models.map {
        "  - {model_name: \($0.name), litellm_params: {model: openai/\($0.name), \($0.more)}}\n"
      }.joined() + rest
  }

  /// Lines of the policy that set something, and what was left out where.
  private static func read(
    _ format: RouterFormat, _ text: String
  ) throws -> (lines: [String], left: [String]) {
    let ask = try ImportedAsk(format, text)
    let lines = try #require(ask.imported.policy).split(separator: "\n").map {
      $0.split(separator: " ").joined(separator: " ")
    }
    let left = ask.imported.findings.filter { $0.kind == .leftOut && $0.why.contains("parameter") }
    return (
      lines.filter { $0.hasPrefix("default ") || $0.hasPrefix("set ") },
      left.map { "\($0.line) \($0.what)" }
    )
  }

  @Test func `of a model are not sent to its fallback, which does not state them`() throws {
    let (lines, left) = try Self.read(
      .litellm,
      Self.litellm(
        [("a", "temperature: 0.2, top_p: 0.5, seed: 7"), ("b", "top_p: 0.5")],
        "router_settings: {fallbacks: [{a: [b]}]}\n"))
    // `b` is called as it says in a route of its own and as the fallback of `a`.
    #expect(lines == ["default top_p 0.5", "default top_p 0.5"])
    #expect(
      left == [
        "2 model_list[0].litellm_params.temperature", "2 model_list[0].litellm_params.seed",
      ])
  }

  @Test func `of a fallback are not lost in silence`() throws {
    let (lines, left) = try Self.read(
      .litellm,
      Self.litellm(
        [("a", "temperature: 0.2"), ("b", "temperature: 0.7")],
        "router_settings: {fallbacks: [{a: [b]}]}\n"))
    #expect(lines == ["default temperature 0.7"])
    #expect(
      left == [
        "2 model_list[0].litellm_params.temperature", "3 model_list[1].litellm_params.temperature",
      ])
  }

  @Test func `that all calls of a route state are its line`() throws {
    let (lines, left) = try Self.read(
      .portkey,
      """
      {"strategy": {"mode": "fallback"}, "targets": [
        {"provider": "openai", "override_params": {"model": "a", "temperature": 0.2, "seed": 3}},
        {"provider": "openai", "override_params": {"model": "b", "temperature": 0.2}}]}
      """)
    #expect(lines == ["set temperature 0.2"])
    #expect(left == ["2 targets[0].override_params.seed"])
  }

  @Test func `of one share of a split are lines of that share`() throws {
    let (lines, left) = try Self.read(
      .portkey,
      """
      {"strategy": {"mode": "loadbalance"}, "targets": [
        {"provider": "openai", "weight": 1, "override_params": {"model": "a", "temperature": 0.2}},
        {"provider": "openai", "weight": 3, "override_params": {"model": "b"}}]}
      """)
    #expect(lines == ["set temperature 0.2"])
    #expect(left == [])
  }
}
