/// What a stand-in is told: its models, and rules that say which calls are answered otherwise.
///
/// Immutable; a new one replaces it whole.
package struct Script: Sendable {
  /// The models it knows of; others are answered too, unless `onlyListed`.
  package var models: [ModelProfile]
  package var onlyListed: Bool
  /// Between the events of a stream.
  package var chunkDelay: Int64
  /// If set, calls without this bearer key get 401.
  package var key: String?
  /// The first that holds is followed.
  package var rules: [Rule]
  /// What becomes of files and batches.
  package var batches: BatchScript

  package init(
    models: [ModelProfile] = ModelProfile.usual, onlyListed: Bool = false, chunkDelay: Int64 = 0,
    key: String? = nil, rules: [Rule] = [], batches: BatchScript = BatchScript()
  ) {
    self.batches = batches
    self.models = models
    self.onlyListed = onlyListed
    self.chunkDelay = chunkDelay
    self.key = key
    self.rules = rules
  }

  /// The listed profile with this name.
  package func profile(named name: String) -> ModelProfile? { models.first { $0.name == name } }

  /// The profile of a model, found by its name or the last part of it; nil if it is not served.
  func profile(of name: String) -> ModelProfile? {
    if let exact = models.first(where: { $0.name == name }) { return exact }
    let wanted = name.lastPart
    if let near = models.first(where: { $0.name.lastPart == wanted }) { return near }
    return onlyListed ? nil : ModelProfile(name)
  }
}

/// A rule of a script: which calls, and what they get.
package struct Rule: Sendable {
  /// Which calls; what is nil matches every call.
  package var model: String?
  /// A text in the question.
  package var contains: String?
  /// Which calls of the model, counted from 1 for each model.
  package var calls: [Int]?
  /// How often the rule is followed before it is spent.
  package var times: Int?

  package var fault: Fault?
  package var answer: String?
  package var finish: String?
  /// The whole body, as it is written here.
  package var body: String?
  /// The status `body` is sent with; 200 if none is named.
  package var status: Int?
  /// The data of each event of a stream, as it is written here; `[DONE]` only if it stands here.
  package var events: [String]?
  /// Before the answer, or the pace of a slow one; in milliseconds.
  package var delay: Int64?
  package var retryAfter: String?

  package init(
    model: String? = nil, contains: String? = nil, calls: [Int]? = nil, times: Int? = nil,
    fault: Fault? = nil, answer: String? = nil, finish: String? = nil, body: String? = nil,
    events: [String]? = nil, delay: Int64? = nil, retryAfter: String? = nil, status: Int? = nil
  ) {
    self.model = model
    self.contains = contains
    self.calls = calls
    self.times = times
    self.fault = fault
    self.answer = answer
    self.finish = finish
    self.body = body
    self.status = status
    self.events = events
    self.delay = delay
    self.retryAfter = retryAfter
  }

  func holds(model: String, question: String, call: Int) -> Bool {
    if let wanted = self.model, wanted != model, wanted.lastPart != model.lastPart { return false }
    if let contains, !question.contains(contains) { return false }
    if let calls, !calls.contains(call) { return false }
    return true
  }
}

/// How a model behaves.
package struct ModelProfile: Hashable, Sendable {
  package let name: String
  /// The share of questions it answers well, in millionths.
  package let quality: Int64
  /// In tokens; a longer prompt is refused.
  package let contextWindow: Int
  /// Whether it thinks before it answers, and bills for that.
  package let reasons: Bool
  /// Before its answer, in milliseconds.
  package let latency: Int64
  /// Whether it answers out of its system text: the model `reader` does.
  package let reads: Bool

  package init(
    _ name: String, quality: Int64 = 952_000, contextWindow: Int = 131_072, reasons: Bool = false,
    latency: Int64 = 0
  ) {
    self.name = name
    self.quality = quality
    self.contextWindow = contextWindow
    self.reasons = reasons
    self.latency = latency
    reads = name == "reader"
  }

  /// The models the field notes speak of.
  ///
  /// Their quality is set so that a ladder of the first three ends as it did over 410,000 measured
  /// requests: 81.4, 13.8 and 4.8 of a hundred.
  package static let usual: [ModelProfile] = [
    ModelProfile("qwen3-8b", quality: 814_000, contextWindow: 32_768),
    ModelProfile("deepseek-v4-flash", quality: 952_000),
    ModelProfile("deepseek-reasoner", quality: 1_000_000, reasons: true),
    ModelProfile("deepseek-coder", quality: 970_000),
    ModelProfile("qwen3-32b", quality: 930_000, contextWindow: 32_768),
    ModelProfile("qwen-mt-turbo", quality: 960_000, contextWindow: 16_384),
    ModelProfile("gpt-4o-mini", quality: 950_000),
    ModelProfile("gpt-4o", quality: 1_000_000),
  ]
}

extension String {
  /// `qwen3-8b` of `Qwen/Qwen3-8B`.
  fileprivate var lastPart: String {
    (split(separator: "/").last.map(String.init) ?? self).lowercased()
  }
}
