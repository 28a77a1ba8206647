import PolicySource

/// What a model says to a question that is too hard for it.
struct WeakAnswer {
  private let call: ChatCall
  private let profile: ModelProfile

  init(_ call: ChatCall, _ profile: ModelProfile) {
    self.call = call
    self.profile = profile
  }

  var text: String {
    switch call.format {
    case .json, .schema: "Sure! Here is the JSON you asked for: {\"answer\": \"\(firstWords)"
    case .text: bad
    }
  }

  private var bad: String {
    let luck = StableHash.digest(ofFields: ["weak", profile.name, call.question]).millionth
    return switch luck / 250_000 {
    case 0: "I'm sorry, but I can't help with that."
    case 1: "As an AI language model, I cannot answer that question."
    case 2: "Not sure."
    default: call.question
    }
  }

  private var firstWords: String {
    call.question.split(whereSeparator: { !$0.isLetter }).prefix(4).joined(separator: " ")
  }
}
