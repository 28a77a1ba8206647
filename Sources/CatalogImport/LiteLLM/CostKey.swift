/// What a key about money of LiteLLM's price list speaks of.
///
/// Keys are built of parts: a thing that is paid for, a threshold (`_above_200k_tokens`), a service
/// tier (`_priority`, `_flex`). The list of things is closed: a key that is not in it has no meaning
/// here, and a model that has one is refused.
struct CostKey: Hashable {
  var subject: Subject
  /// In tokens; nil for the prices that hold from the first one.
  var threshold: Int64?
  /// Whether it holds only for callers who ask for another service tier.
  var isOfTier = false

  enum Subject: Hashable {
    case price(PriceKind)
    case images, audio, video
    /// Images, sound or video in an answer.
    case otherAnswers
    /// By the second, the character, the query, the page: what a chat costs then is not known.
    case otherMeasure
    case search
    case tools
    /// The same prices counted in a unit of the provider's own.
    case otherUnit
    case uplift
    /// A table of prices by length of the prompt, in a form of its own.
    case tiers
  }

  enum PriceKind: Hashable, CaseIterable {
    case input, output, cachedInput, cacheWrite, cacheWriteLong, reasoning, batchInput, batchOutput
    case perRequest
  }

  /// Nil for a key that speaks of money and is not known.
  init?(_ key: String) {
    var name = key[...]
    for tier in ["_priority", "_flex"] where name.hasSuffix(tier) {
      name = name.dropLast(tier.utf8.count)
      isOfTier = true
    }
    if let (base, tokens) = Self.threshold(of: name) {
      name = base
      threshold = tokens
    }
    for interval in ["_above_8s_interval", "_above_15s_interval"] where name.hasSuffix(interval) {
      name = name.dropLast(interval.utf8.count)
    }
    guard let subject = Self.subjects[String(name)] else { return nil }
    self.subject = subject
  }

  /// Whether a key of the list is about money at all.
  static func isAboutMoney(_ key: String) -> Bool {
    key == "provider_specific_entry"
      || ["cost", "pric", "multiplier", "uplift", "fee", "charge"].contains { key.contains($0) }
  }

  private static func threshold(of name: Substring) -> (base: Substring, tokens: Int64)? {
    let end = "k_tokens"
    let start = "_above_"
    guard name.hasSuffix(end) else { return nil }
    let rest = name.dropLast(end.utf8.count)
    let digits = rest.reversed().prefix { $0.isASCII && $0.isNumber }.count
    let base = rest.dropLast(digits)
    guard base.hasSuffix(start), (1...6).contains(digits), let count = Int64(rest.suffix(digits)),
      count > 0
    else { return nil }
    return (base.dropLast(start.utf8.count), count * 1000)
  }

  private static let subjects: [String: Subject] = [
    "input_cost_per_token": .price(.input),
    "output_cost_per_token": .price(.output),
    "cache_read_input_token_cost": .price(.cachedInput),
    "input_cost_per_token_cache_hit": .price(.cachedInput),
    "cache_creation_input_token_cost": .price(.cacheWrite),
    "cache_creation_input_token_cost_above_1hr": .price(.cacheWriteLong),
    "output_cost_per_reasoning_token": .price(.reasoning),
    "input_cost_per_token_batches": .price(.batchInput),
    "output_cost_per_token_batches": .price(.batchOutput),
    "input_cost_per_request": .price(.perRequest),
    "input_cost_per_image": .images,
    "input_cost_per_image_token": .images,
    "input_cost_per_pixel": .images,
    "input_cost_per_audio_token": .audio,
    "input_cost_per_audio_per_second": .audio,
    "cache_read_input_audio_token_cost": .audio,
    "cache_creation_input_audio_token_cost": .audio,
    "input_cost_per_video_per_second": .video,
    "output_cost_per_image": .otherAnswers,
    "output_cost_per_image_token": .otherAnswers,
    "output_cost_per_pixel": .otherAnswers,
    "output_cost_per_audio_token": .otherAnswers,
    "output_cost_per_video_token": .otherAnswers,
    "output_cost_per_video_per_second": .otherAnswers,
    "output_cost_per_second_1080p": .otherAnswers,
    "input_cost_per_second": .otherMeasure,
    "output_cost_per_second": .otherMeasure,
    "input_cost_per_character": .otherMeasure,
    "output_cost_per_character": .otherMeasure,
    "input_cost_per_query": .otherMeasure,
    "citation_cost_per_token": .otherMeasure,
    "ocr_cost_per_page": .otherMeasure,
    "ocr_cost_per_credit": .otherMeasure,
    "annotation_cost_per_page": .otherMeasure,
    "search_context_cost_per_query": .search,
    "code_interpreter_cost_per_session": .tools,
    "computer_use_input_cost_per_1k_tokens": .tools,
    "computer_use_output_cost_per_1k_tokens": .tools,
    "file_search_cost_per_1k_calls": .tools,
    "file_search_cost_per_gb_per_day": .tools,
    "vector_store_cost_per_gb_per_day": .tools,
    "input_dbu_cost_per_token": .otherUnit,
    "output_dbu_cost_per_token": .otherUnit,
    "regional_processing_uplift_multiplier_eu": .uplift,
    "regional_processing_uplift_multiplier_us": .uplift,
    "provider_specific_entry": .uplift,
    "tiered_pricing": .tiers,
  ]
}
