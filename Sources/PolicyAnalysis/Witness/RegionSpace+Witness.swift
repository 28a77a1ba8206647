package import PolicyGraph
import PolicySemantics

extension RegionSpace {
  /// How many requests are tried before a region is given up.
  private static let mostTries = 16
  /// The same once requests have taken long to build.
  private static let tiredTries = 2

  /// A request in a region, as plain as can be.
  ///
  /// Certified: its cells, read as the evaluator reads them, are in the region. Each assignment
  /// that cannot be built is taken out of the region before the next is tried, so that different
  /// words, samples of patterns and fields get their turn.
  package func witness(
    in region: Diagram, policy: Int = 0
  ) throws(DiagramsTooLarge) -> WitnessSearch {
    var left = region
    var stuck: [Int] = []
    var tries = 0
    while tries < (witnesses.builder.isTired ? Self.tiredTries : Self.mostTries) {
      guard let (rest, model) = try feasible(left) else {
        return stuck.isEmpty ? .empty : .notBuilt(tests: words(ofTests: stuck))
      }
      left = rest
      var culprits: [Int] = []
      // Other words may do where the first did not; most often they do not, so twice is enough.
      for variation in 0..<2 {
        tries += 1
        switch attempt(model, variation + tries / 4 * 2, region, policy) {
        case .success(let witness): return .found(witness)
        case .failure(let failure): culprits = failure.levels
        }
      }
      if stuck.isEmpty { stuck = culprits }
      left = try store.minus(left, try cube(model.only(culprits)))
    }
    return .notBuilt(tests: words(ofTests: stuck))
  }

  private func attempt(
    _ model: DiagramModel, _ variation: Int, _ region: Diagram, _ policy: Int
  ) -> Result<Witness, RequestBuilder.Failure> {
    let draft: RequestDraft
    do throws(RequestBuilder.Failure) {
      draft = try witnesses.builder.request(of: model, variation: variation)
    } catch {
      return .failure(error)
    }
    guard let cells = witnesses.cells(of: draft) else {
      return .failure(RequestBuilder.Failure(levels: model.assigned))
    }
    guard store.contains(region, cells) else {
      let differs = model.assigned.filter { model.cells[$0] != cells.cells[$0] }
      let texts = differs.contains { space.variables[$0].field.isOfTexts }
      let culprits = model.assigned.filter {
        differs.contains($0) || texts && space.variables[$0].field.isOfTexts
      }
      return .failure(RequestBuilder.Failure(levels: culprits))
    }
    return .success(
      Witness(draft: draft, input: draft.input(for: graphs[policy]), leansOn: leans(region)))
  }

  /// The cells of a request, as every policy of the space reads them; nil if one refuses it or two
  /// read it differently.
  package func cells(of draft: RequestDraft) -> DiagramModel? { witnesses.cells(of: draft) }

  /// The cells of a request as one policy reads them.
  package func cells(
    of input: RequestInput, policy: Int = 0
  ) throws(RequestReader.Failure) -> DiagramModel {
    try witnesses.readers[policy].cells(of: input)
  }

  private func leans(_ region: Diagram) -> [String] {
    let names = store.support(of: region).compactMap { level -> String? in
      let field = space.variables[level].field
      if case .classifier(let name) = field { return name }
      if case .text(_, .matches(let pattern)) = field { return "/\(pattern)/" }
      if case .text(_, .has(let feature)) = field { return feature.rawValue }
      return nil
    }
    return Set(names).sorted()
  }

  /// The tests of texts among some levels, as a policy writes them; those the analysis knows least
  /// of first.
  ///
  /// Without any, the fields.
  private func words(ofTests levels: [Int]) -> [String] {
    let fields = levels.map { space.variables[$0].field }
    let opaque = fields.filter {
      if case .text(_, let probe) = $0 { probe.isOpaque } else { false }
    }
    var seen: Set<String> = []
    return (opaque.isEmpty ? fields : opaque).map(\.words).filter { seen.insert($0).inserted }
  }
}

extension DiagramModel {
  /// The levels that have a cell.
  var assigned: [Int] { cells.indices.filter { cells[$0] >= 0 } }

  /// The same cells at some of the levels only; all of them if none of those has one.
  func only(_ levels: [Int]) -> DiagramModel {
    var kept = DiagramModel(cells: Array(repeating: -1, count: cells.count))
    for level in levels { kept.cells[level] = cells[level] }
    return kept.assigned.isEmpty ? self : kept
  }
}
