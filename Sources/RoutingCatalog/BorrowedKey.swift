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
    default: nil
    }
  }

  private static let meanings: [String: [String]] = [
    "context_window": ["window"], "context_length": ["window"], "max_input_tokens": ["window"],
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
