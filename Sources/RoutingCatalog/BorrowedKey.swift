/// What other routers' files and price lists call the keys of a catalog.
enum BorrowedKey {
  /// The key that is meant; nil if it is nobody's word for one of these.
  static func meaning(of word: String, among keys: [String]) -> String? {
    meanings[word.lowercased()]?.first(where: keys.contains)
  }

  /// What is written where the same figure counts something else; nil if nothing is known of the word.
  static func advice(for word: String) -> String? {
    switch word.lowercased() {
    case "input_cost_per_token", "output_cost_per_token", "cost_per_token":
      "prices are for a million tokens: `prices: {input: 0.10, output: 0.40}`"
    case "model_list":
      "`rung import litellm FILE` makes a policy and its catalog of the proxy's configuration"
    case "region", "regions", "location":
      "a region is said of a model, or of each of its `deployments`: `{provider: NAME, region: eu}`"
    case "weight":
      "of one model's deployments each has a `weight`; shares of models are a `split` of a policy"
    case "temperature", "top_p", "seed": "the policy says it: `set \(word) 0` in a route"
    case "retries", "num_retries", "max_retries": "the policy says it: `use MODEL attempts 2`"
    case "fallbacks", "fallback": "the policy says it: `use MODEL fallback MODEL`"
    default: nil
    }
  }

  private static let meanings: [String: [String]] = [
    "context": ["window"], "context_size": ["window"], "max_context": ["window"],
    "context_tokens": ["window"], "context_window": ["window"], "context_length": ["window"],
    "max_input_tokens": ["window"],
    "max_tokens": ["max_output"], "max_output_tokens": ["max_output"],
    "max_completion_tokens": ["max_output"], "model": ["upstream"], "model_id": ["upstream"],
    "api_base": ["base_url"], "url": ["base_url"], "endpoint": ["base_url"],
    "api_key_env": ["key_env"], "requests_per_minute": ["rpm"], "tokens_per_minute": ["tpm"],
    "features": ["capabilities"], "supports": ["capabilities"], "price": ["prices"],
    "pricing": ["prices"], "input_price": ["input"], "output_price": ["output"],
    "prompt": ["input"], "completion": ["output"], "cache_read": ["cached_input"],
    "updated": ["date"], "vendors": ["providers"],
  ]
}
