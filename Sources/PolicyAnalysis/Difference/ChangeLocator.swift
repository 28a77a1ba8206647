package import PolicyGraph
package import PolicySemantics

/// Finds the change a request falls under, by the exact regions.
///
/// Of a request that is known in part it answers only where what is not known cannot matter. It keeps
/// the diagrams of one question; asking the comparison another one takes nothing from it.
package final class ChangeLocator {
  package enum Place: Hashable, Sendable {
    /// By its number among the changes that are shown: the first that touches the request.
    case change(Int)
    case unchanged
    /// What is not known of the request decides.
    case unclear
  }

  private struct Part {
    let place: Place
    /// What no part before it has.
    let region: Diagram
  }

  private struct Routes: Hashable {
    let old: RouteID?
    let new: RouteID?
  }

  private let regions: RegionSpace
  private let readers: [RequestReader]
  private var parts: [Part] = []
  private var known: [Routes: [Part]] = [:]

  init(_ regions: RegionSpace, _ found: Findings) throws(DiagramsTooLarge) {
    self.regions = regions
    readers = regions.graphs.map { RequestReader(regions.space, $0) }
    var rest = Diagram.always
    var number = 0
    for (change, region) in zip(found.changes, found.diagrams) {
      var place = Place.unclear
      if case .witness = change.evidence {
        place = .change(number)
        number += 1
      }
      // A change nobody built a request for is not shown.
      parts.append(Part(place: place, region: try regions.store.and(region, rest)))
      rest = try regions.store.minus(rest, region)
    }
    parts.append(Part(place: .unchanged, region: rest))
  }

  /// `routes` are those the evaluator gave it to, where that is known: of a request whose texts are gone
  /// they tell what was in them.
  package func place(
    old: (input: RequestInput, known: RequestReader.KnownParts),
    new: (input: RequestInput, known: RequestReader.KnownParts),
    routes: (old: RouteID?, new: RouteID?)
  ) -> Place {
    var cells: DiagramModel?
    for (reader, side) in zip(readers, [old, new]) {
      let read: DiagramModel
      do throws(RequestReader.Failure) {
        read = try reader.cells(of: side.input, knowing: side.known)
      } catch {
        // A policy that refuses it for its facts looks at no condition.
        if case .refused = error { continue }
        return .unclear
      }
      guard var joined = cells else {
        cells = read
        continue
      }
      for (level, cell) in read.cells.enumerated() where cell >= 0 {
        guard joined.cells[level] < 0 || joined.cells[level] == cell else { return .unclear }
        joined.cells[level] = cell
      }
      cells = joined
    }
    guard let cells else { return .unclear }
    let possible = parts(for: Routes(old: routes.old, new: routes.new)).filter {
      regions.store.contains($0.region, cells)
    }
    guard let first = possible.first, possible.allSatisfy({ $0.place == first.place }) else {
      return .unclear
    }
    return first.place
  }

  /// The parts of what goes these ways; all of each where that would be too large to say.
  private func parts(for routes: Routes) -> [Part] {
    if let found = known[routes] { return found }
    let found = (try? narrowed(to: routes)) ?? parts
    known[routes] = found
    return found
  }

  private func narrowed(to routes: Routes) throws(DiagramsTooLarge) -> [Part] {
    regions.store.startCounting(upTo: 1_000_000)
    var region = Diagram.always
    if let route = routes.old { region = try regions.decides(route, in: 0) }
    if let route = routes.new {
      region = try regions.store.and(region, try regions.decides(route, in: 1))
    }
    var narrowed: [Part] = []
    for part in parts {
      narrowed.append(
        Part(place: part.place, region: try regions.store.and(part.region, region)))
    }
    return narrowed
  }
}
