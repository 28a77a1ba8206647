package import PolicyGraph

/// A concrete request that is in a region: read back before it was handed out, never believed.
package struct Witness: Sendable {
  package let draft: RequestDraft
  /// The request as the policy reads it that was asked about; for the other one of two see
  /// ``RequestDraft/input(for:)``.
  package let input: RequestInput
  /// What the analysis knows nothing of but its outcome and the region depends on: classifiers by
  /// name, patterns as `/…/`, features by name; sorted.
  package let leansOn: [String]
}

/// What a search for a witness comes to.
package enum WitnessSearch: Sendable {
  /// Proved: no request is in the region.
  case empty
  case found(Witness)
  /// No request could be built, though none of the ties forbids one: the tests that stood in the
  /// way, as a policy writes them.
  case notBuilt(tests: [String])

  /// The witness, or nil if the region is proved empty; a request that could not be built is no
  /// answer.
  package func get() throws(NotDecided) -> Witness? {
    switch self {
    case .empty: nil
    case .found(let witness): witness
    case .notBuilt(let tests): throw .noRequest(tests: tests)
    }
  }
}

/// Builds and reads requests for one space; made once and kept.
final class WitnessMaker {
  let builder: RequestBuilder
  let readers: [RequestReader]

  init(_ space: FieldSpace, _ graphs: [DecisionGraph]) {
    let probes = TextProbes(space)
    builder = RequestBuilder(space, graphs, probes)
    readers = graphs.map { RequestReader(space, $0, probes) }
  }

  /// The cells of a request as every policy of the space reads it; nil if two read it differently,
  /// or if all refuse it.
  ///
  /// A policy that refuses a request for its facts looks at no condition, so where two are compared
  /// the other one's reading stands for both.
  func cells(of draft: RequestDraft) -> DiagramModel? {
    var cells: DiagramModel?
    for (reader, graph) in zip(readers, builder.graphs) {
      let read: DiagramModel
      do throws(RequestReader.Failure) {
        read = try reader.cells(of: draft.input(for: graph))
      } catch {
        if case .refused = error, readers.count > 1 { continue }
        return nil
      }
      guard var joined = cells else {
        cells = read
        continue
      }
      for (level, cell) in read.cells.enumerated() where cell >= 0 {
        if joined.cells[level] >= 0, joined.cells[level] != cell { return nil }
        joined.cells[level] = cell
      }
      cells = joined
    }
    return cells
  }
}
