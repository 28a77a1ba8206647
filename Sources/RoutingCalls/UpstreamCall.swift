import HTTPUpstream
import OpenAIWire
import PolicySemantics
import PolicySyntax
import PolicyUnits
import RoutingCatalog
import RoutingRuntime

/// One call as it is sent: where, with which key, with what changed in the request.
struct UpstreamCall {
  let order: CallOrder
  let deployment: UpstreamDeployment
  let provider: Provider

  init(_ order: CallOrder, _ deployment: UpstreamDeployment, _ provider: Provider) {
    self.order = order
    self.deployment = deployment
    self.provider = provider
  }

  /// The variable whose key the call needs; nil if it needs none.
  func keyVariable(_ settings: CallSettings) -> String? {
    settings.baseURL == nil ? provider.keyVariable : nil
  }

  /// Whether the call needs a key that is not there.
  func lacksKey(_ settings: CallSettings) -> Bool {
    keyVariable(settings).map { settings.key($0) == nil } ?? false
  }

  func base(_ settings: CallSettings) -> String { settings.baseURL ?? provider.baseURL }

  func key(_ settings: CallSettings) -> Secret? {
    keyVariable(settings).flatMap(settings.key)
  }

  func request(
    for chat: ChatRequest, plan: Plan, streaming: Bool, _ key: Secret?, _ settings: CallSettings
  ) -> UpstreamRequest {
    request(
      body: body(for: chat, plan: plan, streaming: streaming), streaming: streaming, key, settings)
  }

  /// The caller's request as this place gets it.
  func body(for chat: ChatRequest, plan: Plan, streaming: Bool) -> [UInt8] {
    chat.body(applying: edits(of: chat, plan, streaming: streaming))
  }

  /// A chat call with this body.
  func request(
    body: [UInt8], streaming: Bool, _ key: Secret?, _ settings: CallSettings
  ) -> UpstreamRequest {
    var headers = [
      UpstreamHeader("content-type", "application/json"),
      UpstreamHeader("accept", accept(streaming)),
    ]
    if let key { headers.append(.bearer(key)) }
    headers += CallHeaders.current.map { UpstreamHeader($0.name, $0.value) }
    return UpstreamRequest(
      .post, base(settings) + "/chat/completions", headers: headers,
      body: body, deadlines: deadlines(streaming: streaming),
      limits: streaming ? UpstreamLimits(buffer: Self.streamBuffer) : UpstreamLimits())
  }

  private func accept(_ streaming: Bool) -> String {
    streaming ? "text/event-stream" : "application/json"
  }

  /// Bytes held for a caller who reads slowly: two tokens, as a gateway may have a thousand of them.
  private static let streamBuffer = 512

  /// How long a stream may be silent that has begun to say something.
  private var silence: Duration { provider.timeouts.silence?.duration ?? .seconds(30) }

  /// The tighter of what the policy and the catalog say.
  ///
  /// A stream that has not said anything yet may be silent for as long as its first byte may take: a
  /// model may think between its head and its first word.
  private func deadlines(streaming: Bool) -> UpstreamDeadlines {
    let standard = UpstreamDeadlines()
    let whole = [order.timeout, provider.timeouts.whole].compactMap(\.self).min()
    let firstByte = provider.timeouts.firstByte.map(\.duration) ?? standard.firstByte
    return UpstreamDeadlines(
      connect: provider.timeouts.connect.map(\.duration) ?? standard.connect,
      firstByte: firstByte, opening: streaming ? order.firstToken?.duration : nil,
      silence: streaming ? silence : nil,
      openingSilence: streaming ? firstByte.map { max($0, silence) } : nil,
      whole: whole.map(\.duration) ?? standard.whole)
  }

  /// What the route and the plan change: model, output cap, parameters, system text, tools.
  private func edits(
    of chat: ChatRequest, _ plan: Plan, streaming: Bool
  ) -> UpstreamEdits {
    var edits = UpstreamEdits(
      model: deployment.upstream, maxTokens: order.maxOutput, stream: streaming,
      // Said to us, and to no provider.
      drops: chat.cache == nil ? [] : ["cache"])
    let step = plan.calls[order.call].step
    edits.reasoningEffort = step.options.effort
    if step.wantsLogprobs { edits.logprobs = true }
    if !step.answers, let asked = chat.maxTokens {
      edits.maxTokens = min(asked, order.maxOutput ?? .max)
    }
    for effect in plan.effects where effect.state == .applies {
      switch effect.kind {
      case .shape(let rule): Self.apply(rule.kind, of: chat, to: &edits)
      case .dropTools: edits.dropsTools = true
      case .exactCache, .reserve, .similarCache, .compress, .calls, .stop, .batch, .shadow, .stick:
        continue
      }
    }
    return edits
  }

  /// `set` wins over the caller, `default` yields to it.
  private static func apply(
    _ kind: ShapeRule.Kind, of chat: ChatRequest, to edits: inout UpstreamEdits
  ) {
    switch kind {
    case .set(.temperature(let value)): edits.temperature = value
    case .set(.topP(let value)): edits.topP = value
    case .set(.seed(let value)): edits.seed = value
    case .byDefault(.temperature(let value)):
      if chat.temperature == nil { edits.temperature = value }
    case .byDefault(.topP(let value)):
      if chat.topP == nil { edits.topP = value }
    case .byDefault(.seed(let value)):
      if chat.seed == nil { edits.seed = value }
    case .system(.prepend, let text): edits.system.append(.prepend(text))
    case .system(.append, let text): edits.system.append(.append(text))
    case .system(.replace, let text): edits.system.append(.replace(text))
    }
  }
}

extension Milliseconds {
  var duration: Duration { .milliseconds(count) }
}
