package import PolicySemantics
package import RoutingCatalog

/// What is known of the providers LiteLLM names: where they speak the OpenAI protocol.
///
/// Only addresses their owners document for OpenAI clients, the same for every customer. Who has an
/// endpoint per customer or region (Azure, Bedrock, Vertex, watsonx …), or another protocol, is not
/// here, and the catalog gets `fill_in` for its address.
package enum LiteLLMProviders {
  package struct Endpoint: Sendable {
    package let url: String
    /// The variable its owner's documentation names; nil where no key is needed.
    package let keyVariable: String?
    /// Where its documentation says what usage figures include.
    package let usage: UsageConventions

    init(_ url: String, key: String?, usage: UsageConventions = UsageConventions()) {
      self.url = url
      self.keyVariable = key
      self.usage = usage
    }
  }

  package static func endpoint(of provider: String) -> Endpoint? { endpoints[provider] }

  private static let inside = UsageConventions(cachedTokens: .inside, reasoningTokens: .inside)

  private static let endpoints: [String: Endpoint] = [
    "anthropic": Endpoint("https://api.anthropic.com/v1", key: "ANTHROPIC_API_KEY"),
    "cerebras": Endpoint("https://api.cerebras.ai/v1", key: "CEREBRAS_API_KEY"),
    "cohere_chat": Endpoint("https://api.cohere.ai/compatibility/v1", key: "COHERE_API_KEY"),
    "dashscope": Endpoint(
      "https://dashscope-intl.aliyuncs.com/compatible-mode/v1", key: "DASHSCOPE_API_KEY"),
    "deepinfra": Endpoint("https://api.deepinfra.com/v1/openai", key: "DEEPINFRA_API_KEY"),
    "deepseek": Endpoint("https://api.deepseek.com/v1", key: "DEEPSEEK_API_KEY", usage: inside),
    "fireworks_ai": Endpoint("https://api.fireworks.ai/inference/v1", key: "FIREWORKS_API_KEY"),
    "fireworks_ai-embedding-models": Endpoint(
      "https://api.fireworks.ai/inference/v1", key: "FIREWORKS_API_KEY"),
    "gemini": Endpoint(
      "https://generativelanguage.googleapis.com/v1beta/openai", key: "GEMINI_API_KEY"),
    "groq": Endpoint("https://api.groq.com/openai/v1", key: "GROQ_API_KEY"),
    "hyperbolic": Endpoint("https://api.hyperbolic.xyz/v1", key: "HYPERBOLIC_API_KEY"),
    "mistral": Endpoint("https://api.mistral.ai/v1", key: "MISTRAL_API_KEY"),
    "moonshot": Endpoint("https://api.moonshot.ai/v1", key: "MOONSHOT_API_KEY"),
    "nebius": Endpoint("https://api.tokenfactory.nebius.com/v1", key: "NEBIUS_API_KEY"),
    "novita": Endpoint("https://api.novita.ai/openai/v1", key: "NOVITA_API_KEY"),
    "ollama": Endpoint("http://127.0.0.1:11434/v1", key: nil),
    "openai": Endpoint("https://api.openai.com/v1", key: "OPENAI_API_KEY", usage: inside),
    "openrouter": Endpoint("https://openrouter.ai/api/v1", key: "OPENROUTER_API_KEY"),
    "perplexity": Endpoint("https://api.perplexity.ai", key: "PERPLEXITY_API_KEY"),
    "sambanova": Endpoint("https://api.sambanova.ai/v1", key: "SAMBANOVA_API_KEY"),
    "scaleway": Endpoint("https://api.scaleway.ai/v1", key: "SCW_SECRET_KEY"),
    "together_ai": Endpoint("https://api.together.xyz/v1", key: "TOGETHER_API_KEY"),
    "vercel_ai_gateway": Endpoint("https://ai-gateway.vercel.sh/v1", key: "AI_GATEWAY_API_KEY"),
    "xai": Endpoint("https://api.x.ai/v1", key: "XAI_API_KEY"),
    "zai": Endpoint("https://api.z.ai/api/paas/v4", key: "ZAI_API_KEY"),
  ]

  /// What LiteLLM writes before a model's own name where that is not the provider's.
  static let prefixes: [String: [String]] = [
    "bedrock_converse": ["bedrock/converse", "bedrock"],
    "cohere_chat": ["cohere"],
    "fireworks_ai-embedding-models": ["fireworks_ai"],
    "volcengine": ["doubao"],
  ]

  /// By the family that stands in a model's name; a distilled model has the tokens of what it was
  /// distilled into, so the small families come first.
  package static func tokenizer(of name: String) -> TokenizerFamily? {
    let name = name.lowercased()
    let families: [(marks: [String], family: TokenizerFamily)] = [
      (["gpt-oss"], .openAI), (["qwen", "qwq"], .qwen), (["llama"], .llama),
      (["mistral", "mixtral", "ministral", "codestral", "devstral", "magistral"], .mistral),
      (["deepseek"], .deepseek), (["claude"], .claude), (["gemini", "gemma"], .gemini),
      (["gpt-4", "gpt-5", "gpt-3.5", "chatgpt", "gpt-audio"], .openAI),
    ]
    return families.first { $0.marks.contains { name.contains($0) } }?.family
  }
}
