/// A word of a request's own vocabulary (LANGUAGE §3).
enum RequestField: Hashable, Sendable {
  case flag(Flag)
  case label(LabelField)
  case number(NumberField)
  case name(NameField)
  case text(TextPart)
  /// A count, and `tools has "name"`.
  case tools
  /// `healthy(MODEL)`.
  case healthy

  static let byWord: [String: RequestField] = {
    var fields: [String: RequestField] = [
      "stream": .flag(.stream),
      "task": .label(.task), "format": .label(.format), "weekday": .label(.weekday),
      "max_tokens": .number(.maxTokens), "temperature": .number(.temperature),
      "images": .number(.images), "messages": .number(.messages), "turn": .number(.turn),
      "hour": .number(.hour), "date": .number(.date),
      "model": .name(.model), "language": .name(.language),
      "tools": .tools, "healthy": .healthy,
    ]
    for identity in Identity.allCases { fields[identity.rawValue] = .name(.identity(identity)) }
    for part in TextPart.allCases {
      fields[part.rawValue] = .text(part)
      fields[part.rawValue + ".chars"] = .number(.chars(part))
      fields[part.rawValue + ".tokens"] = .number(.tokens(part))
      fields[part.rawValue + ".lines"] = .number(.lines(part))
    }
    return fields
  }()

  /// The words in a fixed order, for near names.
  static let words: [String] = byWord.keys.sorted()
}

/// A word of an answer's vocabulary.
enum AnswerField: String, Hashable, Sendable, CaseIterable {
  case refusal, json, sameLanguage = "same_language", citesContext = "cites_context"
  case repeatsQuestion = "repeats_question", schema, answer, length, finish
  case judge, agrees, similar, logprob, http, mix

  /// What a correct use looks like.
  var usage: String {
    switch self {
    case .refusal, .json, .sameLanguage, .citesContext, .repeatsQuestion: rawValue
    case .schema: "schema(\"answer.schema.json\")"
    case .answer: "answer contains \"…\""
    case .length: "length >= 20 chars"
    case .finish: "finish = stop"
    case .judge: "judge(MODEL, \"…\")"
    case .agrees: "agrees(MODEL)"
    case .similar: "similar(\"gold.jsonl\")"
    case .logprob: "logprob(p10)"
    case .http: "http(\"https://…\", higher_is_better)"
    case .mix: "mix(70% GATE, 30% GATE)"
    }
  }

  /// Whether it is a score rather than a yes or no.
  var isScore: Bool {
    switch self {
    case .judge, .agrees, .similar, .logprob, .http, .mix: true
    case .refusal, .json, .sameLanguage, .citesContext, .repeatsQuestion, .schema, .answer,
      .length, .finish:
      false
    }
  }
}
