import PolicySyntax

/// What `set` and `default` may change, the options of a call, and the choices of small closed lists.
enum ParameterWords {
  static let parameters: [FieldWord] = [
    FieldWord("temperature", .number("a number in 0…2"), "How freely the model chooses its words."),
    FieldWord("top_p", .number("a number in 0…1"), "The share of likely words it chooses from."),
    FieldWord("seed", .count, "The same seed asks for the same answer."),
  ]

  static let options: [FieldWord] = [
    FieldWord(
      "timeout", .number("a duration"), "How long a call may take.", usage: "timeout ${1:10s}"),
    FieldWord(
      "first_token", .number("a duration"), "How long it may take to begin.",
      usage: "first_token ${1:2s}"),
    FieldWord(
      "attempts", .number("a count in 1…3"), "How often a call that fails is tried in all.",
      usage: "attempts ${1:2}"),
    FieldWord(
      "max_output", .counted(.tokens), "The most an answer may have.",
      usage: "max_output ${1:1k} tokens"),
    FieldWord(
      "min_output", .counted(.tokens), "Below this a call is not made; 256 unless said.",
      usage: "min_output ${1:256} tokens"),
    FieldWord(
      "effort", .words(["low", "medium", "high"]), "How long a reasoning model may think."),
  ]

  static let bounds: [FieldWord] = [
    FieldWord(
      "max_budget", .money, "What all calls of the ladder may cost together, judges too.",
      usage: "max_budget = ${1:\\$0.05}"),
    FieldWord(
      "max_time", .number("a duration"), "How long all calls of the ladder may take together.",
      usage: "max_time = ${1:30s}"),
  ]

  static let byWord: [String: FieldWord] = Dictionary(
    (parameters + options + bounds).map { ($0.word, $0) }, uniquingKeysWith: { first, _ in first })
}
