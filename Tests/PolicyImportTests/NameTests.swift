import PolicyGraph
import PolicyImport
import PolicySemantics
import Testing

@Suite struct `Names of models and facts` {
  @Test(arguments: ["when", "on", "fallback", "requested", "gpt 4", "4o", "é", "a/b:c", "test"])
  func `that are no words here are still asked for as they were`(name: String) throws {
    let ask = try ImportedAsk(
      .litellm,
      """
      model_list:
        - model_name: "\(name)"
          litellm_params: {model: openai/m}
        - model_name: other
          litellm_params: {model: openai/n}
      router_settings: {fallbacks: [{other: ["\(name)"]}]}
      """)
    let decision = try ask.decide(name)
    let asked = try ask.asked(decision, failing: .unavailable)
    #expect(asked.count == 1)
    let others = try ask.asked(try ask.decide("other"), failing: .unavailable)
    #expect(others == ["other"] + asked)
    #expect(try ask.asked(try ask.decide("nobody"), failing: .unavailable) == [])
  }

  @Test func `that are missing behind their provider leave the model out alone`() throws {
    let ask = try ImportedAsk(
      .litellm,
      """
      model_list:
        - model_name: none
          litellm_params: {model: openai/}
        - model_name: chat
          litellm_params: {model: openai/gpt-4o}
      """)
    #expect(ask.imported.findings.contains { $0.why == "no model stands behind its provider" })
    #expect(ask.policy?.vocabulary.models.count == 1)
  }

  @Test func `of members nobody could declare get another name, and that is told`() throws {
    let ask = try ImportedAsk(
      .portkey,
      """
      {"strategy": {"mode": "conditional", "default": "b", "conditions": [
        {"query": {"metadata.user-plan": "pro"}, "then": "a"},
        {"query": {"metadata.to_a": "x"}, "then": "a"}]},
       "targets": [
        {"name": "a", "provider": "openai", "override_params": {"model": "m"}},
        {"name": "b", "provider": "openai", "override_params": {"model": "n"}}]}
      """)
    let told = ask.imported.findings.filter {
      $0.kind == .leftOut && $0.what.contains("user-plan")
    }
    #expect(told.count == 1)
    let metadata: [String: GivenFact] = ["fact_user_plan": .text("pro")]
    let first = try ask.asked(try ask.decide("auto", metadata: metadata), failing: .limited).first
    #expect(first == "m")
  }

  @Test func `repeated without end are three calls`() throws {
    let ask = try ImportedAsk(
      .portkey,
      """
      {"provider": "openai", "override_params": {"model": "m"},
       "retry": {"attempts": 9223372036854775807}}
      """)
    #expect(ask.imported.policy?.contains("attempts") == false)
  }
}
