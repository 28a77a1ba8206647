/// Leads each request to the one who answers it.
///
/// A class: every request under way holds it.
final class GatewayHandlers: Sendable {
  let chat: ChatHandler
  let embeddings: EmbeddingsHandler
  let decisions: DecisionsHandler
  let feedback: FeedbackHandler
  let models: ModelsHandler
  let state: StateHandler
  let reload: ReloadHandler
  let metrics: MetricsHandler
  let cache: CacheHandler

  init(
    chat: ChatHandler, embeddings: EmbeddingsHandler, decisions: DecisionsHandler,
    feedback: FeedbackHandler, models: ModelsHandler, state: StateHandler, reload: ReloadHandler,
    metrics: MetricsHandler, cache: CacheHandler
  ) {
    self.chat = chat
    self.embeddings = embeddings
    self.decisions = decisions
    self.feedback = feedback
    self.models = models
    self.state = state
    self.reload = reload
    self.metrics = metrics
    self.cache = cache
  }

  func answer(_ exchange: Exchange) async {
    switch exchange.route {
    case .chatCompletions: await chat.answer(exchange)
    case .completions: await chat.answer(exchange, in: .completion)
    case .embeddings: await embeddings.answer(exchange)
    case .decisions, .models, .model, .health, .readiness, .reload, .metrics, .feedback, .cache,
      .cacheAnswers, .cachePurge:
      // A policy compiles, a disk is searched: the connections of this task's loop do not wait for it.
      await withTaskExecutorPreference(globalConcurrentExecutor) { await answerAtOnce(exchange) }
    }
  }

  /// What is never a stream; a function of its own, so that no stream holds what these need.
  @inline(never)
  private func answerAtOnce(_ exchange: Exchange) async {
    switch exchange.route {
    case .chatCompletions, .completions, .embeddings: return
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
