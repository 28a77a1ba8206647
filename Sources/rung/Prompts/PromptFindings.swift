import ContextCompression
import PolicyCompiler
import PolicySemantics
import PolicySyntax
import PolicyUnits
import PolicyWorkspace
import RoutingRuntime

/// What is known of a prompt and its shorter version.
struct PromptFindings {
  /// Of the original.
  let path: String
  /// Where the shorter version is, or would be; nil if it has no place.
  let output: String?
  let prompts: PromptPair
  let origin: Origin
  let policy: CheckedPolicy
  var loss = FactLoss(from: "", to: "")
  /// Of the routes that use it, in the catalog's order.
  var models: [ModelEntry] = []
  /// Whether a route replaces its system prompt by the shorter version already.
  var replaces = false
  var trial: PromptTrial?
  var savings: PromptSavings?
  var requestsPerDay: Int64?

  enum Origin {
    /// Somebody's file.
    case written(String)
    case proposed(String, CallCost)
    /// White space, and what stands there twice.
    case lossless
  }

  /// The files that hold the prompt in a policy: the original and the shorter version.
  var names: [String] { [path] + (output.map { [$0] } ?? []) }

  var isShorter: Bool { prompts.shorter != prompts.original }

  /// What `--strict` does not let pass: a span lost or new, a gold request lost or not answered.
  var isLossy: Bool {
    !loss.lost.isEmpty || !loss.added.isEmpty
      || trial.map { !$0.lost.isEmpty || !$0.unanswered.isEmpty } ?? false
  }
}

/// The models a prompt reaches: those of the routes that replace the system prompt by it, else of all
/// routes that leave the callers' own.
struct PromptReaders {
  let models: [ModelEntry]

  init(_ compilation: PolicyCompilation, _ policy: CheckedPolicy, names: [String]) {
    let wanted = Set(names.map(PromptDesk.standard))
    let texts = Set(
      compilation.replacingFiles.filter { wanted.contains(PromptDesk.standard($0)) }
        .compactMap { compilation.kept.bytes(of: $0) }.map { String(decoding: $0, as: UTF8.self) })
    var named: Set<ModelID> = []
    var left: Set<ModelID> = []
    for route in policy.routes {
      for (use, shapes) in route.arms {
        let replacement = shapes.compactMap { shape -> String? in
          guard case .system(.replace, let text) = shape.kind else { return nil }
          return text
        }.last
        let reached = use.models(in: policy)
        if let replacement {
          if texts.contains(replacement) { named.formUnion(reached) }
        } else {
          left.formUnion(reached)
        }
      }
    }
    let reached = named.isEmpty ? left : named
    models = reached.sorted { $0.index < $1.index }.map { policy[$0] }
  }
}

extension CheckedRoute {
  /// What each of its arms uses, with the shapes that hold for it.
  fileprivate var arms: [(CheckedUse, [ShapeRule])] {
    let own = effects.compactMap { effect -> ShapeRule? in
      if case .shape(let rule) = effect { rule } else { nil }
    }
    switch action {
    case .use(let use): return [(use, own)]
    case .split(let split): return split.arms.map { ($0.use, own + $0.shapes) }
    case .refuse: return []
    }
  }
}

extension CheckedUse {
  /// All it may call for an answer; what a caller may name is the caller's to say.
  fileprivate func models(in policy: CheckedPolicy) -> [ModelID] {
    ([target] + fallbacks.map(\.target)).flatMap { target -> [ModelID] in
      switch target.kind {
      case .model(let model): [model]
      case .ladder(let id): policy[id].tiers.map(\.model)
      case .requested: []
      }
    }
  }
}
