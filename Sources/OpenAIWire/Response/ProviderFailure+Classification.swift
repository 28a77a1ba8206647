extension ProviderFailure.Kind {
  /// What an error means, by the provider's own words first and the status second.
  ///
  /// Words decide where providers disagree about statuses: a prompt that does not fit is a 400, a
  /// 413, a 422 or a 500, and an account without money a 429, a 402 or a 403.
  init(status: Int, error: ErrorResponse?) {
    let words = FailureWords(error)
    let status = status == 200 ? error?.code.flatMap { Int($0) } ?? 200 : status
    if words.speak(of: .unpaid) || status == 402 {
      self = .unpaid
    } else if status == 429 || words.speak(of: .limited) {
      self = .limited
    } else if words.speak(of: .tooLong) {
      self = .tooLong
    } else if words.speak(of: .filtered) {
      self = .filtered
    } else {
      self = Self.byStatus(status) ?? words.rest
    }
  }

  private static func byStatus(_ status: Int) -> Self? {
    switch status {
    case 401, 403, 407: .unauthorized
    case 404, 405, 410, 421: .notFound
    case 408, 409, 423, 425: .unavailable
    case 413: .tooLong
    case 400..<500: .badRequest
    case 200..<300: nil
    default: .unavailable
    }
  }
}

/// The words by which providers name a failure, held against an error's code, type and message.
private struct FailureWords {
  private var code = ""
  private var message = ""

  init(_ error: ErrorResponse?) {
    guard let error else { return }
    code = "\(error.code ?? "") \(error.type ?? "")".lowercased()
    message = error.message.lowercased()
  }

  func speak(of kind: ProviderFailure.Kind) -> Bool {
    let list = Self.lists[kind] ?? ([], [])
    return list.codes.contains { code.contains($0) }
      || list.messages.contains { message.contains($0) }
  }

  /// What an error means whose status says nothing: it came with a 200.
  var rest: ProviderFailure.Kind {
    if code.contains("auth") || code.contains("permission") || code.contains("api_key") {
      return .unauthorized
    }
    if code.contains("not_found") || code.contains("notfound") { return .notFound }
    return code.contains("invalid_request") || code.contains("badrequest")
      ? .badRequest : .unavailable
  }

  /// Lower case, anywhere in the text; the Chinese one reads "sensitive content" (Zhipu).
  private static let lists: [ProviderFailure.Kind: (codes: [String], messages: [String])] = [
    .unpaid: (
      ["insufficient_quota", "billing_hard_limit", "insufficient_balance", "payment_required"],
      ["insufficient balance", "credit balance is too low", "insufficient credits"]
    ),
    .limited: (
      ["rate_limit", "ratelimit", "too_many_requests", "resource_exhausted", "throttl"],
      ["rate limit reached", "too many requests", "tokens per min"]
    ),
    .tooLong: (
      ["context_length_exceeded", "context_window_exceeded", "string_above_max_length"],
      [
        "maximum context length", "context window", "context length", "prompt is too long",
        "input is too long", "too many tokens", "input token count", "reduce the length of",
        "maximum prompt length", "exceeds the maximum number of tokens", "longer than the model",
        "`inputs` tokens + `max_new_tokens` must be", "range of input length",
      ]
    ),
    .filtered: (
      [
        "content_filter", "contentfilter", "content_policy", "responsibleaipolicyviolation",
        "data_inspection_failed", "datainspectionfailed", "moderation", "safety",
        "prohibited_content", "sensitive_words_detected",
      ],
      [
        "content management policy", "safety system", "content exists risk",
        "inappropriate content", "content policy", "flagged", "blocked by our content",
        "usage policies", "usage guidelines", "for safety reasons", "new_sensitive",
        "\u{654F}\u{611F}\u{5185}\u{5BB9}",
      ]
    ),
  ]
}
