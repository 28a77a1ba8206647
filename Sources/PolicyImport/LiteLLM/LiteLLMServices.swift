import CatalogImport

/// Whose model a name of LiteLLM is, and where it is asked: by rule, from the provider before the
/// slash.
enum LiteLLMServices {
  enum Address {
    case at(String)
    case unknown(why: String, cure: String)
  }

  /// The provider and its own name for the model; no provider if the name does not say it.
  static func kind(of model: String) -> (provider: String?, upstream: String) {
    if let slash = model.firstIndex(of: "/") {
      let prefix = String(model[..<slash])
      if known(prefix) { return (prefix, String(model[model.index(after: slash)...])) }
    }
    let family = families.first { family in family.starts.contains { model.hasPrefix($0) } }
    return (family?.provider, model)
  }

  /// What kind of service a name speaks of where nothing else says it; nil for a chat model.
  static func mode(byName name: String) -> String? {
    let name = name.lowercased()
    let kinds: [(marks: [String], mode: String)] = [
      (["embed", "minilm", "bge-", "e5-"], "embedding"),
      (["rerank"], "rerank"), (["whisper", "transcribe"], "audio_transcription"),
      (["tts"], "audio_speech"), (["dall-e", "gpt-image", "imagen", "stable-diffusion"], "images"),
      (["moderation"], "moderation"), (["realtime"], "realtime"),
    ]
    return kinds.first { kind in kind.marks.contains { name.contains($0) } }?.mode
  }

  static func address(
    of kind: String, _ base: SourceNode?, _ addresses: [String: String]
  ) -> Address {
    var given = base?.text
    if let variable = base?.environmentVariable {
      guard let address = addresses[variable] else {
        return .unknown(
          why: "its address is in the variable `\(shownKey(variable))`, and a catalog holds "
            + "addresses",
          cure: "give it: `--address \(shownKey(variable))=https://…`")
      }
      given = address
    }
    if let given,
      base?.environmentVariable == nil || compatible.contains(kind) || kind == "azure"
        || own.keys.contains(kind)
    {
      return at(given, kind)
    }
    if let endpoint = LiteLLMProviders.endpoint(of: alias(kind)) { return .at(endpoint.url) }
    if let standard = own[kind] { return .at(standard) }
    if compatible.contains(kind) || kind == "azure" {
      return .unknown(why: "it has no address", cure: "write its `api_base`")
    }
    return noProtocol(kind)
  }

  private static func at(_ base: String, _ kind: String) -> Address {
    var url = base
    while url.hasSuffix("/") { url.removeLast() }
    if kind == "azure" {
      for end in ["/openai/v1", "/openai"] where url.hasSuffix(end) {
        url.removeLast(end.utf8.count)
      }
      return .at(url + "/openai/v1")
    }
    if own.keys.contains(kind) { return .at(url.hasSuffix("/v1") ? url : url + "/v1") }
    if compatible.contains(kind) { return .at(url) }
    if let endpoint = LiteLLMProviders.endpoint(of: alias(kind)), endpoint.url.hasPrefix(url) {
      return .at(endpoint.url)
    }
    return noProtocol(kind)
  }

  private static func noProtocol(_ kind: String) -> Address {
    .unknown(
      why:
        "Rung speaks the OpenAI protocol, and `\(kind)` has no address for it that is known here",
      cure: "put a gateway that speaks it before the model and write `openai/…` with its `api_base`"
    )
  }

  /// The variable LiteLLM looks into for a key nobody wrote down; nil where none is needed.
  static func keyVariable(of kind: String) -> String? {
    if let endpoint = LiteLLMProviders.endpoint(of: alias(kind)) { return endpoint.keyVariable }
    switch kind {
    case "azure", "azure_text": return "AZURE_API_KEY"
    case "nvidia_nim": return "NVIDIA_NIM_API_KEY"
    case "custom_openai", "openai_like": return "OPENAI_API_KEY"
    default: return nil
    }
  }

  static func known(_ prefix: String) -> Bool {
    LiteLLMProviders.endpoint(of: alias(prefix)) != nil || compatible.contains(prefix)
      || own.keys.contains(prefix) || others.contains(prefix)
  }

  /// Other spellings of a provider.
  private static func alias(_ kind: String) -> String {
    switch kind {
    case "cohere": "cohere_chat"
    case "chatgpt", "text-completion-openai": "openai"
    default: kind
    }
  }

  /// Whose `api_base` is the address of the OpenAI protocol itself.
  private static let compatible: Set<String> = [
    "openai", "custom_openai", "openai_like", "hosted_vllm", "vllm", "lm_studio", "llamafile",
    "litellm_proxy", "xinference", "groq", "deepseek", "mistral", "together_ai", "fireworks_ai",
    "openrouter", "xai", "deepinfra", "perplexity", "cerebras", "sambanova", "nebius", "novita",
    "nvidia_nim", "hyperbolic", "moonshot", "scaleway", "zai", "vercel_ai_gateway", "dashscope",
  ]

  /// Whose `api_base` is that of a protocol of their own, with the OpenAI protocol under `/v1`.
  private static let own: [String: String] = [
    "ollama": "http://127.0.0.1:11434/v1", "ollama_chat": "http://127.0.0.1:11434/v1",
  ]

  /// Known by name only.
  private static let others: Set<String> = [
    "azure", "azure_ai", "azure_text", "anthropic", "bedrock", "bedrock_converse", "vertex_ai",
    "vertex_ai_beta", "sagemaker", "sagemaker_chat", "huggingface", "replicate", "watsonx",
    "databricks", "cloudflare", "snowflake", "predibase", "triton", "petals", "nlp_cloud",
    "aleph_alpha", "palm", "gemini", "cohere", "cohere_chat", "voyage", "jina_ai", "infinity",
    "github", "github_copilot", "oci", "oobabooga", "auto_router", "baseten", "anyscale",
    "clarifai", "text-completion-openai", "ai21", "ai21_chat", "friendliai", "galadriel",
    "volcengine", "topaz", "assemblyai", "elevenlabs", "deepgram", "maritalk", "codestral",
    "text-completion-codestral", "datarobot", "gradient_ai", "nscale", "lambda_ai", "v0", "morph",
    "featherless_ai", "bytez", "heroku", "oci", "wandb", "runwayml", "recraft", "langgraph",
  ]

  /// Whose a model is that is named without its provider.
  private static let families: [(starts: [String], provider: String)] = [
    (
      ["gpt-", "chatgpt-", "o1", "o3", "o4-", "text-embedding-", "dall-e", "whisper", "tts-"],
      "openai"
    ),
    (["claude-"], "anthropic"), (["command-", "embed-english", "embed-multilingual"], "cohere"),
    (["gemini-", "textembedding-gecko"], "vertex_ai"),
    (["anthropic.", "amazon.", "meta.", "us.", "eu.", "cohere.", "mistral."], "bedrock"),
  ]
}
