/// What other routers and their callers call the fields of a request.
enum BorrowedName {
  /// The field or declared name that is meant; nil if it is nobody's word for one of these.
  static func meaning(of word: String, among candidates: [String]) -> String? {
    let word = word.lowercased()
    if let field = fields[word], candidates.contains(field) { return field }
    // `metadata.plan` is the fact `plan`, `request.model` the field.
    guard let dot = word.firstIndex(of: "."), owners.contains(String(word[..<dot])) else {
      return nil
    }
    let inner = String(word[word.index(after: dot)...])
    return candidates.contains(inner)
      ? inner : fields[inner].flatMap { candidates.contains($0) ? $0 : nil }
  }

  private static let owners: Set<String> = [
    "metadata", "facts", "fact", "request", "body", "user", "headers", "header", "input", "req",
  ]

  private static let fields: [String: String] = [
    "tokens": "prompt.tokens", "input_tokens": "prompt.tokens", "prompt_tokens": "prompt.tokens",
    "context_length": "prompt.tokens", "prompt_length": "prompt.tokens",
    "text": "question", "message": "question", "content": "question", "input": "question",
    "query": "question", "last_message": "question", "user_message": "question",
    "history": "context", "documents": "context", "instructions": "system",
    "system_prompt": "system", "time": "hour", "day": "weekday", "lang": "language",
    "user_id": "user", "tenant_id": "tenant", "org": "tenant", "organization": "tenant",
    "customer": "tenant", "api_key": "key", "session": "conversation", "thread": "conversation",
    "conversation_id": "conversation", "response_format": "format", "category": "task",
    "intent": "task", "task_type": "task", "kind": "task", "turns": "turn",
  ]
}
