import PolicySemantics

/// The fields of an answer, in a gate; and of a running answer, in `stop`.
enum AnswerWords {
  static func isField(_ word: String) -> Bool { byWord[word] != nil }

  static let byWord: [String: FieldWord] = Dictionary(
    all.map { ($0.word, $0) }, uniquingKeysWith: { first, _ in first })

  static let all: [FieldWord] = [
    FieldWord("refusal", .flag, "The answer declines to answer."),
    FieldWord("json", .flag, "The answer is JSON."),
    FieldWord("same_language", .flag, "The answer is in the language of the question."),
    FieldWord("cites_context", .flag, "The answer quotes from the context."),
    FieldWord("repeats_question", .flag, "The answer says little more than the question."),
    FieldWord(
      "schema", .flag, "The answer is JSON that fits a schema.",
      usage: "schema(\"${1:answer.schema.json}\")"),
    FieldWord(
      "answer", .text,
      "The answer's text. Tested with `mentions`, `contains`, `starts with`, `matches` and `has`."),
    FieldWord("length", .length, "How long the answer is.", usage: "length >= ${1:20} chars"),
    FieldWord(
      "finish", .words(FinishReason.allCases.map(\.rawValue)), "Why the answer ended."),
    FieldWord(
      "judge", .score, "What a model says of the answer, asked a question about it. It is a call.",
      usage: "judge(${1:model}, \"${2:Does the answer say what was asked?}\")"),
    FieldWord(
      "agrees", .score, "How far a second model's answer agrees. It is a call.",
      usage: "agrees(${1:model})"),
    FieldWord(
      "similar", .score, "How near the answer is to the nearest in a file of good ones.",
      usage: "similar(\"${1:gold.jsonl}\")"),
    FieldWord(
      "logprob", .score, "The log-probability at a percentile of the answer's tokens.",
      usage: "logprob(${1:p10})"),
    FieldWord(
      "http", .score, "What a service of yours says of the answer.",
      usage: "http(\"${1:https://}\", ${2:higher_is_better})"),
    FieldWord(
      "mix", .score, "Several scores weighted; the shares are 100% together.",
      usage: "mix(${1:70%} ${2:good}, ${3:30%} ${4:cited})"),
  ]

  static let running: [FieldWord] = [
    FieldWord("answer", .text, "The text of the answer so far."),
    FieldWord("json_complete", .flag, "The answer so far is a whole JSON value."),
    FieldWord("repeating", .flag, "The answer has begun to repeat itself."),
  ]
}
