import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingRuntime

/// The pieces two policies differ on, put together to changes, each with a request that shows it.
struct Findings {
  private(set) var changes: [PolicyChange] = []
  /// Of each change all requests it touches, as far as the requests alone tell.
  private(set) var diagrams: [Diagram] = []
  private(set) var renamed: [(old: String, new: String)] = []
  /// Requests that another route treats the same.
  private(set) var rerouted: [PolicyChange] = []
  private let regions: RegionSpace
  private let describer: RegionDescriber
  private let detail: ChangeDetail
  private var deciders: (old: Decider, new: Decider)?

  init(
    in regions: RegionSpace, lineLimit: Int, detail: ChangeDetail,
    deciders: (old: Decider, new: Decider)?
  ) throws(DiagramsTooLarge) {
    self.regions = regions
    self.detail = detail
    self.deciders = deciders
    describer = RegionDescriber(regions: regions, lineLimit: lineLimit)
    var finder = try DifferenceFinder(regions)
    try finder.find()
    for group in try merged(finder.pieces) { try add(group) }
    for (change, region) in try BudgetDifference(regions: regions).find() {
      try add([DifferencePiece(old: nil, new: nil, changes: [change], region: region)])
    }
    for (change, region) in try AskedDifference(regions: regions).find() {
      try add([DifferencePiece(old: nil, new: nil, changes: [change], region: region)])
    }
    try addRefusals(finder.mayRefuse)
    renamed = finder.renamed.map { (finder.old.name($0.old), finder.new.name($0.new)) }
    for pieces in Dictionary(
      grouping: finder.rerouted, by: { PolicyChange.RoutePair(old: $0.old, new: $0.new) }
    ).values.sorted(by: { $0[0].places < $1[0].places }) {
      if let change = try change(pieces, evenIfRefused: true)?.change { rerouted.append(change) }
    }
  }

  /// Who refuses hangs on what is spent and how large a request is, not on where it lies.
  private mutating func addRefusals(
    _ mayRefuse: [(piece: DifferencePiece, names: RefuserNames)]
  ) throws(DiagramsTooLarge) {
    let (old, new) = (regions.graphs[0].policy, regions.graphs[1].policy)
    let facts = OrderBlock.blocks(old.facts.map(\.name), new.facts.map(\.name))
    let budgets = OrderBlock.blocks(old.budgets.map(\.name), new.budgets.map(\.name))
    if facts.isEmpty, budgets.isEmpty, mayRefuse.isEmpty { return }
    let refusals = RefusalChanges(regions: regions, describer: describer, deciders: asked())
    for change in try refusals.find(facts: facts, budgets: budgets, mayRefuse) {
      diagrams.append(.never)
      changes.append(change)
    }
  }

  /// Those that make the decisions; made when the first is asked for.
  private mutating func asked() -> (old: Decider, new: Decider) {
    let asked = deciders ?? (Decider(regions.graphs[0]), Decider(regions.graphs[1]))
    deciders = asked
    return asked
  }

  // MARK: Merging

  private struct Signature: Hashable {
    let changes: [AspectChange]
    let isRerouted: Bool
  }

  /// Pieces that change alike stand together, in the order of the old policy.
  private func merged(
    _ pieces: [DifferencePiece]
  ) throws(DiagramsTooLarge) -> [[DifferencePiece]] {
    var places: [Signature: Int] = [:]
    var groups: [[DifferencePiece]] = []
    for piece in pieces {
      let signature = Signature(
        changes: piece.changes, isRerouted: try isRerouted(piece.old, piece.new))
      if let place = places[signature] {
        groups[place].append(piece)
      } else {
        places[signature] = groups.count
        groups.append([piece])
      }
    }
    return groups
  }

  /// Whether another route takes the requests, and not the same one under a new name.
  private func isRerouted(
    _ before: RouteID?, _ after: RouteID?
  ) throws(DiagramsTooLarge) -> Bool {
    guard let before, let after else { return false }
    let (old, new) = (regions.graphs[0].policy, regions.graphs[1].policy)
    let names = (old[before].name, new[after].name)
    if names.0 == names.1 { return false }
    let isGone = !new.routes.contains { $0.name == names.0 }
    let isNew = !old.routes.contains { $0.name == names.1 }
    guard isGone, isNew else { return true }
    let condition = try regions.holds(.route(before), in: 0)
    return try regions.holds(.route(after), in: 1) != condition
  }

  private mutating func add(_ pieces: [DifferencePiece]) throws(DiagramsTooLarge) {
    guard let (change, region) = try change(pieces) else { return try addRefused(pieces) }
    diagrams.append(region)
    changes.append(change)
    guard !pieces.allSatisfy({ $0.old == nil && $0.new == nil }) else { return }
    for fit in FitChanges(regions: regions, deciders: asked()).find(beside: change, in: region) {
      // Which of the region's requests they are hangs on what they need, not on where they lie.
      diagrams.append(.never)
      changes.append(fit)
    }
  }

  /// Requests that both policies refuse for want of an ability: nothing is done otherwise, but where
  /// another route takes them it is another that refuses.
  private mutating func addRefused(_ pieces: [DifferencePiece]) throws(DiagramsTooLarge) {
    for piece in pieces where try isRerouted(piece.old, piece.new) {
      let alike = DifferencePiece(old: piece.old, new: piece.new, changes: [], region: piece.region)
      if let change = try change([alike], evenIfRefused: true)?.change { rerouted.append(change) }
    }
  }

  /// What some pieces say together, and its region; nil if no request shows it.
  private mutating func change(
    _ pieces: [DifferencePiece], evenIfRefused: Bool = false
  ) throws(DiagramsTooLarge) -> (change: PolicyChange, region: Diagram)? {
    guard let first = pieces.first else { return nil }
    var region = Diagram.never
    for piece in pieces { region = try regions.store.or(region, piece.region) }
    guard let evidence = try evidence(in: region, pieces, evenIfRefused: evenIfRefused) else {
      return nil
    }
    var routes: [PolicyChange.RoutePair] = []
    for piece in pieces where piece.old != nil || piece.new != nil {
      let pair = PolicyChange.RoutePair(old: piece.old, new: piece.new)
      if !routes.contains(pair) { routes.append(pair) }
    }
    let kinds = try kinds(first.changes, routes, evidence)
    let description =
      switch detail {
      case .full: try describer.describe(pieces)
      case .request: RegionDescription(lines: [], isWhole: false)
      }
    let change = PolicyChange(
      routes: routes, aspects: first.changes, kinds: kinds, region: description,
      evidence: evidence)
    return (change, region)
  }

  // MARK: Showing it

  /// A request that shows a change; nil if there is none.
  ///
  /// Where both policies refuse it, as no model of theirs can do what it needs, it shows nothing:
  /// then one that needs less is sought. Abilities are the catalog's, so if every request of the
  /// region needs as much, both refuse them all.
  private mutating func evidence(
    in region: Diagram, _ pieces: [DifferencePiece], evenIfRefused: Bool
  ) throws(DiagramsTooLarge) -> PolicyChange.Evidence? {
    var left = region
    for _ in 0..<3 {
      let witness: Witness
      switch try regions.witness(in: left, policy: pieces.first?.new == nil ? 0 : 1) {
      case .empty: return nil
      case .notBuilt(let tests): return .notBuilt(tests: tests)
      case .found(let found): witness = naming(found, region, pieces)
      }
      let shown = withTools(show(witness, region, pieces), region, pieces)
      guard case .witness(let pair) = shown, !evenIfRefused else { return shown }
      guard let before = pair.old.lacking(in: regions.graphs[0].policy),
        let after = pair.new.lacking(in: regions.graphs[1].policy),
        let ability = before.union(after).min(by: { $0.rawValue < $1.rawValue })
      else { return shown }
      left = try regions.store.and(left, try requests(withoutNeedOf: ability))
    }
    return nil
  }

  /// The same request for a model of the catalog, where what is requested makes the difference.
  private func naming(
    _ witness: Witness, _ region: Diagram, _ pieces: [DifferencePiece]
  ) -> Witness {
    let changes = pieces.first?.changes ?? []
    let isRequested = changes.contains {
      $0.aspect == .first
        && ($0.old ?? "").hasPrefix("requested")
          != ($0.new ?? "").hasPrefix("requested")
    }
    guard isRequested, witness.draft.model == nil else { return witness }
    let other = changes.first { $0.aspect == .first }.map { [$0.old, $0.new] } ?? []
    for model in regions.graphs.flatMap(\.policy.vocabulary.models)
    where !other.contains(model.name) {
      var draft = witness.draft
      draft.model = model.name
      guard let cells = regions.cells(of: draft), regions.store.contains(region, cells) else {
        continue
      }
      let side = pieces.first?.new == nil ? 0 : 1
      return Witness(
        draft: draft, input: draft.input(for: regions.graphs[side]), leansOn: witness.leansOn)
    }
    return witness
  }

  /// The same request with a tool, where tools are what is treated otherwise and one of the policies
  /// serves it.
  private mutating func withTools(
    _ shown: PolicyChange.Evidence, _ region: Diagram, _ pieces: [DifferencePiece]
  ) -> PolicyChange.Evidence {
    guard case .witness(let plain) = shown, plain.witness.draft.toolNames.isEmpty,
      pieces.first?.changes.contains(where: { $0.aspect == .tools }) == true
    else { return shown }
    var draft = plain.witness.draft
    draft.toolNames = ["look_up"]
    guard let cells = regions.cells(of: draft), regions.store.contains(region, cells) else {
      return shown
    }
    let witness = Witness(
      draft: draft, input: draft.input(for: regions.graphs[0]), leansOn: plain.witness.leansOn)
    let needy = show(witness, region, pieces)
    guard case .witness(let pair) = needy, pair.old.isServed || pair.new.isServed else {
      return shown
    }
    return needy
  }

  /// The requests that do not need an ability.
  private func requests(
    withoutNeedOf ability: Capability
  ) throws(DiagramsTooLarge) -> Diagram {
    let field: AnalysisField
    switch ability {
    case .images: field = .images
    case .tools: field = .tools
    case .json, .jsonSchema: field = .format
    // No request needs these of a model.
    case .text, .streaming, .logprobs, .reasoning: return .never
    }
    // Without such a field the plainest request would have needed nothing.
    guard let level = regions.space.level(of: field) else { return .never }
    let cells = regions.space.variables[level].cells
    let free = cells.indices.filter { cells[$0].holds(0) || cells[$0] == .label("text") }
    return try regions.store.literal(level: level, cells: FieldVariable.runs(free))
  }

  /// Puts a request to both policies.
  ///
  /// What the deciders say has to be what the pieces say, else the request shows nothing.
  private mutating func show(
    _ witness: Witness, _ region: Diagram, _ pieces: [DifferencePiece]
  ) -> PolicyChange.Evidence {
    let deciders = asked()
    let old = DifferenceWitness.Outcome(witness.draft, deciders.old)
    let new = DifferenceWitness.Outcome(witness.draft, deciders.new)
    let shows = pieces.contains { piece in
      if piece.old == nil, piece.new == nil { return true }
      return old.isTaken(by: piece.old) && new.isTaken(by: piece.new)
    }
    guard shows else { return .notBuilt(tests: witness.leansOn) }
    let base = DifferenceWitness.CostShift(old: old.worst, new: new.worst, extraCharacters: 0)
    let cost = base.kinds.isEmpty ? longer(witness.draft, region, deciders) ?? base : base
    return .witness(DifferenceWitness(witness: witness, old: old, new: new, cost: cost))
  }

  /// A longer request of the region on which the worst cases differ: a bound that is never reached
  /// by a short one, prices that rise with the length.
  private func longer(
    _ draft: RequestDraft, _ region: Diagram, _ deciders: (old: Decider, new: Decider)
  ) -> DifferenceWitness.CostShift? {
    guard detail == .full, let last = draft.messages.lastIndex(where: { $0.role == .user }) else {
      return nil
    }
    var found: DifferenceWitness.CostShift?
    for words in Self.longer {
      var long = draft
      let text = String(repeating: DifferenceWitness.filler, count: words)
      long.messages[last].text += text
      guard let cells = regions.cells(of: long), regions.store.contains(region, cells) else {
        continue
      }
      let shift = DifferenceWitness.CostShift(
        old: DifferenceWitness.Outcome(long, deciders.old).worst,
        new: DifferenceWitness.Outcome(long, deciders.new).worst,
        extraCharacters: text.count)
      if shift.kinds.contains(.dearer) { return shift }
      if found == nil, !shift.kinds.isEmpty { found = shift }
    }
    return found
  }

  /// Words that are added to a question.
  private static let longer = [400, 1_500, 3_500, 20_000]

  // MARK: Kinds

  private func kinds(
    _ aspects: [AspectChange], _ routes: [PolicyChange.RoutePair],
    _ evidence: PolicyChange.Evidence
  ) throws(DiagramsTooLarge) -> Set<ChangeKind> {
    var kinds = Set(aspects.map { ChangeKind($0.aspect) })
    for aspect in aspects {
      switch aspect.aspect {
      case .refusal where aspect.new == nil:
        kinds.remove(.refused)
        kinds.insert(.served)
      case .place:
        let before = Set((aspect.old ?? "").split(separator: ", "))
        let after = Set((aspect.new ?? "").split(separator: ", "))
        if !after.isSubset(of: before) { kinds.insert(.wider) }
      case .refusal, .first, .split, .ladder, .gates, .fallback, .cache, .compression,
        .parameters, .system, .tools, .batch, .stop, .stick, .shadow, .budgets, .classifiers,
        .price,
        .models:
        continue
      }
    }
    for pair in routes where try isRerouted(pair.old, pair.new) { kinds.insert(.rerouted) }
    // Which arm a caller gets changes his costs, not the policy's.
    let isCallers = aspects.allSatisfy { $0.aspect == .split }
    if case .witness(let witness) = evidence, !isCallers { kinds.formUnion(witness.cost.kinds) }
    return kinds
  }
}

extension DifferenceWitness.Outcome {
  /// The abilities for want of which calls were dropped, if no call is left for that and because of
  /// guards alone; nil if the request was served, or refused for anything else.
  fileprivate func lacking(in policy: CheckedPolicy) -> Set<Capability>? {
    guard case .decided(let decision) = self, case .refused(.emptied) = decision.outcome else {
      return nil
    }
    var lacking: Set<Capability> = []
    var namesUnknown = false
    for call in decision.plan.calls where call.step.answers {
      switch call.dropReason {
      case .lacks(let ability): lacking.insert(ability)
      // Images nobody can price are as good as images nobody can read.
      case .unboundedImages, .unboundedTokens: lacking.insert(.images)
      case .notInCatalog: namesUnknown = true
      case .keptOut: continue
      case .windowTooSmall, .tooLittleLeft, .tooFewTokensLeft, .unknownPrice, .tierDropped,
        .lineDoesNotApply, nil:
        return nil
      }
    }
    // Another request may name a model that can.
    if namesUnknown,
      policy.vocabulary.models.contains(where: { $0.capabilities.contains(any: lacking) })
    {
      return nil
    }
    return lacking
  }

  fileprivate var isServed: Bool {
    guard case .decided(let decision) = self, case .route = decision.outcome else { return false }
    return true
  }

  /// Whether a route takes the request; nil stands for a refusal before any route.
  fileprivate func isTaken(by route: RouteID?) -> Bool {
    switch self {
    case .decided(let decision): route != nil && decision.route == route
    case .refused: route == nil
    }
  }
}

extension DifferenceWitness.CostShift {
  /// Dearer or cheaper, or neither.
  var kinds: Set<ChangeKind> {
    switch (old, new) {
    case (.known(let before), .known(let after)):
      after > before ? [.dearer] : after < before ? [.cheaper] : []
    case (.known, .unknown): [.dearer]
    case (.unknown, .known): [.cheaper]
    case (.unknown, .unknown): []
    }
  }
}

extension Set<Capability> {
  fileprivate func contains(any others: Set<Capability>) -> Bool {
    others.isEmpty || !isDisjoint(with: others)
  }
}

extension DifferencePiece {
  /// Where its routes stand, to put pieces in order.
  fileprivate var places: (Int, Int) { (old?.index ?? -1, new?.index ?? -1) }
}
