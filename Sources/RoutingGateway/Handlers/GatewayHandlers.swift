/// Leads each request to the one who answers it.
struct GatewayHandlers: Sendable {
  let chat: ChatHandler
  let embeddings: EmbeddingsHandler
  let decisions: DecisionsHandler
  let feedback: FeedbackHandler
  let models: ModelsHandler
  let state: StateHandler
  let reload: ReloadHandler
  let metrics: MetricsHandler
  let cache: CacheHandler

  func answer(_ exchange: Exchange) async {
    switch exchange.route {
    case .chatCompletions: await chat.answer(exchange)
    case .completions: await chat.answer(exchange, in: .completion)
    case .embeddings: await embeddings.answer(exchange)
    case .decisions: await decisions.answer(exchange)
    case .models: await models.list(exchange)
    case .model: await models.one(exchange)
    case .health: await state.health(exchange)
    case .readiness: await state.readiness(exchange)
    case .reload: await reload.answer(exchange)
    case .metrics: await metrics.answer(exchange)
    case .feedback: await feedback.answer(exchange)
    case .cache: await cache.stats(exchange)
    case .cacheAnswers: await cache.answers(exchange)
    case .cachePurge: await cache.purge(exchange)
    }
  }
}
