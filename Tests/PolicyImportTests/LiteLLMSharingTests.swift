import Foundation
import PolicyImport
import PolicySemantics
import PolicySource
import RoutingTestSupport
import Testing

@Suite struct `Shared values of LiteLLM` {
  static let text = """
    defaults: &defaults
      api_key: os.environ/SHARED_KEY
      timeout: 20
      litellm_magic: 3
    model_list:
      - model_name: small
        litellm_params:
          <<: *defaults
          model: openai/small-1
          rpm: 60
      - model_name: large
        litellm_params:
          model: openai/large-1
          timeout: 40
          <<: *defaults
    router_settings:
      fallbacks: &chain [{small: [large]}]
    litellm_settings:
      context_window_fallbacks: *chain
    """

  @Test func `are carried over wherever they are used`() throws {
    let ask = try ImportedAsk(.litellm, Self.text)
    let catalog = try #require(ask.imported.catalog)
    #expect(catalog.contains("key_env: SHARED_KEY"))
    #expect(
      catalog.contains("timeouts: {whole: 20s}") && catalog.contains("timeouts: {whole: 40s}"))
    #expect(try ask.asked(ask.decide("small"), failing: .tooLong) == ["small", "large"])
  }

  @Test func `that cannot be are told of at each use, by the line they stand on`() throws {
    let imported = try ImportedAsk(.litellm, Self.text).imported
    let told = imported.findings.filter { $0.kind == .leftOut }.map { "\($0.line) \($0.what)" }
    #expect(
      told == [
        "4 model_list[0].litellm_params.litellm_magic",
        "4 model_list[1].litellm_params.litellm_magic",
      ])
  }
}

@Suite struct `Limits and times of LiteLLM` {
  private static func findings(_ parameters: String) throws -> (catalog: String, told: [String]) {
    let text = """
      model_list:
        - model_name: a
          litellm_params: {model: openai/a-1, api_key: os.environ/K, \(parameters)}
      """
    let imported = try PolicyImport.read(.litellm, SourceFile(path: "sample", text: text))
    return (
      imported.catalog ?? "",
      imported.findings.filter { $0.kind == .leftOut }.map { "\($0.what): \($0.why)" }
    )
  }

  @Test(arguments: ["10000000000000", "99999999999999999999999", "1_000_000_000_001"])
  func `beyond what a catalog takes say so`(rpm: String) throws {
    let (catalog, told) = try Self.findings("rpm: \(rpm)")
    #expect(
      told == [
        "model_list[0].litellm_params.rpm: it is more than the 1,000,000,000,000 a minute a catalog "
          + "takes"
      ])
    #expect(!catalog.contains("rpm"))
  }

  @Test(arguments: ["0", "-5", "1.5", "many", "\"\""])
  func `that are no counts say that`(rpm: String) throws {
    let told = try Self.findings("rpm: \(rpm)").told
    #expect(told.contains("model_list[0].litellm_params.rpm: it is no count from 1"))
  }

  @Test(arguments: [
    ("request_timeout: 20", "20s", []),
    ("timeout: 5, request_timeout: 20", "5s", ["`timeout` stands beside it and holds"]),
    ("request_timeout: 20, timeout: 5", "5s", ["`timeout` stands beside it and holds"]),
    ("timeout: soon, request_timeout: 20", "20s", ["it is no time in seconds"]),
    ("timeout: 5, request_timeout: soon", "5s", ["it is no time in seconds"]),
  ])
  func `of a deployment hold one before the other`(
    parameters: String, time: String, why: [String]
  ) throws {
    let (catalog, told) = try Self.findings(parameters)
    #expect(catalog.contains("timeouts: {whole: \(time)}"))
    #expect(told.map { String($0.split(separator: ": ", maxSplits: 1).last ?? "") } == why)
  }
}

@Suite struct `Embedders of LiteLLM` {
  @Test func `of two models under one name are one of them, and the other is told of`() throws {
    let text = """
      model_list:
        - model_name: chat
          litellm_params: {model: openai/chat-1, api_key: os.environ/K}
        - model_name: vectors
          litellm_params: {model: openai/text-embedding-3-small, api_key: os.environ/K}
        - model_name: vectors
          litellm_params: {model: openai/text-embedding-3-large, api_key: os.environ/K}
        - model_name: vectors
          litellm_params: {model: azure/text-embedding-3-small, api_base: "https://a.example", api_key: os.environ/L}
      """
    let imported = try ImportedAsk(.litellm, text).imported
    let catalog = try #require(imported.catalog)
    #expect(!catalog.contains("text-embedding-3-large"))
    #expect(catalog.components(separatedBy: "text-embedding-3-small").count == 3)
    let told = imported.findings.filter { $0.kind == .leftOut }
    #expect(told.map { "\($0.line) \($0.what)" } == ["6 model_list[2]"])
    #expect(told.allSatisfy { $0.why.contains("cannot be compared") })
  }
}
