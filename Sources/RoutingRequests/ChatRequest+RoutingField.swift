import JSONReading
import OpenAIWire

extension ChatRequest {
  /// The first field of the request by which another router behind ours would choose who answers.
  ///
  /// Fields we do not know are passed on byte for byte: such a one would send a prompt to a host, a
  /// region or a provider that no policy has spoken of.
  var routingField: String? {
    let json = json
    let root = json.root.asNode
    guard json.isObject(root) else { return nil }
    var key = json.first(in: root)
    while json.contains(key, in: root) {
      if let number = json.number(of: key, in: Self.routingFields) {
        let name = Self.routingNames[number]
        if let value = json.root[named: name], value.asksForSomething { return name }
      }
      key = json.after(json.valueOfKey(key))
    }
    return nil
  }

  private static let routingFields = JSONNames(routingNames)

  private static let routingNames = [
    // OpenRouter's: providers by name, kept settings, what happens to a prompt that is too long.
    "provider", "preset", "route", "transforms",
    // Models that step in, at LiteLLM and OpenRouter.
    "models", "fallbacks", "context_window_fallbacks", "content_policy_fallbacks",
    // LiteLLM's and its kin's: addresses, keys, whole configurations.
    "api_base", "base_url", "baseURL", "api_key", "api_version", "azure_endpoint", "custom_host",
    "customHost", "custom_llm_provider", "deployment_id", "litellm_params", "model_list",
    "router_settings", "user_config", "use_in_pass_through",
    // Where it is computed: Anthropic's, Bedrock's, Vertex's.
    "inference_geo", "region_name", "aws_region_name", "aws_bedrock_runtime_endpoint",
    "vertex_location", "vertex_project",
    // What clients and LiteLLM unfold into a request of its own.
    "extra_body", "extra_headers", "extra_query", "default_headers",
  ]
}

extension JSONValue {
  /// Nothing, no and none leave everything as it is.
  var asksForSomething: Bool {
    if isNull || bool == false { return false }
    return kind != .array || elements.contains { _ in true }
  }
}
