import PolicySyntax

/// The fields of a decision, in `expect` and `always`; and of a model, after `where`.
enum DecisionWords {
  static let all: [FieldWord] =
    [
      FieldWord("task", .task, "The task the request has."),
      FieldWord("route", .route, "The route that takes it."),
      FieldWord("first", .model, "The model that is called first."),
      FieldWord("last", .model, "The last model there is to call."),
      FieldWord("calls", .count, "How many calls are planned, attempts included."),
      FieldWord("climbs", .count, "How many answers were rejected before one was taken."),
      FieldWord("answered_by", .model, "The model whose answer is given."),
      FieldWord("cached", .flag, "Whether the answer comes from the cache."),
      FieldWord("refused_by", .refuser, "Who refuses the request."),
      FieldWord("worst_cost", .money, "What it costs at most."),
      FieldWord("expected_cost", .money, "What it is expected to cost."),
    ] + ends

  static let byWord: [String: FieldWord] = Dictionary(
    all.map { ($0.word, $0) }, uniquingKeysWith: { first, _ in first })

  /// What a promise about all requests cannot speak of.
  static let ofAnsweredRequest: Set<String> = ["answered_by", "climbs", "cached"]

  /// After `where`.
  static let model: [FieldWord] = fields(of: "model")

  private static let ends = fields(of: "first") + fields(of: "last")

  static let modelByWord: [String: FieldWord] = Dictionary(
    model.map { ($0.word, $0) }, uniquingKeysWith: { first, _ in first })

  private static func fields(of end: String) -> [FieldWord] {
    [
      FieldWord("\(end).name", .model, "The model's name in the catalog."),
      FieldWord("\(end).provider", .ofCatalog(.provider), "Who runs it."),
      FieldWord("\(end).region", .ofCatalog(.region), "Where it runs."),
      FieldWord("\(end).tag", .ofCatalog(.tag), "A tag the catalog gives it."),
      FieldWord("\(end).window", .counted(.tokens), "Tokens of prompt and answer together."),
      FieldWord("\(end).input_price", .price, "What a token of the prompt costs."),
      FieldWord("\(end).output_price", .price, "What a token of the answer costs."),
    ]
  }
}
